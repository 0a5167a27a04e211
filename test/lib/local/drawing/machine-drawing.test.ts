import { partOfStep } from '../../../../lambda/contract/states';
import { AslError } from '../../../../lib/local/asl/asl-error';
import { loadDefinition } from '../../../../lib/local/asl/state-machine-definition';
import { drawSvg, drawText } from '../../../../lib/local/drawing/draw-machine';
import { allNodes, machineGraph, stepsOfParts } from '../../../../lib/local/drawing/machine-graph';
import { stateStatuses } from '../../../../lib/local/drawing/state-status';
import { aliasOf, machinesOf } from '../stepfunctions/written-machines';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {} };
const block = (startAt: string, states: object) => ({ StartAt: startAt, States: states });

const ORDER = {
  QueryLanguage: 'JSONata',
  ...block('Check', {
    Check: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Each' }], Default: 'Refuse' },
    Each: {
      Type: 'Map',
      Items: '{% [1, 2] %}',
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...block('Pack', { Pack: { ...TASK, End: true } }) },
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        block('Bill', { Bill: { Type: 'Pass', End: true } }),
        block('Ship (fast)', { 'Ship (fast)': { Type: 'Pass', End: true } }),
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Both failed' }],
      Next: 'Done',
    },
    'Both failed': { Type: 'Pass', Comment: partOfStep('Both'), Next: 'Refuse' },
    Refuse: { Type: 'Fail', Error: 'Refused' },
    Done: { Type: 'Succeed' },
  }),
};

const graph = machineGraph(loadDefinition(ORDER).block);
const nameOf = (id: string) => allNodes(graph).find((node) => node.id === id)?.name;
const arrows = graph.edges.map(({ from, to, label }) => `${nameOf(from)} > ${nameOf(to)}${label === undefined ? '' : ` (${label})`}`);

test('what a Map or Parallel runs stands between it and its next state; states that only serve a step are passed through', () => {
  expect(arrows.sort()).toEqual(
    [
      'Check > Each',
      'Check > Refuse (else)',
      'Each > Pack',
      'Pack > Both',
      'Both > Bill',
      'Both > Ship (fast)',
      'Bill > Done',
      'Ship (fast) > Done',
      'Both > Refuse (error)',
    ].sort(),
  );
  expect(graph.groups.map(({ label }) => label)).toEqual(['each item', 'branch 1', 'branch 2']);
  expect(allNodes(graph).map(({ name }) => name)).not.toContain('Both failed');
});

describe('a run', () => {
  const failing = async ({ stateName }: { stateName: string }) => {
    if (stateName === 'Pack') throw Object.assign(new Error('no box'), { name: 'Box' });
    return 1;
  };

  async function statusesOf(definition: object, task: (request: { stateName: string }) => Promise<unknown>) {
    const { executions } = machinesOf({ M: definition }, task);
    const record = executions.start({ stateMachineArn: aliasOf('M'), input: {} });
    await record.result.catch(() => undefined);
    return Object.fromEntries(stateStatuses(record.execution.history));
  }

  test('gives each state that it reached a status', async () => {
    expect(await statusesOf(ORDER, async () => 1)).toEqual({
      Check: 'succeeded',
      Each: 'succeeded',
      Pack: 'succeeded',
      Both: 'succeeded',
      Bill: 'succeeded',
      'Ship (fast)': 'succeeded',
      Done: 'succeeded',
    });
    const refused = await statusesOf(ORDER, async (request) =>
      failing(request).catch((error: Error) => Promise.reject(new AslError(error.name, error.message))),
    );
    expect(refused).toEqual({ Check: 'succeeded', Each: 'failed', Pack: 'failed' });
  });

  test('that catches an error shows what was caught', async () => {
    const caught = block('Try', {
      Try: { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }], End: true },
      After: { Type: 'Pass', End: true },
    });
    const statuses = await statusesOf({ QueryLanguage: 'JSONata', ...caught }, () => Promise.reject(new AslError('Box', 'no box')));
    expect(statuses).toEqual({ Try: 'caught', After: 'succeeded' });
  });
});

test('a step fails with the state that only records its failure', async () => {
  const recorded = {
    QueryLanguage: 'JSONata',
    ...block('Try', {
      Try: { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Try failed' }], End: true },
      'Try failed': { ...TASK, Comment: partOfStep('Try'), End: true },
    }),
  };
  const { executions } = machinesOf({ M: recorded }, () => Promise.reject(new AslError('Box', 'no box')));
  const { execution, result } = executions.start({ stateMachineArn: aliasOf('M'), input: {} });
  expect(await result).toMatchObject({ status: 'FAILED' });
  const parts = stepsOfParts(loadDefinition(recorded).block);
  expect([...parts]).toEqual([['Try failed', 'Try']]);
  expect(stateStatuses(execution.history).get('Try')).toBe('caught');
  expect(stateStatuses(execution.history, parts).get('Try')).toBe('failed');
});

test('the text marks every state, whatever characters its name has', () => {
  const text = drawText(
    graph,
    new Map([
      ['Check', 'succeeded'],
      ['Each', 'running'],
      ['Pack', 'failed'],
      ['Both', 'caught'],
      ['Bill', 'waiting'],
    ]),
  );
  for (const label of ['✓ Check', '▸ Each', '✗ Pack', '! Both', '⏸ Bill', '· Ship (fast)', '· Done']) expect(text).toContain(label);
});

test('the SVG stands alone and says the status of every state', () => {
  const svg = drawSvg(
    graph,
    new Map([
      ['Check', 'succeeded'],
      ['Pack', 'failed'],
    ]),
  );
  expect(svg).not.toMatch(/@import|color-mix|var\(|<style|https?:\/\/(?!www\.w3\.org)|[\ue000-\uf8ff]/);
  expect(svg).toMatch(/data-status="succeeded" data-id="\w+" data-label="Check"/);
  expect(svg).toMatch(/data-status="failed" data-id="\w+" data-label="Pack"/);
  expect(svg).toMatch(/data-status="none" data-id="\w+" data-label="Ship &#40;fast&#41;"/);
});

test('a list stands in for boxes that arrows would run through', () => {
  const text = drawText(graph, new Map([['Check', 'succeeded']]));
  expect(text.split('\n').slice(0, 3)).toEqual(expect.arrayContaining([expect.stringContaining('✓ Check → ')]));
  expect(text).toMatch(/^ +· Ship \(fast\)/m);
});
