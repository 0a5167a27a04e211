import type { StateNode } from '../../../../template/state-machine';
import { type Retrier, retrierFor } from '../machine/retriers';

/** Errors of the Lambda service itself, which are not those of a model. */
const OTHER = /^(Lambda|States)\./;
/** Wildcards of Step Functions that hold a model's errors too. */
const ALL = ['States.ALL', 'States.TaskFailed'];
const THROTTLING = /thrott|too\s*many|rate.?limit|quota|exhausted|overloaded|429/i;

/** The retrier that takes the throttling of a model: `ThrottlingException`, `Bedrock.ThrottlingException`, `Model.Throttled`, `States.ALL` … */
export function throttlingRetrier(node: StateNode): Retrier | undefined {
  return retrierFor(node, isThrottling);
}

function isThrottling(error: string): boolean {
  if (ALL.includes(error) || error === 'States.Http.StatusCode.429') return true;
  return !OTHER.test(error) && THROTTLING.test(error);
}
