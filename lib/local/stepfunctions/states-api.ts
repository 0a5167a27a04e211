import type { TaskTokens } from '../asl/task-tokens';
import { isObject } from '../calls/wire';
import { type Clock, SystemClock } from '../clock';
import type { ServiceHandler } from '../gateway/service';
import { executionOperations } from './api/execution-operations';
import { machineOperations } from './api/machine-operations';
import { mapRunOperations } from './api/map-run-operations';
import type { Operations } from './api/operation';
import { Parameters } from './api/parameters';
import { tokenOperations } from './api/token-operations';
import type { Executions } from './executions';
import { ServiceError } from './service-error';

/** The Step Functions API for unchanged SDK clients. */
export function statesApi(executions: Executions, tokens: TaskTokens, clock: Clock = new SystemClock()): ServiceHandler {
  const known: Operations = {
    ...executionOperations(executions, clock),
    ...machineOperations(executions, new Date(clock.now())),
    ...mapRunOperations(executions),
    ...tokenOperations(tokens),
  };
  return async ({ operation = '', body }, response) => {
    try {
      const run = Object.hasOwn(known, operation) ? known[operation] : undefined;
      if (run === undefined) {
        throw new ServiceError(
          'UnknownOperationException',
          `the local run does not emulate states:${operation}; it knows ${Object.keys(known).join(', ')}`,
        );
      }
      const answer = await run(new Parameters(parse(body.toString('utf8'))));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
    } catch (error) {
      const { name, message, status } = error as ServiceError;
      response
        .writeHead(status ?? 400, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name })
        .end(JSON.stringify({ __type: name, message }));
    }
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    if (isObject(value)) return value;
  } catch {
    // Said below, as of any body that is no object.
  }
  throw new ServiceError('SerializationException', 'the body of the request must be a JSON object');
}
