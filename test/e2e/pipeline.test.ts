import * as events from 'aws-cdk-lib/aws-events';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { LocalRunner } from '../../lib/local/local-runner';
import type { LocalRun, LocalWorkflow } from '../../lib/local/local-workflow';
import { WorkflowStateMachine } from '../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../lib/workflow/workflow-step';
import { runSmall, stopAll } from '../lib/local/small-app';
import { itemsOf, watchEvents } from './local-store';
import { type ReferenceAssembly, referenceAssembly } from './reference-assembly';

jest.setTimeout(120_000);

/** The run that some event has started, as soon as it is there. */
async function newRun(workflow: LocalWorkflow, known: number): Promise<LocalRun> {
  for (;;) {
    const runs = workflow.runs();
    if (runs.length > known) return runs[0] as LocalRun;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function inputOf(run: LocalRun): unknown {
  const started = run.history[0]?.['executionStartedEventDetails'] as { readonly input: string };
  return JSON.parse(started.input);
}

describe('the upload pipeline of the reference stack', () => {
  let reference: ReferenceAssembly;
  let local: LocalRunner;
  let published: ReturnType<typeof watchEvents>;

  beforeAll(async () => {
    reference = referenceAssembly();
    local = await LocalRunner.fromAssembly(reference.directory);
    published = watchEvents(local);
  });

  afterAll(async () => {
    await local.stop();
    reference.remove();
  });

  const upload = async (key: string, text: string): Promise<LocalRun> => {
    const pipeline = local.workflow('Pipeline');
    const known = pipeline.runs().length;
    await local.bucket('Documents').put(key, text);
    return newRun(pipeline, known);
  };

  test('an upload becomes plain text in the library and a summary beside it', async () => {
    const run = await upload('inbox/notes on rain/märz.html', '<h1>Rain</h1><p>In March it rained on 17 days.</p><script>track()</script>');
    expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { file: 'notes on rain/märz.html' } });
    const bucket = local.bucket('Documents');
    expect(await bucket.get('library/notes on rain/märz.html')).toBe('Rain\n\nIn March it rained on 17 days.');
    expect(await bucket.get('summaries/notes on rain/märz.md')).toContain('In March it rained on 17 days.');
    expect((await bucket.list()).sort()).toEqual([
      'inbox/notes on rain/märz.html',
      'library/notes on rain/märz.html',
      'summaries/notes on rain/märz.md',
    ]);
  });

  test('one write that S3 reports twice starts one run, a second write of the key another', async () => {
    const pipeline = local.workflow('Pipeline');
    const run = await upload('inbox/twice.md', 'Once is enough.');
    await run.result();
    const known = pipeline.runs().length;
    const event = inputOf(run) as { id: string; time: string };
    const starter = local.function('Pipeline/Starter');
    expect(await starter.invoke(event)).toEqual({ name: run.name, started: false });
    // The second report of a write has an id and a time of its own.
    const other = { ...event, id: '00000000-0000-4000-8000-000000000000', time: '2030-01-01T00:00:00Z' };
    expect(await starter.invoke(other)).toEqual({ name: run.name, started: false });
    expect(pipeline.runs()).toHaveLength(known);

    const second = await upload('inbox/twice.md', 'Once is enough.');
    expect(second.name).not.toBe(run.name);
    await second.result();
  });

  test('what is written to the library starts nothing', async () => {
    const pipeline = local.workflow('Pipeline');
    const known = pipeline.runs().length;
    await local.bucket('Documents').put('library/direct.md', 'Not an upload.');
    // The event of the upload comes after that of the other write.
    await (await upload('inbox/after.md', 'An upload.')).result();
    expect(pipeline.runs()).toHaveLength(known + 1);
  });

  test('a format that cannot be read fails by name, at once, recorded and told', async () => {
    const run = await upload('inbox/scan.pdf', '%PDF-1.7');
    const cause = 'cannot read inbox/scan.pdf: the format must be one of md, txt, csv, json, html, htm, got pdf';
    expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Step.InvalidInput', cause: expect.stringContaining(cause) });
    expect(run.steps()).toEqual([expect.objectContaining({ name: 'Extract text', attempts: 1 })]);
    expect(await itemsOf(local, 'Pipeline')).toContainEqual(
      expect.objectContaining({
        executionArn: { S: run.executionArn },
        stepId: { S: 'Extract text' },
        error: { S: 'Step.InvalidInput' },
        cause: { S: cause },
        published: { BOOL: true },
      }),
    );
    expect(published).toContainEqual({
      type: 'Workflow Step Failed',
      detail: expect.objectContaining({ executionArn: run.executionArn, stepId: 'Extract text', error: 'Step.InvalidInput', cause }),
    });
  });

  test('a run that failed goes on with a redrive when the cause is gone', async () => {
    const run = await upload('inbox/report.json', '{"rain": ');
    expect(await run.result()).toMatchObject({
      status: 'FAILED',
      error: 'Step.InvalidInput',
      cause: expect.stringContaining('cannot read inbox/report.json: it is not valid json'),
    });
    run.redrive();
    expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Step.InvalidInput' });

    const repaired = await upload('inbox/report.json', '{"rain": 17}');
    await repaired.result();
    run.redrive();
    expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { file: 'report.json' } });
    expect(run.history.filter(({ type }) => type === 'ExecutionRedriven')).toHaveLength(2);
  });

  test('an event of another shape fails the first step by name', async () => {
    const run = await local.workflow('Pipeline').start({ detail: { bucket: 'documents' } });
    expect(await run.result()).toMatchObject({
      status: 'FAILED',
      error: 'Step.InvalidInput',
      cause: expect.stringContaining('expected an Object Created event'),
    });
  });
});

