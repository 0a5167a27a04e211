import { AslError } from '../../../../lib/local/asl/asl-error';
import { toAslError } from '../../../../lib/local/lambda/asl-error-of';
import { functionNotFound, lost, throttled } from '../../../../lib/local/lambda/service-error';

function failed(document: unknown) {
  const payload = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return { statusCode: 200, payload, functionError: 'Unhandled' as const, executedVersion: '1', requestId: 'r' };
}

describe('the error that a state machine sees', () => {
  test.each(['Step.InvalidInput', 'Sandbox.Timedout', 'Runtime.ExitError', 'TypeError'])('%s keeps its name and document', (errorType) => {
    const document = { errorType, errorMessage: 'why', trace: [] };
    const error = toAslError(failed(document));
    expect(error).toBeInstanceOf(AslError);
    expect(error.error).toBe(errorType);
    expect(JSON.parse(error.cause)).toEqual(document);
  });

  test.each(['', 'not json', 'null', '"text"', { errorType: '' }, { errorType: 5 }, { errorMessage: 'nameless' }])(
    'a failure without a type is Lambda.Unknown (%j)',
    (document) => {
      expect(toAslError(failed(document)).error).toBe('Lambda.Unknown');
    },
  );

  test.each([
    [
      throttled('ReservedFunctionConcurrentInvocationLimitExceeded'),
      'Lambda.TooManyRequestsException',
      'Rate Exceeded. (Service: Lambda, Status Code: 429)',
    ],
    [functionNotFound('arn:f'), 'Lambda.ResourceNotFoundException', 'Function not found: arn:f (Service: Lambda, Status Code: 404)'],
    [lost('env-1'), 'Lambda.Unknown', 'the invocation was lost with its environment env-1'],
    [new Error('socket hang up'), 'Lambda.Unknown', 'socket hang up'],
    ['text', 'Lambda.Unknown', 'text'],
  ])('a refusal is named after its exception (%#)', (failure, error, cause) => {
    expect(toAslError(failure)).toMatchObject({ error, cause });
  });

  test('an error that is one already stays as it is', () => {
    const error = new AslError('States.Timeout', '');
    expect(toAslError(error)).toBe(error);
  });
});
