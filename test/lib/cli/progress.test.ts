import { stripVTControlCharacters } from 'node:util';
import { partOfStep } from '../../../lambda/contract/states';
import { Progress } from '../../../lib/cli/progress';
import { AslError } from '../../../lib/local/asl/asl-error';
import { Captured } from '../../e2e/captured-streams';
import { aliasOf, chain, machinesOf } from '../local/stepfunctions/written-machines';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {} };
const AGAIN = [{ ErrorEquals: ['Again'], IntervalSeconds: 1, MaxAttempts: 1, BackoffRate: 1 }];

/** Lines for one run; durations left out. */
async function linesOf(definition: object, task: (stateName: string, call: number) => unknown = () => 1): Promise<string[]> {
  const stream = new Captured();
  const progress = new Progress(stream);
  let calls = 0;
  const work = async ({ stateName }: { stateName: string }) => {
    const result = task(stateName, calls++);
    if (result instanceof Error) throw result;
    return result;
  };
  const { executions } = machinesOf({ M: definition }, work, (event) => progress.onEvent(event));
  await executions.start({ stateMachineArn: aliasOf('M'), input: {} }).result;
  const text = stripVTControlCharacters(stream.text).replace(/ \d+\.\d+ s$/gm, '');
  return text.trimEnd().split('\n');
}

test('steps are told when they begin and end, states that only serve one are not', async () => {
  const lines = await linesOf(chain({ First: TASK, 'First decision': { Type: 'Pass', Comment: partOfStep('First') }, Second: TASK }));
  expect(lines).toEqual(['▸ First', '✓ First', '▸ Second', '✓ Second']);
});

test('the items of a map are counted', async () => {
  const items = chain({ 'Each item': { Type: 'Pass', Comment: partOfStep('Each') }, Work: TASK });
  const map = (list: string) => ({ Type: 'Map', Items: list, ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...items } });
  expect(await linesOf(chain({ Each: map('{% [1, 2, 3] %}'), Last: TASK }))).toEqual([
    '▸ Each 3 items',
    '  ✓ Work 1 of 3',
    '  ✓ Work 2 of 3',
    '  ✓ Work 3 of 3',
    '✓ Each',
    '▸ Last',
    '✓ Last',
  ]);
  expect(await linesOf(chain({ Each: map('{% [] %}') }))).toEqual(['▸ Each 0 items', '✓ Each']);
});

test('a map that runs again counts from one', async () => {
  const once = {
    Type: 'Map',
    Items: '{% [1, 2] %}',
    Assign: { turn: '{% $turn + 1 %}' },
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...chain({ Work: TASK }) },
  };
  const loop = {
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Comment: partOfStep('Each'), Assign: { turn: 0 }, Next: 'Each' },
      Each: { ...once, Next: 'Enough' },
      Enough: { Type: 'Choice', Comment: partOfStep('Each'), Choices: [{ Condition: '{% $turn < 2 %}', Next: 'Each' }], Default: 'End' },
      End: { Type: 'Succeed' },
    },
  };
  const turn = ['▸ Each 2 items', '  ✓ Work 1 of 2', '  ✓ Work 2 of 2', '✓ Each'];
  expect(await linesOf(loop)).toEqual([...turn, ...turn, '▸ End', '✓ End']);
});

test('what fails is told with its error, a retry as much as the end', async () => {
  const lines = await linesOf(chain({ First: { ...TASK, Retry: AGAIN } }), () => new AslError('Again', 'x'.repeat(400)));
  const failure = `! Again: ${'x'.repeat(300)}`;
  expect(lines).toEqual(['▸ First', failure, failure, failure]);
});
