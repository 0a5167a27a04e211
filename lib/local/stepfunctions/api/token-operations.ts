import { TaskTokenError, type TaskTokens } from '../../asl/task-tokens';
import { ServiceError } from '../service-error';
import type { Operations } from './operation';
import type { Parameters } from './parameters';

/** What SendTask* says of a token that nobody waits for. */
const WORDS: Readonly<Record<TaskTokenError['name'], string>> = {
  InvalidToken: "Invalid Token: 'Invalid token'",
  TaskDoesNotExist: "Task Does Not Exist: 'Provided task does not exist'",
  TaskTimedOut: "Task Timed Out: 'Provided task does not exist anymore'",
};

/** Answers to tasks that wait for them. */
export function tokenOperations(tokens: TaskTokens): Operations {
  const answered = (parameters: Parameters, answer: (token: string) => void) => {
    try {
      answer(parameters.required('taskToken'));
      return {};
    } catch (error) {
      if (error instanceof TaskTokenError) throw new ServiceError(error.name, WORDS[error.name]);
      throw error;
    }
  };
  return {
    SendTaskSuccess: (parameters) => {
      const output = parameters.json('output', 'InvalidOutput', (why) => `Invalid Output: '${why}'`);
      return answered(parameters, (token) => tokens.succeed(token, output));
    },
    SendTaskFailure: (parameters) =>
      answered(parameters, (token) => tokens.fail(token, parameters.optional('error') ?? '', parameters.optional('cause') ?? '')),
    SendTaskHeartbeat: (parameters) => answered(parameters, (token) => tokens.heartbeat(token)),
  };
}
