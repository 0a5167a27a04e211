import { workflowStep } from '../lambda/runtime/workflow-step';
import { CheckpointTable } from './checkpoint-table';
import { median } from './measure';
import type { Figure } from './report';

const SIZES = [10, 100, 1_000];
/** One for each, and one look at the lease for each second that the step takes. */
const ONE_REQUEST = 1.01;
const VALUE = { answer: 'x'.repeat(200) };

const handler = workflowStep<{ subSteps: number }>(async (ctx, { subSteps }) => {
  for (let n = 0; n < subSteps; n += 1) await ctx.run(`sub-step-${n}`, async () => VALUE);
});

/** Recording and replaying the sub-steps of one step, against the puts that any way of recording them needs. */
export async function checkpoints(rounds: number): Promise<Figure[]> {
  const table = await CheckpointTable.start();
  try {
    const figures: Figure[] = [];
    for (const subSteps of SIZES) figures.push(...(await stepOf(table, subSteps, rounds)));
    return figures;
  } finally {
    table.stop();
  }
}

async function stepOf(table: CheckpointTable, subSteps: number, rounds: number): Promise<Figure[]> {
  const [fresh, replayed, raw] = [[], [], []] as [number[], number[], number[]];
  let [requestsFresh, requestsReplayed] = [0, 0];
  // The first round warms clients and server up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const run = `run-${subSteps}-${round}`;
    const puts = () => putAll(table, run, subSteps);
    const steps = () => handler(envelope(run, 0, subSteps), LAMBDA);
    const inOrder = round % 2 === 0 ? [puts, steps] : [steps, puts];
    const times = new Map<unknown, number>();
    const before = await table.requests();
    for (const work of inOrder) times.set(work, await millisecondsOf(work));
    requestsFresh = (await table.requests()) - before - subSteps;
    const again = await millisecondsOf(() => handler(envelope(run, 1, subSteps), LAMBDA));
    requestsReplayed = (await table.requests()) - before - subSteps - requestsFresh;
    if (round === 0) continue;
    raw.push((times.get(puts) as number) / subSteps);
    fresh.push((times.get(steps) as number) / subSteps);
    replayed.push(again / subSteps);
  }
  const peer = 'the same put by the SDK alone';
  const theirs = median(raw);
  const many = subSteps.toLocaleString('en');
  return [
    { what: `a new checkpoint, ${many} in the step`, peer, ours: median(fresh), theirs, unit: 'ms', bar: 1.25 },
    { what: `requests for ${many} new checkpoints`, peer, ours: requestsFresh, theirs: subSteps, unit: '', bar: ONE_REQUEST },
    { what: `a replayed checkpoint, ${many} in the step`, peer, ours: median(replayed), theirs, unit: 'ms' },
    { what: `requests for ${many} replayed checkpoints`, peer, ours: requestsReplayed, theirs: subSteps, unit: '' },
  ];
}

async function putAll(table: CheckpointTable, run: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await table.put(`raw ${run}`, `result#sub-step-${n}`, JSON.stringify(VALUE));
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

const LAMBDA = { getRemainingTimeInMillis: () => 900_000 };

function envelope(run: string, attempt: number, subSteps: number) {
  return {
    workflow: {
      executionArn: `arn:aws:states:us-east-1:000000000000:execution:Benchmark:${run}`,
      name: run,
      startedAt: '2026-01-01T00:00:00.000Z',
    },
    step: { id: 'Step', attempt, redrive: 0, maxInlineBytes: 200_000, expose: [] },
    input: { subSteps },
  };
}
