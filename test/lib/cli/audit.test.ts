import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { App, NestedStack, Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AUDIT, type AuditResult } from '../../../lib/cli/audit';
import { CommandError } from '../../../lib/cli/command-error';
import { Captured } from '../../e2e/captured-streams';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function assembly(name: string, build: (stack: Stack, app: App) => void): string {
  const app = new App({ outdir: join(folder, name) });
  build(new Stack(app, 'Stack'), app);
  return app.synth().directory;
}

async function audit(...args: string[]) {
  const [out, err] = [new Captured(), new Captured()];
  const result = (await AUDIT.run(args, { json: args.includes('--json'), out, err })) as AuditResult;
  return { findings: result.findings, failed: AUDIT.failed?.(result), out: out.text, err: err.text };
}

async function mistake(...args: string[]): Promise<CommandError> {
  const error: unknown = await audit(...args).catch((thrown: unknown) => thrown);
  if (error instanceof CommandError) return error;
  throw new Error(`no mistake was told of, but ${String(error)}`);
}

const RULE = 'lambda-memory';
const only = ['--rule', RULE];
const functionOf = (MemorySize: unknown, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize, Runtime: 'nodejs22.x' },
  ...more,
});
const bad = { Resources: { Model: functionOf(20_000) } };
const model = (scope: Construct, id: string) =>
  new CfnFunction(scope, id, {
    memorySize: 20_000,
    role: 'arn:aws:iam::123456789012:role/r',
    code: { zipFile: 'x' },
    runtime: 'nodejs22.x',
    handler: 'index.h',
  });

describe('what it finds', () => {
  test('in a bare template everything, also what CDK would report itself', async () => {
    const { findings, failed, out } = await audit(file('bad.template.json', bad), ...only, '--json');
    expect(findings).toEqual([
      {
        rule: RULE,
        severity: 'error',
        resource: 'bad/Model',
        path: null,
        message: expect.stringContaining('20000 MB'),
        fix: expect.any(String),
        source: expect.stringMatching(/^https:\/\/docs\.aws\.amazon\.com\//),
      },
    ]);
    expect(Object.keys(findings[0]!)).toEqual(['rule', 'severity', 'resource', 'path', 'message', 'fix', 'source']);
    expect(failed).toBe(true);
    expect(out).toBe('');
  });

  test('in YAML the same as in JSON', async () => {
    const yaml =
      'Resources:\n  Model:\n    Type: AWS::Lambda::Function\n    Properties:\n      MemorySize: !If [Large, 20000, 128]\nConditions:\n  Large: !Equals [!Ref "AWS::Region", eu-west-1]\n';
    expect((await audit(file('bad.yaml', yaml), ...only)).findings).toMatchObject([{ resource: 'bad/Model', rule: RULE }]);
  });

  test('in an assembly with construct paths, in nested stacks too', async () => {
    const directory = assembly('paths', (stack) => {
      model(stack, 'Model');
      model(new NestedStack(stack, 'Nested'), 'Model');
    });
    const { findings } = await audit(directory, ...only);
    expect(findings.map(({ path }) => path)).toEqual(['Stack/Model', 'Stack/Nested/Model']);
    expect(findings.map(({ resource }) => resource)).toEqual([
      'Stack/Model',
      expect.stringMatching(/^Stack\/NestedNestedStack\w+\/Model$/),
    ]);
  });

  test('nothing where nothing is wrong', async () => {
    const { findings, failed, out } = await audit(
      file('fine.json', { Resources: { Model: functionOf(512), Other: functionOf({ Ref: 'Asked' }) } }),
      ...only,
    );
    expect(findings).toEqual([]);
    expect(failed).toBe(false);
    expect(out).toBe('nothing found in 2 resources of 1 stack\n');
  });

  test('with --rule that rule only', async () => {
    const template = file('two.json', {
      Resources: { Model: functionOf(20_000), Slow: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 2_000 } } },
    });
    expect(new Set((await audit(template, '--rule', 'lambda-timeout')).findings.map(({ rule }) => rule))).toEqual(
      new Set(['lambda-timeout']),
    );
    const both = await audit(template, '--rule', 'lambda-timeout', '--rule', RULE);
    expect(new Set(both.findings.map(({ rule }) => rule))).toEqual(new Set(['lambda-timeout', RULE]));
  });
});

