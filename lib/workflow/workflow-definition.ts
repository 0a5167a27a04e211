import type * as iam from 'aws-cdk-lib/aws-iam';
import { CustomStep } from './custom-step';
import { DistributedMapStep } from './distributed-map-step';
import { invokeStatement } from './failure-path';
import { continuationsLeft } from './footprint';
import { renderScope } from './sequence';
import { INLINE_BYTES, RUN_IDENTITY } from './step-identity';
import type { Jump, RenderContext, StepNode, StoreNames } from './step-node';
import { pinnedVersion } from './underlying-function';
import { allSteps, totalFootprint } from './workflow-check';

export interface DefinitionInputs {
  readonly steps: readonly StepNode[];
  readonly comment?: string;
  readonly timeoutSeconds: number;
  readonly partition: string;
  readonly failureFunctionArn: string;
  readonly approvalFunctionArn?: string;
  readonly store: StoreNames;
  readonly pinCode: boolean;
}

export interface Permission {
  readonly statement: iam.PolicyStatement;
  readonly wildcardReason?: string;
}

export interface WorkflowDefinition {
  readonly definition: object;
  /** What the machine's role must be allowed to do. */
  readonly permissions: readonly Permission[];
  /** Whether the machine starts children of itself. */
  readonly hasDistributedMap: boolean;
}

/** The whole state machine as Amazon States Language. */
export function renderWorkflow(inputs: DefinitionInputs): WorkflowDefinition {
  const all = allSteps(inputs.steps);
  const permissions: Permission[] = [];
  const { startAt, states } = renderScope(inputs.steps, contextOf(inputs, all, permissions), {
    depth: 0,
    path: [],
    workflow: RUN_IDENTITY,
    maxInlineBytes: INLINE_BYTES,
    continuations: continuationsLeft(totalFootprint(inputs.steps)),
  });
  const jsonPath = all.some((node) => node instanceof CustomStep && node.hasJsonPath);
  return {
    definition: {
      ...(inputs.comment === undefined ? {} : { Comment: inputs.comment }),
      // A machine that says JSONata as a whole refuses JSONPath states, which a custom step may bring.
      ...(jsonPath ? {} : { QueryLanguage: 'JSONata' }),
      StartAt: startAt,
      States: states,
      TimeoutSeconds: inputs.timeoutSeconds,
    },
    permissions,
    hasDistributedMap: all.some((node) => node instanceof DistributedMapStep || (node instanceof CustomStep && node.hasDistributedMap)),
  };
}

function contextOf(inputs: DefinitionInputs, all: readonly StepNode[], permissions: Permission[]): RenderContext {
  const starts = new Map(all.map((node) => [node.id, node.stateNames[0] as string]));
  const counters = new Map<Jump, string>();
  const allow = (statement: iam.PolicyStatement, wildcardReason?: string) => {
    permissions.push({ statement, wildcardReason });
  };
  return {
    partition: inputs.partition,
    failureFunctionArn: inputs.failureFunctionArn,
    approvalFunctionArn: inputs.approvalFunctionArn,
    store: inputs.store,
    invokable: (fn) => {
      const pinned = inputs.pinCode ? pinnedVersion(fn) : undefined;
      if (pinned === undefined) {
        allow(invokeStatement(fn.functionArn));
        return fn.functionArn;
      }
      allow(invokeStatement(`${pinned.lambda.functionArn}:*`), 'runs that are under way call the version that they began with');
      return pinned.functionArn;
    },
    allow,
    startOf: (stepId) => starts.get(stepId) as string,
    counterOf: (jump) => {
      const known = counters.get(jump) ?? `loop${counters.size}`;
      counters.set(jump, known);
      return known;
    },
  };
}
