// History events that the service writes, by what causes them. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html

/** Entered and exited. */
export const STATE_EVENTS = 2;
/** A state with TaskScheduled, TaskStarted and TaskSucceeded. */
export const TASK_EVENTS = STATE_EVENTS + 3;
/** A task that waits for a token or a job has TaskSubmitted too. */
export const WAITING_TASK_EVENTS = TASK_EVENTS + 1;
/** TaskFailed, TaskScheduled, TaskStarted. */
export const EVENTS_PER_RETRY = 3;
/** A state with ParallelStateStarted and ParallelStateSucceeded; a map has the same two. */
export const CONTAINER_STATE_EVENTS = STATE_EVENTS + 2;
/** MapIterationStarted and MapIterationSucceeded. */
export const ITERATION_EVENTS = 2;
/** MapRunStarted and MapRunSucceeded, beside the state's own four. */
export const MAP_RUN_EVENTS = CONTAINER_STATE_EVENTS + 2;
/** ExecutionStarted and ExecutionSucceeded. */
export const EXECUTION_EVENTS = 2;
