import { invalidParameter, LambdaServiceError } from '../service-error';

export function unqualified(): LambdaServiceError {
  return invalidParameter('You cannot invoke a durable function using an unqualified ARN.');
}

export function tooLongToWaitFor(): LambdaServiceError {
  return invalidParameter('You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes.');
}

export function alreadyStarted(arn: string): LambdaServiceError {
  return new LambdaServiceError('DurableExecutionAlreadyStartedException', 409, `Execution already started: ${arn}`);
}

export function noSuchExecution(): LambdaServiceError {
  return new LambdaServiceError('ResourceNotFoundException', 404, 'Durable Execution does not exist');
}

/** The SDK takes these words, spelt so, as the sign that another invocation has taken over. */
export function invalidToken(): LambdaServiceError {
  return invalidParameter('Invalid Checkpoint Token');
}

export function invalidCallback(): LambdaServiceError {
  return invalidParameter('Invalid callback id');
}

export function callbackClosed(): LambdaServiceError {
  return new LambdaServiceError('CallbackTimeoutException', 400, 'The callback is either timed out or already completed');
}
