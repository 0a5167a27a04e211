import { AslError } from '../../asl/asl-error';
import { ApiFailure } from '../../calls/api-failure';
import type { ServiceAnswer } from '../../calls/service-calls';
import { asText, type JsonObject } from '../../calls/wire';
import { toAslError } from '../../lambda/asl-error-of';
import { optimisedError } from './error-names';
import { type Integration, type TaskCall, withMetadata } from './task-call';

const NAMES = { prefix: 'Lambda', base: 'AWSLambdaException', service: 'AWSLambda', model: 'lambda' };
/** How the local run words an environment that vanished under its invocation. */
const LOST = /^the invocation was lost with its environment/;

/** Optimised Lambda integration: the payload travels as JSON both ways, and an error of the function is one of the task. */
export const invokeFunction: Integration = async (call) => {
  const { Payload, ...rest } = call.parameters;
  const { ClientContext } = rest;
  const invoked = await invoke(call, {
    ...rest,
    ...(ClientContext !== undefined && { ClientContext: Buffer.from(asText(ClientContext)).toString('base64') }),
    Payload: JSON.stringify(Payload ?? {}),
  });
  const { value } = invoked;
  return withMetadata({ ...value, Payload: parsed(String(value['Payload'])) }, invoked);
};

/** A function named directly: its input is the event, its answer the result. */
export const invokeDirectly: Integration = async (call) => {
  const { value } = await invoke(call, { FunctionName: call.request.resource, Payload: JSON.stringify(call.request.input) });
  return parsed(String(value['Payload']));
};

async function invoke({ calls, context }: TaskCall, parameters: JsonObject): Promise<ServiceAnswer> {
  const invoked = await calls.call('lambda', 'Invoke', parameters, context).catch((error: unknown) => {
    // Step Functions does not know either whether the function ran.
    if (error instanceof ApiFailure && LOST.test(error.message)) throw new AslError('Lambda.Unknown', error.message);
    throw optimisedError(NAMES, error);
  });
  const { value, answer, requestId } = invoked;
  if (value['FunctionError'] === undefined) return invoked;
  throw toAslError({
    statusCode: answer.status,
    payload: answer.body,
    executedVersion: String(value['ExecutedVersion'] ?? ''),
    functionError: 'Unhandled',
    requestId,
  });
}

function parsed(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}
