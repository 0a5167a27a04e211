import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { SFN_DISTRIBUTED_MAP_CONCURRENCY } from '../quotas/step-functions-quotas';
import { checkQuota, type Findings } from '../validation/check-quota';
import { checkHistory, continuationsLeft, type Footprint, footprint, sum } from './footprint';
import { EXECUTION_EVENTS, MAP_RUN_EVENTS, STATE_EVENTS } from './history-events';
import { checkExpression, expression } from './jsonata-expression';
import { checkCount, checkItems, itemPath, itemStateOf, itemsOf } from './map-step';
import { footprintOf, renderScope } from './sequence';
import { INLINE_BYTES, variable } from './step-identity';
import { goOn, JSONATA, type NestedSteps, type RenderContext, type RenderedStates, type StepNode, type StepScope } from './step-node';
import { MAPS_PREFIX } from './store-folders';

const DEFAULT_CONCURRENCY = 100;

export interface DistributedMapOptions {
  readonly items?: string;
  readonly itemsFrom?: { readonly bucket: s3.IBucket; readonly key: string; readonly inputType: string };
  readonly maxConcurrency?: number;
  readonly toleratedFailurePercentage?: number;
}

/** Children are Standard executions with a history of their own; Express children could not wait for tokens or jobs, nor continue past 5 min. */
export class DistributedMapStep implements StepNode {
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];
  readonly nested: readonly NestedSteps[];

  constructor(
    readonly id: string,
    private readonly options: DistributedMapOptions,
    private readonly steps: readonly StepNode[],
  ) {
    this.stateNames = [id, itemStateOf(id)];
    this.nested = [{ label: 'steps', steps, sameScope: false }];
  }

  check(findings: Findings): void {
    const { items, itemsFrom, maxConcurrency, toleratedFailurePercentage } = this.options;
    const step = `step ${JSON.stringify(this.id)}`;
    if (items !== undefined && itemsFrom !== undefined) {
      findings.problems.push(`${step} needs either items or itemsFrom, got both; drop one`);
    } else if (itemsFrom === undefined) checkItems(findings, step, items);
    else if (itemsFrom.key.trimStart().startsWith('{%')) checkExpression(findings, `${step} itemsFrom.key`, itemsFrom.key);
    checkCount(findings, `${step} maxConcurrency`, maxConcurrency);
    checkQuota(findings, `${step} maxConcurrency`, maxConcurrency, SFN_DISTRIBUTED_MAP_CONCURRENCY, 'lower it');
    if (toleratedFailurePercentage !== undefined && (toleratedFailurePercentage < 0 || toleratedFailurePercentage > 100)) {
      findings.problems.push(`${step} toleratedFailurePercentage must be from 0 to 100, got ${toleratedFailurePercentage}; correct it`);
    }
    checkHistory(findings, `one child of ${step}`, this.childFootprint());
  }

  footprint(): Footprint {
    return footprint({ events: MAP_RUN_EVENTS, seconds: footprintOf(this.steps).seconds });
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const { items, itemsFrom, maxConcurrency, toleratedFailurePercentage } = this.options;
    this.grant(context);
    const body = this.renderChild(context, scope);
    const map = {
      Type: 'Map',
      ...JSONATA,
      ...(itemsFrom === undefined
        ? { Items: itemsOf(items as string, undefined) }
        : {
            ItemReader: {
              Resource: `arn:${context.partition}:states:::s3:getObject`,
              ReaderConfig: { InputType: itemsFrom.inputType },
              Arguments: { Bucket: itemsFrom.bucket.bucketName, Key: itemsFrom.key },
            },
          }),
      // A child is an execution of its own and sees no variable of its parent: path and run identity travel with the item.
      ItemSelector: { path: itemPath(scope), run: scope.workflow, item: expression('$states.context.Map.Item.Value') },
      MaxConcurrency: maxConcurrency ?? DEFAULT_CONCURRENCY,
      ...(toleratedFailurePercentage === undefined ? {} : { ToleratedFailurePercentage: toleratedFailurePercentage }),
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: body.startAt, States: body.states },
      // Results of any number of children would not fit into one payload.
      ResultWriter: {
        Resource: `arn:${context.partition}:states:::s3:putObject`,
        Arguments: { Bucket: context.store.bucketName, Prefix: `${MAPS_PREFIX}${this.id}` },
      },
      Output: {
        mapRunArn: expression('$states.result.MapRunArn'),
        results: {
          bucket: expression('$states.result.ResultWriterDetails.Bucket'),
          key: expression('$states.result.ResultWriterDetails.Key'),
        },
      },
      ...goOn(next),
    };
    return { startAt: this.id, states: { [this.id]: map } };
  }

  private renderChild(context: RenderContext, scope: StepScope): RenderedStates {
    const child = { ...scope, depth: scope.depth + 1, maxInlineBytes: INLINE_BYTES };
    const [path, run] = [variable('path', child), variable('run', child)];
    return renderScope(
      this.steps,
      context,
      { ...child, path: [`$${path}`], workflow: expression(`$${run}`), continuations: continuationsLeft(this.childFootprint()) },
      {
        name: itemStateOf(this.id),
        assign: { [path]: expression('$states.input.path'), [run]: expression('$states.input.run') },
        output: expression('$states.input.item'),
      },
    );
  }

  private childFootprint(): Footprint {
    return sum([footprint({ events: EXECUTION_EVENTS + STATE_EVENTS }), footprintOf(this.steps)]);
  }

  private grant(context: RenderContext): void {
    const { itemsFrom } = this.options;
    if (itemsFrom !== undefined) {
      const computed = itemsFrom.key.trimStart().startsWith('{%');
      context.allow(
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [itemsFrom.bucket.arnForObjects(computed ? '*' : itemsFrom.key)] }),
        computed ? 'the key of the items is computed while the workflow runs' : undefined,
      );
      if (itemsFrom.bucket.encryptionKey !== undefined) {
        context.allow(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [itemsFrom.bucket.encryptionKey.keyArn] }));
      }
    }
    context.allow(
      new iam.PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
        resources: [`${context.store.bucketArn}/${MAPS_PREFIX}${this.id}/*`],
      }),
      'the service names the result files by map run',
    );
  }
}
