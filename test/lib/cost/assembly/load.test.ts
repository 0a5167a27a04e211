import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { CfnRestApi, LambdaIntegration, RestApi, StepFunctionsIntegration } from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Alias, Architecture, type CfnFunction, type Function as Fn, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  Fail,
  type IChainable,
  Map as MapState,
  Parallel,
  Pass,
  StateMachine,
  StateMachineType,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { AssemblyLoad, ResourceLoad } from '../../../../lib/cost/assembly/assembly-load';
import type { Estimate } from '../../../../lib/cost/estimate';
import { plainFunction } from '../../../fixtures/plain-function';
import { costOf } from './synthesized';

const MILLION = 1_000_000;

function fn(stack: Stack, id = 'Fn'): Fn {
  return plainFunction(stack, id, { memorySize: 1024, architecture: Architecture.ARM_64 });
}

/** Units of each item that the load brings. */
function quantities({ lines }: Estimate): Record<string, number> {
  return Object.fromEntries(lines.filter(({ idle }) => !idle).map(({ item, quantity }) => [item, quantity]));
}

const loaded = (build: (stack: Stack) => void, ...resources: ResourceLoad[]) => costOf(build, { resources });

describe('from where requests come in to what they reach', () => {
  const api = (stack: Stack) =>
    new RestApi(stack, 'Api', { deployOptions: {} }).root.addProxy({ defaultIntegration: new LambdaIntegration(fn(stack)) });

  test('through an API to its function, said step by step, and asserted in a test of one', () => {
    const estimate = costOf(api, { requestsPerMonth: MILLION, resources: [{ resource: 'Fn', duration: Duration.millis(200) }] });
    expect(estimate.monthly).toBeCloseTo(3.5 + 0.2 + MILLION * 0.2 * 0.0000133334, 6);
    expect(estimate.idleFloor).toBe(0);
    expect(estimate.perRequest).toBeCloseTo(estimate.monthly / MILLION, 12);
    expect(estimate.assumptions).toEqual(
      expect.arrayContaining(['1,000,000 requests a month come in through App/Api', 'App/Api calls App/Fn once: 1,000,000 a month']),
    );
  });

  test('without a duration only the calls are counted', () => {
    const estimate = costOf(api, { requestsPerMonth: MILLION });
    expect(quantities(estimate)).toEqual({ 'App/Api: API Gateway REST calls': MILLION, 'App/Fn: Lambda requests': MILLION });
    expect(estimate.assumptions).toContain('the time of the calls of App/Fn is not stated (duration): only their number is counted');
  });

  test('an API with several targets takes its routes one by one', () => {
    const build = (stack: Stack) => {
      const rest = new RestApi(stack, 'Api', { deployOptions: {}, defaultCorsPreflightOptions: { allowOrigins: ['*'] } });
      rest.root.addResource('a').addMethod('GET', new LambdaIntegration(fn(stack, 'A')));
      rest.root.addResource('b').addMethod('GET', new LambdaIntegration(fn(stack, 'B')));
    };
    const whole = costOf(build, { requestsPerMonth: 100 });
    expect(quantities(whole)).toEqual({ 'App/Api: API Gateway REST calls': 100 });
    expect(whole.assumptions.join('\n')).toContain('what the requests of App/Api call is not counted: its routes lead to several targets');
    const byRoute = loaded(build, { resource: 'Api/Default/a/GET', requestsPerMonth: 70 }, { resource: 'b/GET', requestsPerMonth: 30 });
    expect(quantities(byRoute)).toEqual({
      'App/Api: API Gateway REST calls': 100,
      'App/A: Lambda requests': 70,
      'App/B: Lambda requests': 30,
    });
  });

  test('an API whose routes stand in its own definition', () => {
    const estimate = costOf((stack) => new CfnRestApi(stack, 'Api', { name: 'api', body: { openapi: '3.0.1', paths: {} } }), {
      requestsPerMonth: 10,
    });
    expect(quantities(estimate)).toEqual({ 'App/Api: API Gateway REST calls': 10 });
    expect(estimate.assumptions).toContain('what the requests of App/Api call is not counted: no template shows its routes');
  });

  test('an HTTP API, and a function URL beside it that the load states', () => {
    const build = (stack: Stack) => {
      const http = new CfnApi(stack, 'Http', { name: 'http', protocolType: 'HTTP' });
      const integration = new CfnIntegration(stack, 'Integration', {
        apiId: http.ref,
        integrationType: 'AWS_PROXY',
        integrationUri: fn(stack, 'Behind').functionArn,
        payloadFormatVersion: '2.0',
      });
      new CfnRoute(stack, 'Route', { apiId: http.ref, routeKey: '$default', target: `integrations/${integration.ref}` });
      fn(stack, 'Open').addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    };
    const load: AssemblyLoad = { requestsPerMonth: 1_000, resources: [{ resource: 'Open/FunctionUrl', requestsPerMonth: 400 }] };
    expect(quantities(costOf(build, load))).toEqual({
      'App/Http: API Gateway HTTP calls': 600,
      'App/Behind: Lambda requests': 600,
      'App/Open: Lambda requests': 400,
    });
    expect(() => costOf(build, { requestsPerMonth: 1_000 })).toThrow(
      "requestsPerMonth has no one place to come in, there are 2 entry points: App/Http, App/Open/FunctionUrl; state requestsPerMonth in the load's resources",
    );
  });

  test('a topic to a queue to its function; an object of a bucket to another', () => {
    const estimate = loaded(
      (stack) => {
        const queue = new Queue(stack, 'Queue');
        new Topic(stack, 'Topic').addSubscription(new SqsSubscription(queue));
        fn(stack, 'Reader').addEventSource(new SqsEventSource(queue));
        new Bucket(stack, 'Files').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn(stack, 'Uploaded')));
      },
      { resource: 'Topic', requestsPerMonth: 1_000 },
      { resource: 'Files', puts: 50, gets: 10, storedGigabytes: 2 },
    );
    expect(quantities(estimate)).toEqual({
      'App/Topic: SNS requests': 1_000,
      'App/Queue: SQS requests (standard)': 3_000,
      'App/Reader: Lambda requests': 1_000,
      'App/Files: S3 PUT requests (standard)': 50,
      'App/Files: S3 GET requests (standard)': 10,
      'App/Uploaded: Lambda requests': 50,
    });
    expect(estimate.idleFloor).toBeCloseTo(2 * 0.023, 10);
    expect(estimate.assumptions).toContain(
      'App/Queue calls App/Reader once: 1,000 a month; each message is counted as a call of its own; batches make fewer',
    );
  });
});

