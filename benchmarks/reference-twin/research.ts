import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { createApprovals } from './approvals';
import { allowFolder, allowList } from './documents';
import { type Artifacts, createAgent, type Live } from './functions';
import { approval, INLINE_BYTES, type State, task } from './states';
import { createMachine, createRecorder, createStore, type Machine, useStore } from './workflow';

const MAX_SOURCES = 8;
/** What 25,000 events of history leave for continuations. */
const CONTINUATIONS = 665;

export interface ResearchProps {
  readonly documents: s3.Bucket;
  readonly sentiment: lambda.Alias;
  readonly modelId: string;
  readonly approvers: readonly string[];
}

/** Plan, search in parallel, analyse, report, approve, deliver. */
export function createResearch(stack: Stack, artifacts: Artifacts, props: ResearchProps): Machine {
  const steps = createSteps(stack, artifacts, props);
  const store = createStore(stack, 'Research');
  const approvals = createApprovals(stack, artifacts, store);
  const recorder = createRecorder(stack, 'ResearchRecorder', artifacts, store);
  for (const { function: fn } of Object.values(steps)) useStore(store, fn);

  const research = createMachine(stack, 'Research', {
    comment: 'Answers a question from the documents in the library',
    startAt: 'Plan sources',
    states: researchStates(steps, approvals.alias.functionArn, recorder.alias.functionArn, props.approvers),
    calls: [...Object.values(steps), approvals, recorder].map(({ alias }) => alias),
  });
  const answers = new iam.Policy(stack, 'ApprovalAnswers', {
    statements: [new iam.PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: [research.machine.stateMachineArn] })],
  });
  approvals.function.role?.attachInlinePolicy(answers);
  research.alias.node.addDependency(answers);
  return research;
}

type Steps = Readonly<Record<'plan' | 'search' | 'analyse' | 'report' | 'deliver', Live>>;

function createSteps(stack: Stack, artifacts: Artifacts, { documents, sentiment, modelId }: ResearchProps): Steps {
  const minute = Duration.minutes(1);
  const plan = createAgent(stack, 'Plan', artifacts, { handler: 'reference-plan', timeout: minute });
  const search = createAgent(stack, 'Search', artifacts, { handler: 'reference-search' });
  const analyse = createAgent(stack, 'Analyse', artifacts, {
    handler: 'reference-analyse',
    environment: { EMBEDDING_FUNCTION_ARN: sentiment.functionArn },
  });
  const report = createAgent(stack, 'Report', artifacts, {
    handler: 'reference-report',
    timeout: Duration.minutes(10),
    modelId,
  });
  const deliver = createAgent(stack, 'Deliver', artifacts, { handler: 'reference-deliver', timeout: minute });
  allowList(documents, plan.function, 'library');
  allowFolder(documents, search.function, 's3:GetObject', 'library');
  allowFolder(documents, deliver.function, 's3:PutObject', 'reports');
  sentiment.grantInvoke(analyse.function);
  return { plan, search, analyse, report, deliver };
}

function researchStates(steps: Steps, approvalArn: string, recorderArn: string, approvers: readonly string[]): Record<string, State> {
  const call = (name: string, step: Live, timeoutSeconds: number, next?: string) =>
    task(name, { functionArn: step.alias.functionArn, recorderArn, timeoutSeconds, continuations: CONTINUATIONS, next });
  return {
    ...call('Plan sources', steps.plan, 90, 'Search sources'),
    'Search sources': searchSources(steps.search, recorderArn),
    ...call('Analyse', steps.analyse, 330, 'Write report'),
    ...call('Write report', steps.report, 630, 'Approve'),
    ...approval('Approve', {
      approvalArn,
      recorderArn,
      approvers,
      subject: 'Research report',
      linkSeconds: Duration.days(3).toSeconds(),
      next: 'Deliver',
    }),
    ...call('Deliver', steps.deliver, 90),
  };
}

function searchSources(search: Live, recorderArn: string): State {
  return {
    Type: 'Map',
    QueryLanguage: 'JSONata',
    Items:
      '{% ($items := ($states.input.sources); $list := $exists($items) ? [$items] : $error("items gave nothing; expose the field if it ' +
      'travels by claim check, or write [ ... ] where no item is fine"); ' +
      `$count($list) <= ${MAX_SOURCES} ? $list : $error("more items than maxItems ${MAX_SOURCES}: " & $string($count($list)))) %}`,
    ItemSelector: {
      path: '{% "[" & $string($states.context.Map.Item.Index) & "]" %}',
      item: '{% $states.context.Map.Item.Value %}',
    },
    MaxConcurrency: MAX_SOURCES,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: 'Search sources item',
      States: {
        'Search sources item': {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Comment: 'Part of step Search sources',
          Assign: { path1: '{% $states.input.path %}' },
          Output: '{% $states.input.item %}',
          Next: 'Search source',
        },
        ...task('Search source', {
          functionArn: search.alias.functionArn,
          recorderArn,
          timeoutSeconds: 330,
          continuations: CONTINUATIONS,
          depth: 1,
          stepId: '{% "Search source" & $path1 %}',
          maxInlineBytes: INLINE_BYTES / MAX_SOURCES,
        }),
      },
    },
    Next: 'Analyse',
  };
}
