import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AgentCode } from '../../../lib/agent/agent-code';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import { handlerDirectory } from '../../../lib/handlers/handler-asset';
import { RULES } from '../../../lib/validation/rules/rule-table';
import { ServerlessAiChecks } from '../../../lib/validation/serverless-ai-checks';

interface Reported {
  readonly rule: string;
  readonly severity: string;
  readonly fix: string;
  readonly constructs: readonly string[];
}

interface Report {
  readonly conclusion: string;
  readonly pluginVersion?: string;
  readonly violations: readonly Reported[];
  readonly suppressed: readonly { readonly ruleName: string }[];
}

/** What the report of a synth says of our plugin. CDK's own validation is switched off in tests. */
function synthesize(build: (app: App) => void, checks = new ServerlessAiChecks()): Report {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  build(app);
  Validations.of(app).addPlugins(checks);
  const { directory } = app.synth();
  return reportOf(directory);
}

function reportOf(directory: string): Report {
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  const ours = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === 'ServerlessAiChecks') ?? {
    conclusion: 'success',
    violations: [],
  };
  // biome-ignore lint/suspicious/noExplicitAny: the report's own shape
  const read = (violations: any[] = []): Reported[] =>
    violations.map((one) => ({
      rule: one.ruleName,
      severity: one.severity,
      fix: one.suggestedFix,
      constructs: one.violatingConstructs.map((each: { constructPath: string }) => each.constructPath),
    }));
  return {
    conclusion: ours.conclusion as string,
    pluginVersion: ours.pluginVersion as string | undefined,
    violations: read(ours.violations),
    suppressed: (ours.suppressedViolations ?? []) as Report['suppressed'],
  };
}

const model = (scope: Construct, id: string, memorySize = 20_000) =>
  new CfnFunction(scope, id, {
    memorySize,
    role: 'arn:aws:iam::123456789012:role/r',
    code: { zipFile: 'x' },
    runtime: 'nodejs22.x',
    handler: 'index.h',
  });
const onlyMemory = (found: readonly Reported[]) => found.filter(({ rule }) => rule === 'lambda-memory');

test('an error stands on its construct, with the rule, the fix and the source', () => {
  const { violations, conclusion, pluginVersion } = synthesize((app) => void model(new Stack(app, 'Stack'), 'Model'));
  expect(conclusion).toBe('failure');
  expect(pluginVersion).toBe(JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')).version);
  expect(onlyMemory(violations)).toEqual([
    {
      rule: 'lambda-memory',
      severity: 'error',
      fix: expect.stringMatching(/\(https:\/\/docs\.aws\.amazon\.com\/.*\)$/),
      constructs: ['Stack/Model'],
    },
  ]);
});

test('an error ends the synth', () => {
  const app = new App();
  model(new Stack(app, 'Stack'), 'Model');
  Validations.of(app).addPlugins(new ServerlessAiChecks());
  expect(() => app.synth()).toThrow(/memory must be at most 10240 MB, got 20000 MB/);
});

test('nested stacks and stages are looked at, each resource on its own construct', () => {
  const { violations } = synthesize((app) => {
    const stack = new Stack(new Stage(app, 'Prod'), 'Stack');
    for (const id of ['One', 'Two']) model(new NestedStack(stack, id), 'Model');
  });
  expect(onlyMemory(violations).flatMap(({ constructs }) => constructs)).toEqual(['Prod/Stack/One/Model', 'Prod/Stack/Two/Model']);
});

test('on a stage only its stacks are judged', () => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const [one, two] = ['One', 'Two'].map((id) => new Stage(app, id));
  for (const stage of [one!, two!]) model(new Stack(stage, 'Stack'), 'Model');
  Validations.of(one!).addPlugins(new ServerlessAiChecks());
  const { violations } = reportOf(app.synth().directory);
  expect(onlyMemory(violations).flatMap(({ constructs }) => constructs)).toEqual(['One/Stack/Model']);
});

test.each<[string, (app: App, stage: Stage, stack: Stack, fn: Construct) => Construct]>([
  ['the app', (app) => app],
  ['the stage', (_, stage) => stage],
  ['the stack', (_, __, stack) => stack],
  ['the resource', (_, __, ___, fn) => fn],
])('an acknowledgement on %s holds, and its reason stands in the report', (_where, at) => {
  const { violations, suppressed } = synthesize((app) => {
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Stack');
    const fn = model(stack, 'Model');
    Validations.of(at(app, stage, stack, fn)).acknowledge({ id: 'ServerlessAiChecks::lambda-memory', reason: 'a test' });
  });
  expect(onlyMemory(violations)).toEqual([]);
  expect(suppressed).toMatchObject([{ ruleName: 'lambda-memory', acknowledgedId: 'ServerlessAiChecks::lambda-memory', reason: 'a test' }]);
});

test('an acknowledgement on one resource leaves the others', () => {
  const { violations } = synthesize((app) => {
    const stack = new Stack(app, 'Stack');
    Validations.of(model(stack, 'Model')).acknowledge({ id: 'ServerlessAiChecks::lambda-memory', reason: 'a test' });
    model(stack, 'Other');
  });
  expect(onlyMemory(violations).flatMap(({ constructs }) => constructs)).toEqual(['Stack/Other']);
});

test("a resource's own metadata acknowledges as well", () => {
  const { violations } = synthesize((app) => {
    const fn = model(new Stack(app, 'Stack'), 'Model');
    fn.addMetadata('serverless-ai', { acknowledge: [{ rule: 'lambda-memory', reason: 'a test' }] });
  });
  expect(onlyMemory(violations)).toEqual([]);
});

test('what a construct of ours warns of at synth is not said again', () => {
  const reserved = 2_000;
  const of = (build: (stack: Stack) => void) =>
    synthesize((app) => build(new Stack(app, 'Stack'))).violations.filter(({ rule }) => rule === 'lambda-reserved-sum');
  const ours = (stack: Stack) =>
    new AiAgentFunction(stack, 'Agent', { code: AgentCode.directory(handlerDirectory('agent')), reservedConcurrentExecutions: reserved });
  expect(of((stack) => void model(stack, 'Plain', 512).addPropertyOverride('ReservedConcurrentExecutions', reserved))).toHaveLength(1);
  expect(of((stack) => void ours(stack))).toEqual([]);
  expect(of((stack) => Validations.of(ours(stack)).acknowledge({ id: 'serverless-ai:lambda.concurrency', reason: 'a test' }))).toEqual([]);
});

test('where nothing is wrong nothing is reported', () => {
  const { violations, conclusion } = synthesize((app) => void new Stack(app, 'Stack'));
  expect({ violations, conclusion }).toEqual({ violations: [], conclusion: 'success' });
});

test('it says who it is, and every rule that it has', () => {
  const { name, ruleIds } = new ServerlessAiChecks();
  expect(name).toBe('ServerlessAiChecks');
  expect(ruleIds).toEqual(RULES.map(({ id }) => id));
});