describe('state machines', () => {
  const machine = (stack: Stack, definition: IChainable, id = 'Machine', type = StateMachineType.STANDARD) =>
    new StateMachine(stack, id, { definitionBody: DefinitionBody.fromChainable(definition), stateMachineType: type });
  const call = (stack: Stack, id: string) => new LambdaInvoke(stack, `Call${id}`, { lambdaFunction: fn(stack, id) });

  test('an execution is its longest way to the end: choices, branches, items', () => {
    const build = (stack: Stack) => {
      const each = new MapState(stack, 'Each').itemProcessor(call(stack, 'Item'));
      const both = new Parallel(stack, 'Both').branch(call(stack, 'Left')).branch(call(stack, 'Right').next(new Pass(stack, 'After')));
      const long = each.next(both);
      const choice = new Choice(stack, 'Choose')
        .when(Condition.stringEquals('$.kind', 'none'), new Fail(stack, 'None'))
        .when(Condition.stringEquals('$.kind', 'short'), new Pass(stack, 'Short'))
        .otherwise(long);
      machine(stack, call(stack, 'First').next(choice));
    };
    const estimate = loaded(build, {
      resource: 'Machine',
      requestsPerMonth: 100,
      mapItems: [{ state: 'Each', items: 10 }],
      retriesPerExecution: 1,
    });
    // First, Choose, Each, 10 items, Both, Left, Right, After, and a retry.
    expect(quantities(estimate)).toEqual({
      'App/Machine: Step Functions Standard transitions': 100 * (3 + 10 + 4 + 1),
      'App/First: Lambda requests': 100,
      'App/Item: Lambda requests': 1_000,
      'App/Left: Lambda requests': 100,
      'App/Right: Lambda requests': 100,
    });
    expect(estimate.assumptions).toEqual(
      expect.arrayContaining([
        'an execution of App/Machine has 17 state transitions with the stated items, and 1 for retries',
        'App/Machine: where it chooses, the longest way to its end is counted',
        'App/Machine calls App/Item 10 times: 1,000 a month',
      ]),
    );
  });

  test('items that are not stated are one, and the estimate says so; a loop is gone through once', () => {
    const estimate = loaded(
      (stack) => {
        const wait = new Wait(stack, 'Wait', { time: WaitTime.duration(Duration.minutes(1)) });
        const each = new MapState(stack, 'Each').itemProcessor(call(stack, 'Item'));
        const done = new Choice(stack, 'Done').when(Condition.booleanEquals('$.done', true), each).otherwise(wait);
        machine(stack, wait.next(done));
      },
      { resource: 'Machine', requestsPerMonth: 10 },
    );
    expect(quantities(estimate)['App/Machine: Step Functions Standard transitions']).toBe(10 * 4);
    expect(estimate.assumptions).toContain('App/Machine: the items of the Map state Each are not stated: one item is counted');
  });

  test('child executions of a Distributed Map are transitions; Express children are requests', () => {
    const build = (type: StateMachineType) => (stack: Stack) => {
      const each = new DistributedMap(stack, 'Each', { mapExecutionType: type }).itemProcessor(call(stack, 'Item'));
      machine(stack, each);
    };
    const load: ResourceLoad = { resource: 'Machine', requestsPerMonth: 1, mapItems: [{ state: 'Each', items: 100 }] };
    expect(quantities(loaded(build(StateMachineType.STANDARD), load))).toEqual({
      'App/Machine: Step Functions Standard transitions': 1 + 100 * 2,
      'App/Item: Lambda requests': 100,
    });
    expect(quantities(loaded(build(StateMachineType.EXPRESS), load))).toEqual({
      'App/Machine: Step Functions Standard transitions': 1 + 100,
      'App/Machine: Express children of Distributed Maps': 100,
      'App/Item: Lambda requests': 100,
    });
  });

  test('an API starts a machine, and a machine another one', () => {
    const estimate = costOf(
      (stack) => {
        const inner = machine(stack, call(stack, 'Inner'), 'InnerMachine', StateMachineType.EXPRESS);
        const outer = machine(
          stack,
          new StepFunctionsStartExecution(stack, 'Start', { stateMachine: inner }),
          'Outer',
          StateMachineType.EXPRESS,
        );
        new RestApi(stack, 'Api', { deployOptions: {} }).root.addMethod('POST', StepFunctionsIntegration.startExecution(outer));
      },
      { requestsPerMonth: 1_000, resources: [{ resource: 'InnerMachine', duration: Duration.millis(250) }] },
    );
    expect(quantities(estimate)).toEqual({
      'App/Api: API Gateway REST calls': 1_000,
      'App/Outer: Step Functions Express requests': 1_000,
      'App/InnerMachine: Step Functions Express requests': 1_000,
      'App/InnerMachine: Step Functions Express duration': expect.closeTo(1_000 * 0.3 * 0.0625, 8),
      'App/Inner: Lambda requests': 1_000,
    });
    expect(estimate.assumptions).toContain(
      'the time of the executions of App/Outer is not stated (duration): only their number is counted',
    );
  });
});

