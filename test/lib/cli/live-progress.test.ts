import { stripVTControlCharacters } from 'node:util';
import { LiveProgress } from '../../../lib/cli/live-progress';
import { AslError } from '../../../lib/local/asl/asl-error';
import { loadDefinition } from '../../../lib/local/asl/state-machine-definition';
import { machineGraph, stepsOfParts } from '../../../lib/local/drawing/machine-graph';
import { Captured } from '../../e2e/captured-streams';
import { aliasOf, chain, machinesOf } from '../local/stepfunctions/written-machines';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {} };

/** The list as it stands at the end of a run. */
async function lastOf(definition: object, task: () => Promise<unknown>): Promise<string> {
  const stream = Object.assign(new Captured(), { isTTY: true, columns: 100, rows: 40 });
  const { block } = loadDefinition({ QueryLanguage: 'JSONata', ...definition });
  const progress = new LiveProgress(machineGraph(block), stepsOfParts(block), stream);
  const { executions } = machinesOf({ M: definition }, task, (event) => progress.onEvent(event));
  await executions.start({ stateMachineArn: aliasOf('M'), input: {} }).result;
  await progress.end();
  return stripVTControlCharacters(stream.text);
}

test('steps that are over are ticked, with how long they took', async () => {
  const text = await lastOf(chain({ First: TASK, Second: TASK }), async () => 1);
  expect(text).toMatch(/✔ First \d+\.\d+ s/);
  expect(text).toMatch(/✔ Second \d+\.\d+ s/);
});

test('a step that failed is crossed, one that was not reached is said so', async () => {
  const text = await lastOf(chain({ First: TASK, Second: TASK }), () => Promise.reject(new AslError('Box', 'no box')));
  expect(text).toMatch(/✖ First \d+\.\d+ s/);
  expect(text).toContain('Second (not reached)');
  expect(text).not.toMatch(/✔ First|✖ Second/);
});
