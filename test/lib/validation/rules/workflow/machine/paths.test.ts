import { machinesOf, type StateScope } from '../../../../../../lib/template/state-machine';
import { heaviestPath, historiesIn, loopsIn, standardScopesIn } from '../../../../../../lib/validation/rules/workflow/machine/paths';
import { graphOfResources } from '../../../../template/graph-of';

function scopeOf(definition: object): StateScope {
  return machinesOf(graphOfResources({ M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: definition } } }))[0]!.root;
}

const pass = (Next?: string) => ({ Type: 'Pass', ...(Next === undefined ? { End: true } : { Next }) });
const one = () => 1;
const chain = (length: number, last?: string) => ({
  StartAt: 's0',
  States: Object.fromEntries(Array.from({ length }, (_, index) => [`s${index}`, index + 1 < length ? pass(`s${index + 1}`) : pass(last)])),
});

test('the heaviest way is through the heavier choice, counts a diamond once, and leaves out what nothing leads to', () => {
  const scope = scopeOf({
    StartAt: 'Which',
    States: {
      Which: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'A' }], Default: 'B' },
      A: pass('End'),
      B: pass('B2'),
      B2: pass('End'),
      End: pass(),
      Nowhere: pass('Nowhere2'),
      Nowhere2: pass(),
    },
  });
  expect(heaviestPath(scope, one)).toBe(4);
  expect(heaviestPath(scope, ({ name }) => (name === 'A' ? 10 : 1))).toBe(12);
  expect(heaviestPath(scope, ({ name }) => (name.startsWith('Nowhere') ? 100 : 0))).toBe(0);
});

test('a catcher is a way too', () => {
  const scope = scopeOf({
    StartAt: 'A',
    States: { A: { ...pass(), Type: 'Task', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }, B: pass() },
  });
  expect(heaviestPath(scope, one)).toBe(2);
});

test('a loop counts once', () => {
  expect(heaviestPath(scopeOf(chain(3, 's0')), one)).toBe(3);
});

test('thousands of states in a row, and in a circle, are walked', () => {
  const many = 20_000;
  expect(heaviestPath(scopeOf(chain(many)), one)).toBe(many);
  expect(loopsIn(scopeOf(chain(many, 's1'))).map(({ length }) => length)).toEqual([many - 1]);
});

test('loops are told apart, a state that leads to itself is one', () => {
  const scope = scopeOf({
    StartAt: 'A',
    States: {
      A: pass('B'),
      B: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'A' }], Default: 'C' },
      C: { ...pass('D'), Type: 'Task', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }] },
      D: pass(),
    },
  });
  const names = loopsIn(scope).map((loop) => loop.map(({ name }) => name).sort());
  expect(names.sort()).toEqual([['A', 'B'], ['C']]);
});

describe('a machine with maps', () => {
  const map = (inner: object, ExecutionType?: string) => ({
    Type: 'Map',
    End: true,
    ItemProcessor: { ...inner, ...(ExecutionType && { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType } }) },
  });
  const only = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
  const scope = scopeOf(only('Inline', map(only('Standard', map(only('Express', map(only('Deep', pass()), 'EXPRESS')), 'STANDARD')))));
  const startsOf = (scopes: readonly StateScope[]) => scopes.map(({ startAt }) => startAt);

  test('has a history for itself and for its Standard children', () => {
    expect(startsOf(historiesIn(scope))).toEqual(['Inline', 'Express']);
  });

  test('has scopes inside, but none of Express children', () => {
    expect(startsOf(standardScopesIn(scope))).toEqual(['Inline', 'Standard', 'Express']);
  });
});
