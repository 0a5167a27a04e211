import { operationName } from '../../../../lib/local/gateway/operation-name';

describe('the operation of a request', () => {
  test.each([
    ['JSON protocols', { 'x-amz-target': 'DynamoDB_20120810.PutItem' }, '/', '', 'PutItem'],
    ['query protocol', { 'content-type': 'application/x-www-form-urlencoded' }, '/', 'Action=Publish&TopicArn=a', 'Publish'],
    ['query protocol by GET', {}, '/?Action=GetCallerIdentity&Version=1', '', 'GetCallerIdentity'],
    ['RPC v2', { 'smithy-protocol': 'rpc-v2-cbor' }, '/service/AWSStepFunctions/operation/StartExecution', '', 'StartExecution'],
    ['REST with an id', {}, '/bucket/key?x-id=GetObject', '', 'GetObject'],
    ['REST without', {}, '/model/a/converse', '{}', undefined],
    ['a form without one', { 'content-type': 'application/x-www-form-urlencoded' }, '/', 'a=b', undefined],
  ])('%s', (_, headers, url, body, expected) => {
    expect(operationName({ headers, url }, Buffer.from(body))).toBe(expected);
  });
});
