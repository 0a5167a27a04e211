import { AslError } from './asl-error';

/**
 * An error that the interpreter raises while it works on a state, as opposed to one that a task reported.
 * Its cause is completed with the state's name and entry event before anyone sees it.
 */
export class StateError extends AslError {
  constructor(
    error: string,
    cause: string,
    /** The field whose expression failed. */
    readonly location?: string,
  ) {
    super(error, cause);
  }
}

/** Names that Step Functions gives to its own errors and that a definition can match on. */
export const StatesError = {
  All: 'States.ALL',
  TaskFailed: 'States.TaskFailed',
  Timeout: 'States.Timeout',
  HeartbeatTimeout: 'States.HeartbeatTimeout',
  Runtime: 'States.Runtime',
  DataLimitExceeded: 'States.DataLimitExceeded',
  QueryEvaluation: 'States.QueryEvaluationError',
  ResultPathMatchFailure: 'States.ResultPathMatchFailure',
  ReferencePathConflict: 'States.ReferencePathConflict',
  ExceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  ItemReaderFailed: 'States.ItemReaderFailed',
  ResultWriterFailed: 'States.ResultWriterFailed',
} as const;
