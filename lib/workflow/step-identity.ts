import { expression, literal } from './jsonata-expression';
import type { StepScope } from './step-node';

/** Largest result that travels inline through a plain sequence: the service's payload quota less room for the envelope and exposed fields. */
export const INLINE_BYTES = 200 * 1024;

/** The step's id as the running workflow computes it: the state name, then map indices and loop entries. */
export function stepIdOf(name: string, scope: StepScope): string {
  return scope.path.length === 0 ? name : expression([literal(name), ...scope.path].join(' & '));
}

/** The same id as a JSONata term, for use inside a larger expression. */
export function stepIdTerm(name: string, scope: StepScope): string {
  return `(${[literal(name), ...scope.path].join(' & ')})`;
}

/** The identity of the run, for a scope that is not inside a distributed map. */
export const RUN_IDENTITY = {
  executionArn: expression('$states.context.Execution.Id'),
  name: expression('$states.context.Execution.Name'),
  startedAt: expression('$states.context.Execution.StartTime'),
} as const;

/** The envelope that a step's function receives. */
export function envelope(name: string, scope: StepScope, expose: readonly string[], more: Readonly<Record<string, string>> = {}): object {
  return {
    workflow: scope.workflow,
    step: {
      id: stepIdOf(name, scope),
      attempt: expression('$states.context.State.RetryCount'),
      redrive: expression('$states.context.Execution.RedriveCount'),
      maxInlineBytes: scope.maxInlineBytes,
      expose,
      ...more,
    },
    input: expression('$states.input'),
  };
}

/** Name of a variable that belongs to a scope; an inner scope must not reuse a name of an outer one. */
export function variable(name: string, scope: StepScope): string {
  return `${name}${scope.depth}`;
}
