import * as iam from 'aws-cdk-lib/aws-iam';
import { partOfStep } from '../../lambda/contract/states';
import { CustomStep } from './custom-step';
import { DistributedMapStep } from './distributed-map-step';
import { continuationsLeft } from './footprint';
import { renderScope } from './sequence';
import { INLINE_BYTES, RUN_IDENTITY } from './step-identity';
import type { Jump, RenderContext, StateJson, StepNode, StoreNames } from './step-node';
import { pinnedVersion } from './underlying-function';
import { allSteps, totalFootprint } from './workflow-check';

const INVOKE = ['lambda:InvokeFunction'];

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
      States: withComments(states, partsOfSteps(all)),
      TimeoutSeconds: inputs.timeoutSeconds,
    },
    permissions,
    hasDistributedMap: all.some((node) => node instanceof DistributedMapStep || (node instanceof CustomStep && node.hasDistributedMap)),
  };
}

/** Step by the names of the states that it renders beside its own; the states of a custom step are its author's. */
function partsOfSteps(all: readonly StepNode[]): ReadonlyMap<string, string> {
  const rendered = all.filter((node) => !(node instanceof CustomStep));
  return new Map(rendered.flatMap(({ id, stateNames }) => stateNames.filter((name) => name !== id).map((name) => [name, id])));
}

function withComments(states: Readonly<Record<string, StateJson>>, parts: ReadonlyMap<string, string>): Record<string, StateJson> {
  const inside = (scope: unknown) => {
    const block = scope as { readonly States: Readonly<Record<string, StateJson>> };
    return { ...block, States: withComments(block.States, parts) };
  };
  const commented = Object.entries(states).map(([name, { Branches, ItemProcessor, ...state }]) => {
    const step = parts.get(name);
    return [
      name,
      {
        ...state,
        ...(step !== undefined && { Comment: partOfStep(step) }),
        ...(Branches !== undefined && { Branches: (Branches as unknown[]).map(inside) }),
        ...(ItemProcessor !== undefined && { ItemProcessor: inside(ItemProcessor) }),
      },
    ];
  });
  return Object.fromEntries(commented);
}

function contextOf(inputs: DefinitionInputs, all: readonly StepNode[], permissions: Permission[]): RenderContext {
  const starts = new Map(all.map((node) => [node.id, node.stateNames[0] as string]));
  const counters = new Map<Jump, string>();
  const allow = (statement: iam.PolicyStatement, wildcardReason?: string) => {
    permissions.push({ statement, wildcardReason });
  };
  const invocations = new iam.PolicyStatement({ actions: INVOKE });
  const allowInvoke = (functionArn: string) => {
    if (invocations.resources.length === 0) allow(invocations);
    invocations.addResources(functionArn);
  };
  return {
    partition: inputs.partition,
    failureFunctionArn: inputs.failureFunctionArn,
    approvalFunctionArn: inputs.approvalFunctionArn,
    store: inputs.store,
    invokable: (fn) => {
      const pinned = inputs.pinCode ? pinnedVersion(fn) : undefined;
      if (pinned === undefined) {
        allowInvoke(fn.functionArn);
        return fn.functionArn;
      }
      const versions = new iam.PolicyStatement({ actions: INVOKE, resources: [`${pinned.lambda.functionArn}:*`] });
      allow(versions, 'runs that are under way call the version that they began with');
      return pinned.functionArn;
    },
    allow,
    allowInvoke,
    startOf: (stepId) => starts.get(stepId) as string,
    counterOf: (jump) => {
      const known = counters.get(jump) ?? `loop${counters.size}`;
      counters.set(jump, known);
      return known;
    },
  };
}
