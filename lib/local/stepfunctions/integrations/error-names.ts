import { AslError } from '../../asl/asl-error';
import { ApiFailure, ConnectionFailure } from '../../calls/api-failure';
import { MODELLED_ERRORS } from '../../calls/modelled-errors';
import { pascalName } from '../../calls/names';
import { SDK_SERVICES } from '../../calls/services';

/** Codes by which the local run says that it has no such service or operation. */
const NOT_EMULATED = ['UnknownService', 'UnknownOperationException', 'UnmappedPermission', 'PolicyError', 'LocalRun.UnsupportedContainer'];

/** How errors of an optimised integration are named, which is made of the AWS SDK for Java 1. */
export interface OptimisedNames {
  /** `SQS` in `SQS.QueueDoesNotExistException`. */
  readonly prefix: string;
  /** The exception of a code that has none of its own: `AmazonSQSException`. */
  readonly base: string;
  /** As the cause names the service: `AmazonSQS`. */
  readonly service: string;
  /** Name in SDK integrations, whose model says which codes have an exception. */
  readonly model: string;
}

/**
 * The error of an SDK integration: prefix of the service, then the exception of the AWS SDK for Java 2.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function sdkError(service: string, failure: unknown): unknown {
  const prefix = SDK_SERVICES[service]?.errorPrefix ?? service;
  if (failure instanceof ConnectionFailure) return new AslError(`${prefix}.SdkClientException`, failure.message);
  if (!(failure instanceof ApiFailure)) return failure;
  const { code, message, status, requestId, extendedRequestId } = failure;
  if (NOT_EMULATED.includes(code)) return notEmulated(failure);
  const modelled = modelledName(service, code);
  const extended = extendedRequestId === undefined ? '' : `, Extended Request ID: ${extendedRequestId}`;
  return new AslError(
    `${prefix}.${modelled === undefined ? `${prefix}Exception` : pascalName(modelled)}`,
    `${message} (Service: ${prefix}, Status Code: ${status}, Request ID: ${requestId}${extended})`,
  );
}

/** The error of an optimised integration. */
export function optimisedError({ prefix, base, service, model }: OptimisedNames, failure: unknown): unknown {
  if (failure instanceof ConnectionFailure) return new AslError(`${prefix}.SdkClientException`, failure.message);
  if (!(failure instanceof ApiFailure)) return failure;
  const { code, message, status, requestId } = failure;
  if (NOT_EMULATED.includes(code)) return notEmulated(failure);
  return new AslError(
    `${prefix}.${modelledName(model, code) ?? base}`,
    `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
  );
}

/** The exception of a code; the query protocol leaves its last word out: `NotFound`. */
function modelledName(service: string, code: string): string | undefined {
  const known = MODELLED_ERRORS[service]?.find((name) => name === code || name === `${code}Exception`);
  return known === undefined || known.endsWith('Exception') ? known : `${known}Exception`;
}

function notEmulated({ code, message }: ApiFailure): AslError {
  return new AslError(code.startsWith('LocalRun.') ? code : 'LocalRun.UnsupportedIntegration', message);
}
