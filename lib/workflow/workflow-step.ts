import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ApprovalStep } from './approval-step';
import { CallbackStep } from './callback-step';
import { type ChoiceOption, ChoiceStep } from './choice-step';
import { ContainerStep } from './container-step';
import { CustomStep } from './custom-step';
import { DistributedMapStep } from './distributed-map-step';
import { InvokeStep } from './invoke-step';
import { MapStep } from './map-step';
import { ParallelStep } from './parallel-step';
import type { StepNode } from './step-node';
import type { ApprovalStepProps, CallbackStepProps, ContainerStepProps, InvokeStepProps, WaitStepProps } from './step-props';
import { WaitStep } from './wait-step';

/** Options of `WorkflowStep.parallel`. */
export interface ParallelStepProps {
  /** Each gets the step's input; the output is the list of their outputs. */
  readonly branches: WorkflowStep[][];
}

/** Options of `WorkflowStep.map`. */
export interface MapStepProps {
  /** JSONata expression that gives the list; each item is the input of one iteration, the output is the list of their outputs. */
  readonly items: string;

  /** What runs for each item. */
  readonly steps: WorkflowStep[];

  /**
   * How many items there may be; more fail the workflow. Results share one payload of 256 KiB, so without this number every result
   * inside travels by claim check.
   *
   * @default - unknown
   */
  readonly maxItems?: number;

  /**
   * Iterations at once, at most 40.
   *
   * @default 40
   */
  readonly maxConcurrency?: number;
}

/** How a file holds the items of a distributed map. */
export enum MapItemFormat {
  /** One JSON list. */
  JSON = 'JSON',
  /** One JSON value on each line. */
  JSON_LINES = 'JSONL',
}

/** A file of items in S3. */
export interface MapItemFile {
  /** Bucket of the file; of a claim check it is the store's. */
  readonly bucket: s3.IBucket;

  /** Key, or a JSONata expression that gives it; of a claim check ``{% $states.input.`$claimCheck`.key %}``. */
  readonly key: string;

  /**
   * How the file is written.
   *
   * @default MapItemFormat.JSON
   */
  readonly format?: MapItemFormat;
}

/** Options of `WorkflowStep.distributedMap`: exactly one of `items` and `itemsFrom`. */
export interface DistributedMapStepProps {
  /** What runs for each item, in an execution of its own. */
  readonly steps: WorkflowStep[];

  /**
   * JSONata expression that gives the list.
   *
   * @default - from `itemsFrom`
   */
  readonly items?: string;

  /**
   * File that holds the list.
   *
   * @default - from `items`
   */
  readonly itemsFrom?: MapItemFile;

  /**
   * Children at once, at most 10,000.
   *
   * @default 100
   */
  readonly maxConcurrency?: number;

  /**
   * Share of children that may fail before the step does.
   *
   * @default 0
   */
  readonly toleratedFailurePercentage?: number;
}

/** Where a choice leads. */
export interface ChoicePath {
  /**
   * Steps to run; the workflow then goes on with `goTo`, or with the step after the choice.
   *
   * @default - none
   */
  readonly steps?: WorkflowStep[];

  /**
   * Id of the step to go to: one in the same list as the choice or in a list around it.
   *
   * @default - the step after the choice
   */
  readonly goTo?: string;
}

/** One branch of a choice; the first whose condition holds is taken. */
export interface ChoiceBranch extends ChoicePath {
  /** JSONata condition. */
  readonly when: string;

  /**
   * How often the branch may go back to a step before the choice; it no longer matches afterwards. Required for going back: a loop
   * without a bound is a cycle, which is an error.
   *
   * @default - the branch goes forward
   */
  readonly atMost?: number;
}

/** Options of `WorkflowStep.choice`. */
export interface ChoiceStepProps {
  /** Ways to go, in the order in which they are tried. */
  readonly branches: ChoiceBranch[];

  /**
   * Where to go when no branch matches.
   *
   * @default - the step after the choice
   */
  readonly otherwise?: ChoicePath;
}

/**
 * One step of a workflow. The id is the name of its state: it stands in the history, in events and in the identity under which the
 * step's results are recorded, so renaming a step makes a redriven run do it again.
 */
export class WorkflowStep {
  /** Calls a function with retries per error class; the call may continue past the function's timeout. */
  static invoke(id: string, props: InvokeStepProps): WorkflowStep {
    return new WorkflowStep(new InvokeStep(id, props));
  }

  /** Runs a Fargate task to its end, for work that needs more than 15 minutes at a time or 10 GB of memory. */
  static container(id: string, props: ContainerStepProps): WorkflowStep {
    return new WorkflowStep(new ContainerStep(id, props));
  }

  /** Runs lists of steps side by side. */
  static parallel(id: string, props: ParallelStepProps): WorkflowStep {
    return new WorkflowStep(new ParallelStep(id, props.branches.map(nodesOf)));
  }

  /** Runs steps for each item of a list, inside this execution. */
  static map(id: string, props: MapStepProps): WorkflowStep {
    return new WorkflowStep(new MapStep(id, props, nodesOf(props.steps)));
  }

  /** Runs steps for each of many items, each in an execution and with a history of its own. The output names the manifest of results. */
  static distributedMap(id: string, props: DistributedMapStepProps): WorkflowStep {
    const { itemsFrom: file, steps, ...options } = props;
    const itemsFrom = file && { bucket: file.bucket, key: file.key, inputType: file.format ?? MapItemFormat.JSON };
    return new WorkflowStep(new DistributedMapStep(id, { ...options, itemsFrom }, nodesOf(steps)));
  }

  /** Takes the first branch whose condition holds. */
  static choice(id: string, props: ChoiceStepProps): WorkflowStep {
    const otherwise = props.otherwise && optionOf(props.otherwise);
    return new WorkflowStep(new ChoiceStep(id, props.branches.map(optionOf), otherwise));
  }

  /** Waits. */
  static wait(id: string, props: WaitStepProps): WorkflowStep {
    return new WorkflowStep(new WaitStep(id, props));
  }

  /**
   * Asks people and waits for the first decision. The output is the input with the decision in its field `approval`
   * (`{ input, approval }` when the input is not an object).
   */
  static approval(id: string, props: ApprovalStepProps): WorkflowStep {
    return new WorkflowStep(new ApprovalStep(id, props));
  }

  /** Calls a function with a task token and waits until somebody answers with it. */
  static callback(id: string, props: CallbackStepProps): WorkflowStep {
    return new WorkflowStep(new CallbackStep(id, props));
  }

  /** States written with the CDK's own classes, JSONata or JSONPath. They bring their own retriers and catchers. */
  static custom(id: string, chainable: sfn.IChainable): WorkflowStep {
    return new WorkflowStep(new CustomStep(id, chainable));
  }

  /** @internal */
  readonly _node: StepNode;

  private constructor(node: StepNode) {
    this._node = node;
  }

  /** Name of the step. */
  get id(): string {
    return this._node.id;
  }
}

function nodesOf(steps: WorkflowStep[]): StepNode[] {
  return steps.map(({ _node }) => _node);
}

function optionOf(path: ChoicePath & { readonly when?: string; readonly atMost?: number }): ChoiceOption {
  return { when: path.when, atMost: path.atMost, goTo: path.goTo, steps: nodesOf(path.steps ?? []) };
}
