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
import { itemsOf } from './local-store';

jest.setTimeout(120_000);

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

interface Entry {
  readonly what: 'start' | 'end';
  readonly index: number;
  readonly pid: number;
}

function journalOf(path: string): Entry[] {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => {
    const [what, index, pid] = line.split(' ');
    return { what: what as Entry['what'], index: Number(index), pid: Number(pid) };
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

const RESULTS = (count: number) => Array.from({ length: count }, (_, index) => `result ${index}`);
const INDEXES = (count: number) => Array.from({ length: count }, (_, index) => index);

test('an environment killed in the middle of a sub-step loses nothing that was recorded', async () => {
  const journal = join(directory, 'killed');
  const roomy = local.function('Roomy');
  const run = await local.workflow('RoomyWork').start({ journal, steps: 4, stepMs: 1_500 });
  await until(() => journalOf(journal).some(({ what, index }) => what === 'start' && index === 2));
  roomy.kill(roomy.environments.find(({ state }) => state === 'busy')?.id ?? '');

  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { results: RESULTS(4), attempt: 1 } });
  const entries = journalOf(journal);
  const [first, ...others] = [...new Set(entries.map(({ pid }) => pid))];
  expect(others).toHaveLength(1);
  // What was recorded never ran again; what was cut off ran again from its start.
  expect(entries.filter(({ what }) => what === 'end').map(({ index }) => index)).toEqual(INDEXES(4));
  expect(entries.filter(({ what, pid }) => what === 'start' && pid === first).map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(entries.filter(({ what, pid }) => what === 'start' && pid !== first).map(({ index }) => index)).toEqual([2, 3]);
  expect(await records('RoomyWork', run.name)).toHaveLength(4 + 1);
});

test('a step of ten seconds in a function of three completes by continuing', async () => {
  // The first call of a function loads its SDK, which is no part of the ten seconds.
  await (await local.workflow('TightWork').start({ journal: join(directory, 'warm-up'), steps: 1, stepMs: 1 })).result();
  const journal = join(directory, 'continued');
  const run = await local.workflow('TightWork').start({ journal, steps: 40, stepMs: 250 });
  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { results: RESULTS(40) } });

  const errors = run.history.flatMap((event) => (event['taskFailedEventDetails'] as { error?: string } | undefined)?.error ?? []);
  expect(errors.filter((error) => error === 'Workflow.Continue').length).toBeGreaterThanOrEqual(3);
  // Each attempt goes on where the one before it stopped, so it starts again at most the one sub-step that was cut off.
  const started = journalOf(journal).filter(({ what }) => what === 'start');
  expect(started.length).toBeLessThanOrEqual(40 + errors.length);
  expect([...new Set(started.map(({ index }) => index))]).toEqual(INDEXES(40));
  expect(await records('TightWork', run.name)).toHaveLength(40 + 1);
});

test('an environment that was stopped and comes back after a takeover changes nothing and starts nothing', async () => {
  const journal = join(directory, 'zombie');
  const roomy = local.function('Roomy');
  const run = await local.workflow('RoomyWork').start({ journal, steps: 4, stepMs: 1_000 });
  await until(() => journalOf(journal).some(({ what, index }) => what === 'start' && index === 1));
  const zombie = roomy.environments.find(({ state }) => state === 'busy');
  roomy.stop(zombie?.id ?? '');
  const before = journalOf(journal);

  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { results: RESULTS(4) } });
  const recorded = await records('RoomyWork', run.name);
  roomy.resume(zombie?.id ?? '');
  // It ends when it asks for its next event: whatever it does after its resumption is done by then.
  await until(() => roomy.environments.every(({ id }) => id !== zombie?.id));

  const byZombie = journalOf(journal)
    .slice(before.length)
    .filter(({ pid }) => pid === zombie?.pid);
  expect(byZombie).toEqual([{ what: 'end', index: 1, pid: zombie?.pid }]);
  expect(await records('RoomyWork', run.name)).toEqual(recorded);
});

/** Everything recorded for a run (results and lease), read from its table. */
async function records(workflow: string, run: string): Promise<unknown[]> {
  const items = await itemsOf(local, workflow);
  return items.filter(({ pk }) => pk?.S?.includes(run)).sort((left, right) => String(left['sk']?.S).localeCompare(String(right['sk']?.S)));
}
