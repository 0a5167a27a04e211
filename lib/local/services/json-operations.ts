import type { ServiceHandler, ServiceRequest } from '../gateway/service';
import { jsonBody, operationOf, refuseOperation, replyError, replyJson } from './reply';
import { ServiceFailure } from './service-failure';

export type Input = Readonly<Record<string, unknown>>;

/** What answers one operation; it throws a ServiceFailure to refuse. */
export type JsonOperation = (input: Input, request: ServiceRequest) => object;

/** A handler for a service that speaks JSON; an operation that is not there is refused by name. */
export function jsonOperations(operations: Readonly<Record<string, JsonOperation>>): ServiceHandler {
  return (request, response) => {
    const operation = operations[operationOf(request)];
    if (operation === undefined) return refuseOperation(response, request);
    try {
      replyJson(response, operation(jsonBody(request) ?? {}, request));
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      replyError(response, error.name, error.message, error.status);
    }
  };
}

export function textOf(input: Input, name: string): string {
  const value = input[name];
  return value === undefined || value === null ? '' : String(value);
}