describe('what it prints', () => {
  test('what many resources share is said once, within 80 columns, with a count at the end', async () => {
    const { out } = await audit(file('many.json', { Resources: { A: functionOf(20_000), B: functionOf(30_000) } }), ...only);
    expect(out).toMatch(/^error lambda-memory\n/);
    expect(out.match(/fix: /g)).toHaveLength(1);
    expect(out.match(/see https:/g)).toHaveLength(1);
    expect(out).toMatch(/\n {2}- many\/A\n {4}memory .*20000 MB\n {2}- many\/B\n {4}memory .*30000 MB\n/);
    expect(out.split('\n').filter((text) => text.length > 80 && !text.includes('https:'))).toEqual([]);
    expect(out.trimEnd().split('\n').at(-1)).toBe('2 errors in 2 resources of 1 stack');
  });

  test('what a transform makes of a template is not seen, and it says so', async () => {
    const { err } = await audit(
      file('sam.json', { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'], Resources: {} }),
      '--json',
    );
    expect(err).toBe('note: sam is looked at as it stands: what AWS::Serverless-2016-10-31 makes of it is not seen\n');
  });
});

describe('what it cannot see', () => {
  const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'child.nested.template.json' }, Properties: {} };

  test('a nested stack whose template is elsewhere is told of', async () => {
    const { findings, err } = await audit(file('parent.json', { Resources: { Child: nested } }), ...only);
    expect(findings).toEqual([]);
    expect(err).toBe('note: nested stack parent/Child is not looked at: its template is not beside that of its parent\n');
  });

  test('one beside it is looked at', async () => {
    file('child.nested.template.json', bad);
    const { findings, err } = await audit(file('parent.json', { Resources: { Child: nested } }), ...only);
    expect(findings.map(({ resource }) => resource)).toEqual(['parent/Child/Model']);
    expect(err).toBe('');
    rmSync(join(folder, 'child.nested.template.json'));
  });

  test('what Fn::ForEach makes is not among the resources, and no mistake', async () => {
    const loop = { 'Fn::ForEach::Queues': ['Name', ['a'], { Q: { Type: 'AWS::SQS::Queue' } }], Model: functionOf(20_000) };
    const template = file('loop.json', { Transform: 'AWS::LanguageExtensions', Resources: loop });
    expect((await audit(template, ...only)).findings.map(({ resource }) => resource)).toEqual(['loop/Model']);
  });
});

describe('acknowledgements', () => {
  const REASON = 'the quota was raised';
  const id = `ServerlessAiChecks::${RULE}`;

  test.each<[string, (stack: Stack, fn: Construct, app: App) => void]>([
    ['the resource', (_, fn) => Validations.of(fn).acknowledge({ id, reason: REASON })],
    ['the stack', (stack) => Validations.of(stack).acknowledge({ id, reason: REASON })],
    [
      "the resource, as CDK's check of the same",
      (_, fn) => Validations.of(fn).acknowledge({ id: 'CloudFormation-Validate::F3034', reason: REASON }),
    ],
  ])('on %s hold for an assembly', async (where, acknowledge) => {
    const name = where.replace(/\W+/g, '-');
    const build = (stack: Stack) =>
      new CfnFunction(stack, 'Model', {
        memorySize: 50_000,
        role: 'arn:aws:iam::123456789012:role/r',
        code: { zipFile: 'x' },
        runtime: 'nodejs22.x',
        handler: 'index.h',
      });
    const { findings, out } = await audit(
      assembly(name, (stack, app) => acknowledge(stack, build(stack), app)),
      ...only,
    );
    expect(findings).toEqual([]);
    expect(out).toMatch(/^nothing found in 1 resource of 1 stack, 1 acknowledged\n$/);
    expect(
      (
        await audit(
          assembly(`${name}-not`, (stack) => void build(stack)),
          ...only,
        )
      ).findings,
    ).toHaveLength(1);
  });

  test('of one resource do not hold for another', async () => {
    const directory = assembly('other', (stack) => {
      Validations.of(model(stack, 'Model')).acknowledge({ id, reason: REASON });
      model(stack, 'Model2');
    });
    expect((await audit(directory, ...only)).findings.map(({ path }) => path)).toEqual(['Stack/Model2']);
  });

  test("of a bare template stand in the resource's own metadata, with a reason", async () => {
    const acknowledged = (acknowledge: unknown) =>
      file('meta.json', { Resources: { Model: functionOf(20_000, { Metadata: { 'serverless-ai': { acknowledge } } }) } });
    expect((await audit(acknowledged([{ rule: RULE, reason: REASON }]), ...only)).findings).toEqual([]);
    for (const useless of [[{ rule: RULE }], [{ rule: RULE, reason: ' ' }], [{ rule: 'other', reason: REASON }], 'x', [null]])
      expect((await audit(acknowledged(useless), ...only)).findings).toHaveLength(1);
  });

  test.each([
    ['a resource', 'bad/Model', true],
    ['a stack', 'bad', true],
    ['everything', undefined, true],
    ['another resource', 'bad/Mod', false],
  ])('of a --config file hold for %s', async (_what, resource, holds) => {
    const config = file('config.json', { acknowledge: [{ rule: RULE, resource, reason: REASON }] });
    const { findings, err } = await audit(file('bad.template.json', bad), ...only, '--config', config);
    expect(findings).toHaveLength(holds ? 0 : 1);
    expect(err).toBe(holds ? '' : 'note: --config acknowledges lambda-memory at bad/Mod, where nothing is found\n');
  });

  test('of a --config file hold for a construct path and what is below it', async () => {
    const directory = assembly('config-path', (stack) => void model(new NestedStack(stack, 'Nested'), 'Model'));
    const config = JSON.stringify({ acknowledge: [{ rule: RULE, resource: 'Stack/Nested', reason: REASON }] });
    expect((await audit(directory, ...only, '--config', config)).findings).toEqual([]);
  });
});

