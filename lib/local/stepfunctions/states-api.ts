import type { TaskTokens } from '../asl/task-tokens';
import type { ServiceHandler } from '../gateway/service';
import type { ExecutionRecord, Executions } from './executions';
import { ServiceError } from './service-error';

type Input = Readonly<Record<string, string | boolean | number | undefined>>;

function parse(text: unknown, field: string): unknown {
  try {
    return JSON.parse(String(text ?? '{}'));
  } catch {
    throw new ServiceError(field === 'input' ? 'InvalidExecutionInput' : 'InvalidOutput', `Invalid ${field}: it is not JSON`);
  }
}

const epoch = (date: Date | undefined) => (date === undefined ? undefined : date.getTime() / 1000);

async function describe(record: ExecutionRecord): Promise<Record<string, unknown>> {
  const { status } = record.execution;
  const closed = status === 'RUNNING' ? undefined : await record.result;
  return {
    executionArn: record.executionArn,
    stateMachineArn: record.machine.arn,
    stateMachineAliasArn: record.aliasArn,
    name: record.name,
    status,
    startDate: epoch(record.startDate),
    stopDate: epoch(record.stopDate),
    input: JSON.stringify(record.input),
    output: closed?.output === undefined ? undefined : JSON.stringify(closed.output),
    error: closed?.error,
    cause: closed?.cause,
    redriveCount: record.redriveCount,
  };
}

function operations(executions: Executions, tokens: TaskTokens): Record<string, (input: Input) => unknown> {
  return {
    StartExecution: ({ stateMachineArn, name, input }) => {
      const record = executions.start({
        stateMachineArn: String(stateMachineArn),
        name: name === undefined ? undefined : String(name),
        input: parse(input, 'input'),
      });
      return { executionArn: record.executionArn, startDate: epoch(record.startDate) };
    },
    DescribeExecution: ({ executionArn }) => describe(executions.get(String(executionArn))),
    GetExecutionHistory: ({ executionArn, reverseOrder }) => {
      const events = executions
        .get(String(executionArn))
        .execution.history.map((event) => ({ ...event, timestamp: epoch(event.timestamp) }));
      return { events: reverseOrder ? events.reverse() : events };
    },
    ListExecutions: async ({ stateMachineArn, statusFilter }) => {
      const all = await Promise.all(executions.list(String(stateMachineArn)).map(describe));
      return { executions: all.filter(({ status }) => statusFilter === undefined || status === statusFilter) };
    },
    RedriveExecution: ({ executionArn }) => {
      executions.redrive(String(executionArn));
      return { redriveDate: epoch(new Date()) };
    },
    StopExecution: ({ executionArn, error, cause }) => {
      executions.get(String(executionArn)).execution.stop(error?.toString(), cause?.toString());
      return { stopDate: epoch(new Date()) };
    },
    SendTaskSuccess: ({ taskToken, output }) => {
      tokens.succeed(String(taskToken), parse(output, 'output'));
      return {};
    },
    SendTaskFailure: ({ taskToken, error, cause }) => {
      tokens.fail(String(taskToken), String(error ?? ''), String(cause ?? ''));
      return {};
    },
    SendTaskHeartbeat: ({ taskToken }) => {
      tokens.heartbeat(String(taskToken));
      return {};
    },
  };
}

/** The Step Functions API for unchanged SDK clients. */
export function statesApi(executions: Executions, tokens: TaskTokens): ServiceHandler {
  const known = operations(executions, tokens);
  return async ({ operation = '', body }, response) => {
    try {
      const run = known[operation];
      if (run === undefined) {
        throw new ServiceError(
          'UnknownOperationException',
          `the local run does not emulate states:${operation}; it knows ${Object.keys(known).join(', ')}`,
        );
      }
      const answer = await run(JSON.parse(body.toString('utf8') || '{}') as Input);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
    } catch (error) {
      const { name, message, status } = error as ServiceError;
      response
        .writeHead(status ?? 400, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name })
        .end(JSON.stringify({ __type: name, message }));
    }
  };
}
