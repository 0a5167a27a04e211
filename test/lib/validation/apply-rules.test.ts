import type { ResourceGraph } from '../../../lib/template/resource-graph';
import type { Template, TemplateSource } from '../../../lib/template/template-source';
import { applyRules, judge } from '../../../lib/validation/apply-rules';
import type { Severity } from '../../../lib/validation/finding';
import type { Rule, Violation } from '../../../lib/validation/rule';

function rule(id: string, severity: Severity, check: (graph: ResourceGraph) => Iterable<Violation>): Rule {
  return { id, severity, check, title: `title of ${id}`, why: 'why', fix: `fix of ${id}`, source: 'https://docs.aws.amazon.com/' };
}

function source(template: Template): TemplateSource {
  return {
    name: 'Stack',
    stackName: 'Stack',
    file: 'Stack.template.json',
    template,
    assets: { files: new Map(), images: new Map() },
    paths: { A: 'Stack/A/Resource' },
  };
}

const FUNCTION = 'AWS::Lambda::Function';
const big = rule('big', 'error', (graph) =>
  graph
    .ofType(FUNCTION)
    .filter((fn) => (fn.number('MemorySize') ?? 0) > 100)
    .map((resource) => ({
      resource,
      message: `memory is ${resource.number('MemorySize')} MB`,
      reportedByCdk: resource.isConditional('MemorySize') ? undefined : 'E1',
    })),
);

const fn = (MemorySize: unknown, Condition?: string) => ({ Type: FUNCTION, Properties: { MemorySize }, ...(Condition && { Condition }) });

test('a finding says all that the rule knows, once', () => {
  expect(applyRules([source({ Resources: { A: fn(200), B: fn(50) } })], [big])).toEqual([
    {
      rule: 'big',
      severity: 'error',
      resource: 'Stack/A',
      path: 'Stack/A/Resource',
      message: 'memory is 200 MB',
      fix: 'fix of big',
      source: 'https://docs.aws.amazon.com/',
    },
  ]);
});

test('a violation can be milder than its rule and have a fix of its own; where no path is known it is null', () => {
  const mild = rule('mild', 'error', (graph) =>
    graph.resources.map((resource) => ({ resource, message: 'm', severity: 'info', fix: 'other' })),
  );
  expect(applyRules([source({ Resources: { B: fn(1) } })], [mild])).toMatchObject([{ severity: 'info', fix: 'other', path: null }]);
});

test('both branches of a condition are seen, and what both share is found once', () => {
  const template: Template = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: {
      A: fn({ 'Fn::If': ['IsProd', 300, 400] }),
      B: fn({ 'Fn::If': ['IsProd', 50, 60] }),
      C: fn(500),
      D: fn(600, 'IsProd'),
    },
  };
  expect(applyRules([source(template)], [big]).map(({ resource, message }) => `${resource} ${message}`)).toEqual([
    'Stack/A memory is 300 MB',
    'Stack/A memory is 400 MB',
    'Stack/C memory is 500 MB',
    'Stack/D memory is 600 MB',
  ]);
});

test('errors stand first, then it goes by resource and by rule', () => {
  const all = (id: string, severity: Severity) =>
    rule(id, severity, (graph) => graph.resources.map((resource) => ({ resource, message: id })));
  const rules = [all('note', 'info'), all('warn-b', 'warning'), all('warn-a', 'warning'), all('error', 'error')];
  const found = applyRules([source({ Resources: { B: fn(1), A: fn(1) } })], rules);
  expect(found.map(({ resource, rule: id }) => `${id} ${resource}`)).toEqual([
    'error Stack/A',
    'error Stack/B',
    'warn-a Stack/A',
    'warn-b Stack/A',
    'warn-a Stack/B',
    'warn-b Stack/B',
    'note Stack/A',
    'note Stack/B',
  ]);
});

test('what CDK reports in one world only is not left to it', () => {
  const template: Template = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: { A: fn(200), B: fn({ 'Fn::If': ['IsProd', 200, 200] }), C: { ...fn(1), DependsOn: 'D' }, D: fn(1, 'IsProd') },
  };
  const sometimes = rule('sometimes', 'warning', (graph) =>
    graph
      .ofType(FUNCTION)
      .filter(({ logicalId }) => logicalId === 'C')
      .map((resource) => ({ resource, message: 'm', reportedByCdk: graph.resources.length === 4 ? 'E2' : undefined })),
  );
  const judged = judge([source(template)], [big, sometimes]);
  expect(judged.map(({ resource, reportedByCdk }) => [resource.logicalId, reportedByCdk])).toEqual([
    ['A', 'E1'],
    ['B', undefined],
    ['C', undefined],
  ]);
});

test('options reach the rule', () => {
  const asked: unknown[] = [];
  const check: Rule['check'] = (_, options) => {
    asked.push(options);
    return [];
  };
  const reader = { ...rule('reader', 'info', () => []), check };
  applyRules([source({ Resources: { A: fn(1) } })], [reader], { accountConcurrency: 10 });
  applyRules([source({ Resources: { A: fn(1) } })], [reader]);
  expect(asked).toEqual([{ accountConcurrency: 10 }, {}]);
});

test('a rule that throws is a defect that names the rule and the stacks', () => {
  const broken = rule('broken', 'error', () => {
    throw new TypeError('x is undefined');
  });
  expect(() => applyRules([source({ Resources: { A: fn(1) } })], [broken])).toThrow('rule broken failed on Stack: x is undefined');
});

test('a rule that yields lazily and throws midway is told of alike', () => {
  const broken = rule('broken', 'error', function* (graph) {
    yield { resource: graph.resources[0]!, message: 'm' };
    throw new TypeError('later');
  });
  expect(() => applyRules([source({ Resources: { A: fn(1) } })], [broken])).toThrow('rule broken failed on Stack, after Stack/A: later');
});