describe('--sarif', () => {
  test('writes every finding with its place, the acknowledged ones as suppressed', async () => {
    const sarif = join(folder, 'out.sarif');
    const template = file(
      'pretty.json',
      JSON.stringify({ Resources: { Fine: functionOf(1_000), Model: functionOf(20_000), Known: functionOf(30_000) } }, undefined, 1),
    );
    await audit(
      template,
      ...only,
      '--sarif',
      sarif,
      '--config',
      JSON.stringify({ acknowledge: [{ rule: RULE, resource: 'pretty/Known', reason: 'raised' }] }),
    );
    const { version, runs } = JSON.parse(readFileSync(sarif, 'utf8'));
    expect(version).toBe('2.1.0');
    expect(runs[0].tool.driver).toMatchObject({
      name: 'serverless-ai audit',
      rules: [{ id: RULE, helpUri: expect.stringMatching(/^https:/) }],
    });
    expect(runs[0].results.map((one: { suppressions?: unknown }) => one.suppressions)).toEqual([
      [{ kind: 'external', status: 'accepted', justification: 'raised' }],
      undefined,
    ]);
    const [{ physicalLocation, logicalLocations }] = runs[0].results[1].locations;
    expect(physicalLocation.region).toEqual({
      startLine:
        1 +
        readFileSync(template, 'utf8')
          .split('\n')
          .findIndex((text) => text.includes('"Model"')),
    });
    expect(physicalLocation.artifactLocation.uri).toMatch(/^file:\/\/\/.*\/pretty\.json$/);
    expect(logicalLocations).toEqual([{ name: 'Model', fullyQualifiedName: 'pretty/Model', kind: 'resource' }]);
  });

  test('a file that cannot be written is told of', async () => {
    expect((await mistake(file('bad.json', bad), '--sarif', join(folder, 'none', 'x.sarif'))).message).toMatch(
      /^--sarif: .*x\.sarif cannot be written: ENOENT/,
    );
  });
});

describe('mistakes are told of in one line', () => {
  test.each<[string, () => string[], RegExp]>([
    ['nothing to audit', () => [], /^audit takes one assembly or template, got 0$/],
    ['two things to audit', () => ['a', 'b'], /^audit takes one assembly or template, got 2$/],
    ['a file that is not there', () => [join(folder, 'none.json')], /^there is no .*none\.json$/],
    ['an empty file', () => [file('empty.json', ' \n')], /empty\.json is empty$/],
    ['broken JSON', () => [file('broken.json', '{"Resources": {')], /broken\.json is not JSON: /],
    ['broken YAML', () => [file('broken.yaml', 'Resources: [1')], /broken\.yaml is not JSON or YAML: .* at line 1, column 14$/],
    ['a text', () => [file('text.txt', 'hello world')], /text\.txt is no CloudFormation template: it has no Resources$/],
    ['a list', () => [file('list.json', '[1]')], /list\.json is no CloudFormation template: it has no Resources$/],
    ['a manifest', () => [file('manifest.json', { version: '1', artifacts: {} })], /is no CloudFormation template: it has no Resources$/],
    ['resources that are a list', () => [file('l.json', { Resources: [] })], /it has no Resources$/],
    ['a resource without a type', () => [file('t.json', { Resources: { A: {} } })], /resource A has no Type$/],
    ['a resource that is none', () => [file('r.json', { Resources: { A: 1 } })], /resource A has no Type$/],
    [
      'properties that are none',
      () => [file('p.json', { Resources: { A: { Type: 'X', Properties: [] } } })],
      /Properties of A are no object$/,
    ],
    [
      'an unknown rule',
      () => [file('bad.json', bad), '--rule', 'lambda-memry'],
      /^--rule: "lambda-memry" is no rule; did you mean lambda-memory$/,
    ],
    ['a rule unlike all', () => [file('bad.json', bad), '--rule', 'zzzzzz'], /^--rule: "zzzzzz" is no rule; docs\/rules\.md lists them$/],
  ])('%s', async (_what, args, message) => {
    const error = await mistake(...args());
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });

  test('a directory that is no assembly', async () => {
    await expect(audit(__dirname)).rejects.toThrow(/manifest\.json is missing; is its directory a CDK assembly/);
  });
});
