import { ApiFailure } from '../../../../../lib/local/calls/api-failure';
import { optimisedError, sdkError } from '../../../../../lib/local/stepfunctions/integrations/error-names';

const SQS = { prefix: 'SQS', base: 'AmazonSQSException', service: 'AmazonSQS', model: 'sqs' };

test.each(['UnknownService', 'UnknownOperationException', 'UnmappedPermission', 'PolicyError'])(
  'an integration that fails for a limit of the local run (%s) has no error name of AWS, which a retrier may name',
  (code) => {
    const failure = new ApiFailure(code, 'the local run cannot tell', 501, 'r-1');
    const expected = { error: 'LocalRun.UnsupportedIntegration', cause: 'the local run cannot tell' };
    expect(sdkError('sqs', failure)).toMatchObject(expected);
    expect(optimisedError(SQS, failure)).toMatchObject(expected);
  },
);

test('an error of the service has the name that AWS gives it', () => {
  const failure = new ApiFailure('QueueDoesNotExist', 'no such queue', 400, 'r-1');
  expect(optimisedError(SQS, failure)).toMatchObject({ error: 'SQS.QueueDoesNotExistException' });
});