describe('single resources', () => {
  test('a durable function by its operations and what it keeps', () => {
    const build = (stack: Stack) => {
      (fn(stack).node.defaultChild as CfnFunction).addPropertyOverride('DurableConfig', {
        ExecutionTimeout: 3600,
        RetentionPeriodInDays: 7,
      });
    };
    const load: ResourceLoad = { resource: 'Fn', requestsPerMonth: MILLION, operationsPerExecution: 4, gigabytes: 100 };
    expect(quantities(loaded(build, load))).toMatchObject({
      'App/Fn: durable operations': 4 * MILLION,
      'App/Fn: durable data written': 100,
    });
    expect(loaded(build, { resource: 'Fn', requestsPerMonth: 1 }).assumptions).toEqual(
      expect.arrayContaining([
        'each execution of App/Fn is counted as one call; what it resumes after a wait is one more',
        'durable operations of App/Fn are not counted: operationsPerExecution is not stated',
      ]),
    );
  });

  test('tokens at prices of the load', () => {
    const priced: ResourceLoad = {
      resource: 'Fn',
      requestsPerMonth: 1_000,
      inputTokens: 2_000,
      outputTokens: 500,
      inputPrice: 3,
      outputPrice: 15,
    };
    expect(loaded((stack) => fn(stack), priced).monthly).toBeCloseTo(0.0002 + 6 + 7.5, 8);
    const { outputPrice: _, ...unpriced } = priced;
    expect(loaded((stack) => fn(stack), unpriced).assumptions).toContain(
      'the tokens of App/Fn are not counted: the load does not state outputPrice',
    );
  });

  test('provisioned environments answer as many calls as there is time for', () => {
    const build = (stack: Stack) =>
      new Alias(stack, 'Live', { aliasName: 'live', version: fn(stack).currentVersion, provisionedConcurrentExecutions: 1 });
    const few = loaded(build, { resource: 'Fn', requestsPerMonth: 1_000, duration: Duration.seconds(1) });
    expect(quantities(few)).toEqual({
      'App/Fn: Lambda requests': 1_000,
      'App/Fn: Lambda duration under provisioned concurrency (arm64)': 1_000,
    });
    expect(few.assumptions).toContain('all calls of App/Fn are counted as answered by its provisioned environments');
    const many = loaded(build, { resource: 'Fn', requestsPerMonth: 4_000_000, duration: Duration.seconds(1) });
    expect(quantities(many)).toMatchObject({
      'App/Fn: Lambda duration under provisioned concurrency (arm64)': 2_628_000,
      'App/Fn: Lambda duration (arm64)': 4_000_000 - 2_628_000,
    });
    expect(many.assumptions).toContain(
      '2,628,000 of 4,000,000 calls, all that there is time for, of App/Fn are counted as answered by its provisioned environments',
    );
  });

  test('what one more request costs: of those that come in, or of what nothing else reaches', () => {
    const queue = (stack: Stack) => {
      const jobs = new Queue(stack, 'Jobs');
      fn(stack).addEventSource(new SqsEventSource(jobs));
    };
    const both = loaded(
      queue,
      { resource: 'Jobs', requestsPerMonth: 1_000 },
      { resource: 'Fn', requestsPerMonth: 100, duration: Duration.seconds(1) },
    );
    expect(both.perRequest).toBeCloseTo(both.monthly / 1_000, 12);
    const asked = costOf(queue, { resources: [{ resource: 'Jobs', requestsPerMonth: 1_000 }] }, { requestsPerMonth: 10 });
    expect(asked.perRequest).toBeCloseTo(asked.monthly / 10, 12);
  });

  test('a function at the edge has prices of its own', () => {
    const estimate = loaded(
      (stack) => {
        const edge = fn(stack, 'Edge');
        new CfnDistribution(stack, 'Site', {
          distributionConfig: {
            enabled: true,
            defaultCacheBehavior: {
              targetOriginId: 'o',
              viewerProtocolPolicy: 'https-only',
              lambdaFunctionAssociations: [{ eventType: 'viewer-request', lambdaFunctionArn: edge.currentVersion.edgeArn }],
            },
          },
        });
      },
      { resource: 'Edge', requestsPerMonth: MILLION, duration: Duration.millis(50) },
    );
    expect(estimate.monthly).toBeCloseTo(0.6 + MILLION * 0.05 * 0.00005001, 6);
    expect(estimate.assumptions).toContain('what is used of AWS::CloudFront::Distribution is not counted (App/Site)');
  });

  test('a table: units on demand, storage as floor', () => {
    const estimate = loaded(
      (stack) =>
        new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING }, billingMode: BillingMode.PAY_PER_REQUEST }),
      { resource: 'Table', readUnits: MILLION, writeUnits: MILLION, storedGigabytes: 4 },
    );
    expect(estimate.idleFloor).toBeCloseTo(1, 10);
    expect(estimate.monthly).toBeCloseTo(1 + 0.125 + 0.625, 10);
  });

  test('cold starts, /tmp, streams and large asynchronous payloads of a function', () => {
    const estimate = loaded((stack) => plainFunction(stack, 'Fn', { memorySize: 1024, ephemeralStorageSize: Size.gibibytes(2) }), {
      resource: 'Fn',
      requestsPerMonth: 1_000,
      duration: Duration.seconds(1),
      coldStarts: 10,
      initDuration: Duration.seconds(2),
      streamedResponse: Size.mebibytes(8),
      payload: Size.kibibytes(300),
    });
    expect(quantities(estimate)).toEqual({
      'App/Fn: Lambda requests': 2_000,
      'App/Fn: Lambda duration (x86_64)': 1_000,
      'App/Fn: Lambda init (x86_64)': 20,
      'App/Fn: Lambda ephemeral storage': 1_500,
      'App/Fn: Lambda response streaming': expect.closeTo(1_000 * (2 / 1024), 8),
    });
  });
});

