import { join } from 'node:path';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { AgentCode } from '../../../lib/agent/agent-code';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import { type CrashSweepError, crashSweep, type Scenario } from '../../../lib/local/faults/crash-sweep';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { runSmall, stopAll } from '../../lib/local/small-app';

jest.setTimeout(300_000);

afterEach(stopAll);

/** A function from a fixture, with a table whose name it finds in `variable`. */
function withTable(stack: Stack, fixture: string, variable: string, planted: boolean): AiAgentFunction {
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING } });
  const fn = new AiAgentFunction(stack, 'Agent', {
    code: AgentCode.typescript(join(__dirname, `${fixture}.fixture.ts`)),
    timeout: Duration.seconds(30),
    environment: { [variable]: table.tableName, PLANTED: planted ? 'yes' : 'no' },
  });
  table.grantReadWriteData(fn.function);
  return fn;
}

function booking(planted: boolean) {
  return runSmall(
    (stack) => {
      const fn = withTable(stack, 'effect-before-checkpoint', 'BOOKINGS', planted);
      new WorkflowStateMachine(stack, 'Trip', { steps: [WorkflowStep.invoke('Book', { function: fn.alias })] });
    },
    { time: 'skipped' },
  );
}

const book: Scenario = async (local) => (await local.workflow('Trip').start({ guest: 'Ada' }, { name: 'trip-1' })).result();

function conversation(planted: boolean) {
  return runSmall((stack) => void withTable(stack, 'append-in-two', 'CONVERSATIONS', planted), { time: 'skipped' });
}

/** A client that asks again under the same name when it has heard nothing. */
const converse: Scenario = async (local) => {
  const agent = local.function('Agent');
  const ask = () => agent.invoke({ turn: 't-1', question: 'When?' });
  return ask().catch(ask);
};

async function failureOf(work: Promise<unknown>): Promise<CrashSweepError> {
  return work.then(
    () => Promise.reject(new Error('the sweep found nothing')),
    (error: CrashSweepError) => error,
  );
}

describe('an effect before its checkpoint', () => {
  test('is found: a kill between the two makes it happen twice', async () => {
    const error = await failureOf(crashSweep(await booking(true), book));
    expect(error.name).toBe('CrashSweepError');
    expect(error.message).toMatch(
      /^\d of \d+ kills changed what came out \(- is missing, \+ is new\):\nafter:dynamodb\.PutItem=kill,function=\S+,nth=1\n {2}\+ table \S+: \{"pk":"Ada <uuid>"\}/,
    );
    const found = error.report.results.filter(({ differences }) => differences.length > 0).map(({ point }) => point);
    // Twice wherever it is killed after the booking; once where it is killed before.
    expect(found).toContainEqual(expect.objectContaining({ when: 'before', operation: 'PutItem', nth: 2 }));
    expect(found).not.toContainEqual(expect.objectContaining({ when: 'before', operation: 'PutItem', nth: 1 }));
  });

  test('is not found where the effect belongs to the checkpoint', async () => {
    const { results } = await crashSweep(await booking(false), book);
    expect(results.map(({ point: { when, operation, nth } }) => `${when} ${operation} ${nth}`)).toEqual([
      'before PutItem 1',
      'after PutItem 1',
      'before PutItem 2',
      'after PutItem 2',
    ]);
    expect(results.every(({ reached }) => reached)).toBe(true);
  });
});

describe('an append in two parts', () => {
  test('is found: a kill between them leaves a question without its answer', async () => {
    const error = await failureOf(crashSweep(await conversation(true), converse));
    const [first] = error.report.results.filter(({ differences }) => differences.length > 0);
    expect(first).toMatchObject({ point: { when: 'after', operation: 'PutItem', nth: 1 } });
    expect(error.message).toContain('"messages":["When?","When?","You asked: When?"]');
  });

  test('is not found where a turn is appended whole and under its name', async () => {
    const { results } = await crashSweep(await conversation(false), converse);
    expect(results.map(({ point: { when, operation } }) => `${when} ${operation}`)).toEqual(['before UpdateItem', 'after UpdateItem']);
  });
});

test('a scenario that fails is compared by its failure', async () => {
  const local = await conversation(false);
  let n = 0;
  const scenario: Scenario = async (runner) => {
    await converse(runner);
    n += 1;
    throw new Error(`number ${n}`);
  };
  const { report } = await failureOf(crashSweep(local, scenario));
  expect(report.results[0]?.differences).toEqual(['- outcome: {"threw":"Error: number 1"}', '+ outcome: {"threw":"Error: number 2"}']);
});

test('a scenario that does not end is named, and the sweep goes on', async () => {
  const local = await conversation(false);
  let first = true;
  const scenario: Scenario = async (runner) => {
    await converse(runner);
    if (!first) await new Promise(() => undefined);
    first = false;
  };
  const { report } = await failureOf(crashSweep(local, scenario, { timeoutMs: 5_000, only: ({ when }) => when === 'after' }));
  expect(report.results).toHaveLength(1);
  expect(report.results[0]?.differences).toContainEqual('+ outcome: {"threw":"still not over after 5000 ms"}');
});
