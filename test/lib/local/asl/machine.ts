import { AslError } from '../../../../lib/local/asl/asl-error';
import { Execution, type ExecutionOptions, type ExecutionResult } from '../../../../lib/local/asl/execution';
import { DefinitionError, loadDefinition } from '../../../../lib/local/asl/state-machine-definition';
import type { TaskHandler, TaskRequest } from '../../../../lib/local/asl/task';
import { TaskTokens } from '../../../../lib/local/asl/task-tokens';
import { SkipClock } from '../../../../lib/local/skip-clock';

export const START = Date.parse('2026-03-01T00:00:00.000Z');
export const INVOKE = 'arn:aws:states:::lambda:invoke';

type States = Record<string, object>;

/** A JSONata machine of these states, which starts at the first. */
export function jsonata(states: States, machine: object = {}): object {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...machine };
}

export function jsonPath(states: States, machine: object = {}): object {
  return { StartAt: Object.keys(states)[0], States: states, ...machine };
}

/** An execution on a clock that skips time, with tasks that echo their input unless told otherwise. */
export function execution(definition: object, input: unknown = {}, options: Partial<ExecutionOptions> = {}): Execution {
  return new Execution({
    definition: loadDefinition(definition),
    input,
    name: 'run-1',
    executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:research:run-1',
    stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:research',
    stateMachineName: 'research',
    roleArn: 'arn:aws:iam::111122223333:role/research',
    clock: new SkipClock(START),
    tasks: async (request) => request.input,
    tokens: new TaskTokens(),
    random: () => 0.5,
    ...options,
  });
}

export function run(definition: object, input: unknown = {}, options: Partial<ExecutionOptions> = {}): Promise<ExecutionResult> {
  return execution(definition, input, options).run();
}

export function succeeded(output: unknown): ExecutionResult {
  return { status: 'SUCCEEDED', output };
}

/** A handler that goes through `answers`, one a call: an Error is thrown, anything else is returned. */
export function answering(...answers: readonly unknown[]): { tasks: TaskHandler; requests: TaskRequest[] } {
  const requests: TaskRequest[] = [];
  const tasks: TaskHandler = async (request) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { tasks, requests };
}

export function fault(error: string, cause = ''): AslError {
  return new AslError(error, cause);
}

/** `Type` of every event, or with `details` the value under its details. */
export function typesOf(subject: Execution): string[] {
  return subject.history.map(({ type }) => type);
}

/** Every problem of a definition, as `path: message`. */
export function problemsOf(definition: string | object): string[] {
  try {
    loadDefinition(definition);
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}