describe('a workflow that rules and queues start', () => {
  let local: LocalRunner;
  const notices: string[] = [];

  beforeAll(async () => {
    local = await runSmall(
      (stack) => {
        const work = new WorkflowStateMachine(stack, 'Work', { steps: [WorkflowStep.wait('Wait', { duration: Duration.seconds(1) })] });
        work.startFromRule(new events.Rule(stack, 'Asked', { eventPattern: { source: ['shop'] } }));
        work.startFromQueue(new sqs.Queue(stack, 'Orders', { visibilityTimeout: Duration.seconds(20) }));
      },
      { onNotice: (notice) => notices.push(notice) },
    );
  });

  afterAll(stopAll);

  const event = (id: string, n: number) => ({ id, source: 'shop', 'detail-type': 'Order', detail: { n } });

  test('the same event twice starts one run, whether the first still runs or has ended', async () => {
    const starter = local.function('Work/Starter');
    await Promise.all([starter.invoke(event('e-1', 1)), starter.invoke(event('e-1', 1))]);
    const runs = local.workflow('Work').runs();
    expect(runs.map(inputOf)).toEqual([event('e-1', 1)]);
    await runs[0]?.result();
    expect(await starter.invoke(event('e-1', 1))).toMatchObject({ started: false });
    expect(local.workflow('Work').runs()).toHaveLength(1);
  });

  test('an id that comes back with other content is an error by name, not a run that is lost in silence', async () => {
    await expect(local.function('Work/Starter').invoke(event('e-1', 2))).rejects.toMatchObject({ name: 'Workflow.NameTaken' });
  });

  test('a message starts one run, however often it is delivered', async () => {
    const work = local.workflow('Work');
    const known = work.runs().length;
    const messageId = await local.queue('Orders').send({ order: 7 });
    const run = await newRun(work, known);
    expect(inputOf(run)).toEqual({ order: 7 });
    const record = { messageId, body: '{"order":7}', eventSourceARN: arnOf(local) };
    expect(await local.function('Work/Starter').invoke({ Records: [record, record] })).toEqual({ batchItemFailures: [] });
    expect(work.runs()).toHaveLength(known + 1);
    expect(notices).toEqual([]);
  });

  test('an event that nobody can read fails by name', async () => {
    await expect(local.function('Work/Starter').invoke({ hello: 'world' })).rejects.toMatchObject({ name: 'Step.InvalidInput' });
  });
});

/** The queue's ARN is part of a run's name. */
function arnOf(local: LocalRunner): string {
  return `arn:aws:sqs:us-east-1:000000000000:${local.queue('Orders').name}`;
}
