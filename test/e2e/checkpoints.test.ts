import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { AgentCode } from '../../lib/agent/agent-code';
import { AiAgentFunction } from '../../lib/agent/ai-agent-function';
import { LocalRunner } from '../../lib/local/local-runner';
import { WorkflowStateMachine } from '../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../lib/workflow/workflow-step';

jest.setTimeout(60_000);

let directory: string;
let local: LocalRunner;

function app(): App {
  const application = new App({ outdir: join(directory, 'out') });
  const stack = new Stack(application, 'Checkpoints');
  const code = AgentCode.typescript(join(__dirname, 'fixtures', 'checkpointed.ts'));
  const roomy = new AiAgentFunction(stack, 'Roomy', { code, timeout: Duration.seconds(30) });
  const tight = new AiAgentFunction(stack, 'Tight', { code, timeout: Duration.seconds(3) });
  new WorkflowStateMachine(stack, 'RoomyWork', { steps: [WorkflowStep.invoke('Work', { function: roomy.alias })] });
  new WorkflowStateMachine(stack, 'TightWork', { steps: [WorkflowStep.invoke('Work', { function: tight.alias })] });
  return application;
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  local = await LocalRunner.fromApp(app());
});

afterAll(async () => {
  await local?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const journalOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

const RESULTS = (count: number) => Array.from({ length: count }, (_, index) => `result ${index}`);

test('an environment killed in the middle of a sub-step loses nothing that was recorded', async () => {
  const journal = join(directory, 'killed');
  const roomy = local.function('Roomy');
  const run = await local.workflow('RoomyWork').start({ journal, steps: 5, stepMs: 300 });
  await until(() => journalOf(journal).some((line) => line.startsWith('start 2')));
  roomy.kill(roomy.environments.find(({ state }) => state === 'busy')?.id ?? '');

  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { results: RESULTS(5), attempt: 1 } });
  const ended = journalOf(journal).filter((line) => line.startsWith('end'));
  expect(ended.map((line) => line.split(' ')[1])).toEqual(['0', '1', '2', '3', '4']);
  const started = journalOf(journal).filter((line) => line.startsWith('start 2'));
  expect(new Set(started.map((line) => line.split(' ')[2])).size).toBe(2);
});

test('a step of ten seconds in a function of three completes by continuing', async () => {
  const journal = join(directory, 'continued');
  const run = await local.workflow('TightWork').start({ journal, steps: 20, stepMs: 500 });
  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { results: RESULTS(20) } });

  const errors = run.history.flatMap((event) => (event['taskFailedEventDetails'] as { error?: string } | undefined)?.error ?? []);
  expect(errors.filter((error) => error === 'Workflow.Continue').length).toBeGreaterThanOrEqual(3);
  // Each interruption can lose at most the one sub-step that was under way; what was recorded never runs again.
  const ended = journalOf(journal).filter((line) => line.startsWith('end'));
  expect(ended.length).toBeLessThanOrEqual(20 + errors.length);
  expect(await records('TightWork', run.name)).toHaveLength(20 + 1);
});

test('an environment that was stopped and comes back after a takeover changes nothing and starts nothing', async () => {
  const journal = join(directory, 'zombie');
  const roomy = local.function('Roomy');
  const run = await local.workflow('RoomyWork').start({ journal, steps: 4, stepMs: 600 });
  await until(() => journalOf(journal).some((line) => line.startsWith('start 1')));
  const zombie = roomy.environments.find(({ state }) => state === 'busy');
  roomy.stop(zombie?.id ?? '');
  const before = journalOf(journal);

  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { results: RESULTS(4) } });
  const recorded = await records('RoomyWork', run.name);
  roomy.resume(zombie?.id ?? '');
  await sleep(2_000);

  const byZombie = journalOf(journal)
    .slice(before.length)
    .filter((line) => line.endsWith(` ${zombie?.pid}`));
  expect(byZombie.filter((line) => line.startsWith('start'))).toEqual([]);
  expect(await records('RoomyWork', run.name)).toEqual(recorded);
});

/** Everything recorded for a run (results and lease), read as any client of the table would. */
async function records(workflow: string, run: string): Promise<unknown[]> {
  const { DynamoDBClient, ScanCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: local.gateway.url,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: local.table(workflow), ConsistentRead: true }));
  client.destroy();
  return Items.filter(({ pk }) => pk?.S?.includes(run)).sort((left, right) => String(left['sk']?.S).localeCompare(String(right['sk']?.S)));
}
