import { parseFault } from '../../../../lib/local/faults/fault-text';

test.each([
  ['before:dynamodb.PutItem=kill', { at: 'before:dynamodb.PutItem', kind: 'kill' }],
  ['after:dynamodb.*=lose-response,nth=all', { at: 'after:dynamodb.*', kind: 'lose-response', nth: 'all' }],
  ['before:s3.GetObject=throttle,nth=3,function=Search', { at: 'before:s3.GetObject', kind: 'throttle', nth: 3, function: 'Search' }],
  ['after:step.Search source=delay(500)', { at: 'after:step.Search source', kind: 'delay', delayMs: 500 }],
  ['before:step.a=b=error(Shop.Closed)', { at: 'before:step.a=b', kind: 'error', error: 'Shop.Closed' }],
  ['before:states.StartExecution=error(E: back, at nine)', undefined],
  ['before:sqs.SendMessage=error(E: back at nine)', { at: 'before:sqs.SendMessage', kind: 'error', error: 'E', message: 'back at nine' }],
  ['function.Plan=kill,nth=2', { at: 'function.Plan', kind: 'kill', nth: 2 }],
  ['before:sns.Publish=expire-token', { at: 'before:sns.Publish', kind: 'expire-token' }],
])('%s', (text, fault) => {
  if (fault === undefined) expect(parseFault(text)).toMatchObject({ error: 'E', message: 'back, at nine' });
  else expect(parseFault(text)).toEqual(fault);
});

test.each<[string, RegExp]>([
  ['', /^fault "": it has no kind; a fault is POINT=KIND\[,function=NAME\]\[,nth=N\|all\], such as /],
  ['before:dynamodb.PutItem', /it has no kind/],
  ['dynamodb.PutItem=kill', /fault point "dynamodb\.PutItem" is none; it must be before:SERVICE\.OPERATION or after:SERVICE\.OPERATION/],
  ['before:function.Plan=kill', /a function has one point, function\.Plan/],
  ['before:dynamodb.Put Item=kill', /an operation is a name such as PutItem or \*, got Put Item/],
  ['before:dynamodb.PutItem=explode', /kind must be one of kill, throttle, delay, lose-response, error, expire-token, got "explode"/],
  ['before:dynamodb.PutItem=kill,nth=0', /nth must be 1 or more, or all, got 0/],
  ['before:dynamodb.PutItem=kill,nth=two', /nth must be 1 or more, or all, got NaN/],
  ['before:dynamodb.PutItem=kill,twice', /an option is function=NAME or nth=N\|all, got "twice"/],
  ['before:dynamodb.PutItem=kill(now)', /kill takes nothing in parentheses, got now/],
  ['before:dynamodb.PutItem=delay', /delay needs its milliseconds, 0 or more, as delay\(500\), got none/],
  ['before:dynamodb.PutItem=delay()', /delay needs its milliseconds/],
  ['before:dynamodb.PutItem=delay(-1)', /delay needs its milliseconds, 0 or more, as delay\(500\), got -1/],
  ['before:dynamodb.PutItem=error', /error needs a name, as error\(Shop\.Closed\)/],
  ['function.Plan=throttle', /function\.Plan takes the kind kill alone, got throttle/],
  ['before:step.Plan=expire-token', /expire-token is for calls of services, got before:step\.Plan/],
  ['before:dynamodb.PutItem=lose-response', /lose-response is for points after: before dynamodb\.PutItem there is no response/],
  ['after:dynamodb.PutItem=throttle', /throttle is for points before: a call that is refused is not done/],
])('%s is refused', (text, message) => {
  expect(() => parseFault(text)).toThrow(message);
});