describe('loads that cannot be', () => {
  const build = (stack: Stack) => {
    fn(stack, 'Front');
    new Queue(stack, 'Jobs');
    new Bucket(stack, 'Jobs2');
  };
  const refused = (load: AssemblyLoad) => () => costOf(build, load);

  test('all problems are one error', () => {
    const load: AssemblyLoad = {
      resources: [
        { resource: 'Frnt', requestsPerMonth: 1 },
        { resource: 'Front', readUnits: 1 },
        { resource: 'Jobs', requestsPerMonth: -5 },
        { resource: 'App/Jobs', requestsPerMonth: 1 },
        { resource: 'FrontLogs', duration: Duration.seconds(1) },
      ],
    };
    expect(refused(load)).toThrow(
      [
        'resources[0]: there is no resource "Frnt" in the assembly; did you mean Front',
        'resources[1].readUnits is nothing that App/Front takes, of the type AWS::Lambda::Function; it takes requestsPerMonth, duration, scheduledDuration, payload, streamedResponse, coldStarts, initDuration, operationsPerExecution, gigabytes, inputTokens, outputTokens, inputPrice, outputPrice',
        'resources[2].requestsPerMonth must be 0 to 1,000,000,000,000,000, got -5',
        'resources[3]: App/Jobs has a load already; state it once',
        'resources[4].duration is nothing that App/FrontLogs takes, of the type AWS::Logs::LogGroup; it takes gigabytes, storedGigabytes',
      ].join('; '),
    );
  });

  test('a time that is longer than the timeout of the function', () => {
    expect(refused({ resources: [{ resource: 'Front', duration: Duration.seconds(5), scheduledDuration: Duration.seconds(3) }] })).toThrow(
      'resources[0].duration must be at most the timeout of App/Front, 3 s, got 5 s',
    );
  });

  test('items of a Map state that is none', () => {
    const machine = (stack: Stack) => {
      const each = new MapState(stack, 'Each item').itemProcessor(new Pass(stack, 'Work'));
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(each) });
    };
    const items = (state: string) => () => loaded(machine, { resource: 'Machine', mapItems: [{ state, items: 1 }] });
    expect(items('Each itm')).toThrow('resources[0].mapItems[0]: "Each itm" is no Map state of App/Machine; did you mean Each item');
    expect(items('Work')).toThrow('resources[0].mapItems[0]: "Work" is no Map state of App/Machine; it has Each item');
    expect(items('Each item')).not.toThrow();
  });

  test('a resource of a type that takes no load', () => {
    expect(refused({ resources: [{ resource: 'Front/ServiceRole', requestsPerMonth: 1 }] })).toThrow(
      'resources[0]: App/Front/ServiceRole is of the type AWS::IAM::Role, which takes no load',
    );
  });

  test('requests without a place to come in', () => {
    expect(refused({ requestsPerMonth: 5 })).toThrow(
      'requestsPerMonth has no one place to come in, there is neither an API nor a function URL',
    );
    expect(refused({ requestsPerMonth: Number.NaN })).toThrow('requestsPerMonth must be 0 to 1,000,000,000,000,000, got NaN');
  });

  test('a path that ends several resources', () => {
    const twins = (stack: Stack) => {
      new Queue(stack, 'A').node.addDependency(new Queue(stack, 'B'));
      const inner = new Table(stack, 'T', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
      new Queue(inner, 'A');
    };
    expect(() => loaded(twins, { resource: 'A', requestsPerMonth: 1 })).toThrow(
      'resources[0]: "A" may be one of App/A, App/T/A; write more of the path',
    );
    expect(quantities(loaded(twins, { resource: 'T/A', requestsPerMonth: 1 }))).toEqual({ 'App/T/A: SQS requests (standard)': 3 });
    expect(() => loaded(twins, { resource: 'App', requestsPerMonth: 1 })).toThrow(
      'resources[0]: "App" may be one of App/A, App/B, App/T/A; write more of the path',
    );
    expect(quantities(loaded(twins, { resource: 'App', readUnits: 1 }))).toEqual({});
  });
});
