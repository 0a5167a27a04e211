/** The service refuses or loses a call, as opposed to the function failing in it. Named as the API names it. */
export class LambdaServiceError extends Error {
  constructor(
    override readonly name: string,
    readonly status: number,
    message: string,
    /** Further fields of the error document. */
    readonly detail: Readonly<Record<string, string>> = { Type: 'User' },
  ) {
    super(message);
  }
}

export function functionNotFound(arn: string): LambdaServiceError {
  return new LambdaServiceError('ResourceNotFoundException', 404, `Function not found: ${arn}`);
}

export function invalidParameter(message: string): LambdaServiceError {
  return new LambdaServiceError('InvalidParameterValueException', 400, message);
}

/** Limits that a call can run into, in the words of the API. Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded';

export function throttled(Reason: ThrottleReason): LambdaServiceError {
  return new LambdaServiceError('TooManyRequestsException', 429, 'Rate Exceeded.', { Reason, Type: 'User' });
}

export function requestTooLarge(limit: number): LambdaServiceError {
  return new LambdaServiceError(
    'RequestTooLargeException',
    413,
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
  );
}

export function notJson(reason: string): LambdaServiceError {
  return new LambdaServiceError(
    'InvalidRequestContentException',
    400,
    `Could not parse request body into json: Could not parse payload into json: ${reason}`,
  );
}

export function cannotRun(message: string): LambdaServiceError {
  return new LambdaServiceError('InvalidRuntimeException', 502, message);
}

/** The environment vanished under the invocation; nobody knows how far it came. */
export function lost(environmentId: string): LambdaServiceError {
  return new LambdaServiceError('Lambda.Unknown', 500, `the invocation was lost with its environment ${environmentId}`, {
    Type: 'Service',
  });
}
