import type { LocalRun, LocalWorkflow } from '../../../lib/local/local-workflow';
import { SweptReference } from './swept-reference';

jest.setTimeout(300_000);

let reference: SweptReference;

beforeAll(async () => {
  reference = await SweptReference.start();
});

afterAll(() => reference?.stop());

const PATIENCE_MS = 30_000;

async function firstRun(workflow: LocalWorkflow): Promise<LocalRun> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const [run] = workflow.runs();
    if (run !== undefined) return run;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the upload started no run');
}

test('wherever the upload pipeline is killed, one run takes the document in', async () => {
  const { results, undisturbed } = await reference.sweep(async (local) => {
    await local.bucket('Documents').put('inbox/rain.md', '# Rain\n\nIn March it rained on 17 days.');
    return (await firstRun(local.workflow('Pipeline'))).result();
  });
  // The start of the run, two steps with two effects each, and their checkpoints.
  expect(results.length).toBeGreaterThanOrEqual(2 * (1 + 4 + 4));
  expect(undisturbed.filter(({ kind }) => kind === 'run')).toEqual([
    expect.objectContaining({ value: expect.objectContaining({ status: 'SUCCEEDED' }) }),
  ]);
  expect(undisturbed.filter(({ kind }) => kind === 'object')).toHaveLength(3);
});
