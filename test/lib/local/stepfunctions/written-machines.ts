import type { TaskHandler } from '../../../../lib/local/asl/task';
import { TaskTokens } from '../../../../lib/local/asl/task-tokens';
import { SystemClock } from '../../../../lib/local/clock';
import { type ExecutionEvent, Executions } from '../../../../lib/local/stepfunctions/executions';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine';

export const aliasOf = (name: string) => `${ARN}:${name}:live`;

/** Machines from definitions written by hand, whose tasks `tasks` does. */
export function machinesOf(
  definitions: Readonly<Record<string, object>>,
  tasks: TaskHandler = async () => ({}),
  onEvent: (event: ExecutionEvent) => void = () => {},
): { readonly executions: Executions; readonly tokens: TaskTokens } {
  const tokens = new TaskTokens();
  const machines = Object.entries(definitions).map(([name, definition]) => ({
    logicalId: name,
    path: `App/${name}`,
    name,
    arn: `${ARN}:${name}`,
    aliasArns: [aliasOf(name)],
    definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }),
  }));
  return { executions: new Executions({ machines, clock: new SystemClock(), tokens, tasks, onEvent }), tokens };
}

/** States one after the other; the last one ends. */
export function chain(states: Readonly<Record<string, object>>): object {
  const names = Object.keys(states);
  const linked = names.map((name, at) => [name, { ...states[name], ...(at + 1 < names.length ? { Next: names[at + 1] } : { End: true }) }]);
  return { StartAt: names[0], States: Object.fromEntries(linked) };
}
