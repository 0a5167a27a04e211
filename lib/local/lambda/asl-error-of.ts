import { AslError } from '../asl/asl-error';
import { errorTypeOf } from './function-error';
import type { InvokeResult } from './invoke-result';
import { LambdaServiceError } from './service-error';

const UNKNOWN = 'Lambda.Unknown';

function isResult(failure: unknown): failure is InvokeResult {
  return typeof failure === 'object' && failure !== null && 'payload' in failure && 'statusCode' in failure;
}

/**
 * The error that Step Functions reports for a failed Lambda task: a function's own error by its type, with the error document as the cause; a
 * refusal of the service as `Lambda.` and the exception's name. Takes a failed result of `invoke` or what `invoke` rejected with.
 */
export function toAslError(failure: unknown): AslError {
  if (failure instanceof AslError) return failure;
  if (isResult(failure)) {
    const text = failure.payload.toString('utf8');
    return new AslError(errorTypeOf(text) ?? UNKNOWN, text);
  }
  if (failure instanceof LambdaServiceError) {
    if (failure.name === UNKNOWN) return new AslError(UNKNOWN, failure.message);
    return new AslError(`Lambda.${failure.name}`, `${failure.message} (Service: Lambda, Status Code: ${failure.status})`);
  }
  return new AslError(UNKNOWN, failure instanceof Error ? failure.message : String(failure));
}
