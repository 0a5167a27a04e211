import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type App, FileSystem } from 'aws-cdk-lib/core';
import type { AgentBundlingOptions } from '../../../lib/agent/agent-bundling-options';
import { AgentCode } from '../../../lib/agent/agent-code';
import { type AgentCase, createAgent } from './agent-fixture';

const REPOSITORY = join(__dirname, '..', '..', '..');
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'agent-code-test-'));
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

/** Writes files below the test's project and returns the path of the first. */
function write(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  return join(project, Object.keys(files)[0] as string);
}

function bundle(entry: string, options?: AgentBundlingOptions): { agent: AgentCase; directory: string } {
  const agent = createAgent({ code: AgentCode.typescript(entry, options) });
  const assembly = (agent.stack.node.root as App).synth();
  const [asset] = readdirSync(assembly.directory).filter((name) => name.startsWith('asset.'));
  return { agent, directory: join(assembly.directory, asset as string) };
}

const ENTRY = `import { answer } from './answer';\nexport const handler = async (): Promise<number> => answer;\n`;
const ANSWER = 'export const answer: number = 42;\n';

describe('typescript', () => {
  test('bundles the entry and what it imports into one file that runs', async () => {
    const { directory, agent } = bundle(write({ 'src/agent.ts': ENTRY, 'src/answer.ts': ANSWER }));
    expect(readdirSync(directory)).toEqual(['index.js']);
    await expect(require(join(directory, 'index.js')).handler()).resolves.toBe(42);
    agent.template().hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Runtime: 'nodejs24.x' });
  });

  test('has the same hash from another folder, and another when the code changes', () => {
    const hashOf = (directory: string) => directory.split('asset.').pop();
    const first = hashOf(bundle(write({ 'a/src/agent.ts': ENTRY, 'a/src/answer.ts': ANSWER, 'a/package.json': '{}' })).directory);
    const moved = hashOf(bundle(write({ 'b/src/agent.ts': ENTRY, 'b/src/answer.ts': ANSWER, 'b/package.json': '{}' })).directory);
    const comment = hashOf(bundle(write({ 'a/src/agent.ts': `// a comment\n${ENTRY}` })).directory);
    const changed = hashOf(bundle(write({ 'a/src/agent.ts': ENTRY, 'a/src/answer.ts': ANSWER.replace('42', '43') })).directory);
    expect(moved).toBe(first);
    expect(comment).toBe(first);
    expect(changed).not.toBe(first);
  });

  test('source maps hold no path of this machine', () => {
    const { directory } = bundle(write({ 'src/agent.ts': ENTRY, 'src/answer.ts': ANSWER }), { sourceMap: true });
    const map = JSON.parse(readFileSync(join(directory, 'index.js.map'), 'utf8'));
    expect(map.sources.sort()).toEqual(['agent.ts', 'answer.ts']);
  });

  test.each<[string, AgentBundlingOptions, (text: string) => void]>([
    ['define', { define: { STAGE: '"prod"' } }, (text) => expect(text).toContain('"prod"')],
    ['minify', { minify: true }, (text) => expect(text.split('\n').length).toBeLessThan(4)],
    ['banner', { banner: '// banner' }, (text) => expect(text).toMatch(/^.*\/\/ banner/s)],
    ['footer', { footer: '// footer' }, (text) => expect(text).toContain('// footer')],
    [
      'inline source map',
      { sourceMap: true, sourceMapMode: SourceMapMode.INLINE },
      (text) => expect(text).toContain('sourceMappingURL=data:'),
    ],
    ['externalModules', { externalModules: ['left-out'] }, (text) => expect(text).toContain('require("left-out")')],
  ])('passes %s on to esbuild', (_name, options, check) => {
    const entry = write({
      'agent.ts': `import out from 'left-out';\ndeclare const STAGE: string;\nexport const handler = async () => [out, typeof STAGE === 'undefined' ? '' : STAGE];\n`,
      'node_modules/left-out/index.js': 'module.exports = "inside";\n',
    });
    check(readFileSync(join(bundle(entry, options).directory, 'index.js'), 'utf8'));
  });

  test('writes an ES module when asked', () => {
    const { directory } = bundle(write({ 'agent.ts': ANSWER }), { format: 'esm' as AgentBundlingOptions['format'] });
    expect(readdirSync(directory)).toEqual(['index.mjs']);
    expect(readFileSync(join(directory, 'index.mjs'), 'utf8')).toContain('export {');
  });

  test('loads other files as asked', () => {
    const entry = write({
      'agent.ts': `import prompt from './prompt.md';\nexport const handler = async () => prompt;\n`,
      'prompt.md': 'Be brief',
    });
    const { directory } = bundle(entry, { loader: { '.md': 'text' } });
    expect(readFileSync(join(directory, 'index.js'), 'utf8')).toContain('Be brief');
  });

  test.each([
    [true, 'inside the bundle'],
    [false, 'require("@aws-sdk/client-made-up")'],
  ])('with bundleAwsSDK %s the SDK is %s', (bundleAwsSDK, text) => {
    const entry = write({
      'agent.ts': `import { name } from '@aws-sdk/client-made-up';\nexport const handler = async () => name;\n`,
      'node_modules/@aws-sdk/client-made-up/index.js': 'exports.name = "inside the bundle";\n',
    });
    expect(readFileSync(join(bundle(entry, { bundleAwsSDK }).directory, 'index.js'), 'utf8')).toContain(text);
  });

  test('leaves no temporary directory behind', () => {
    const left = () =>
      readdirSync(FileSystem.tmpdir).filter((name) => name.startsWith('agent-code-') && !name.startsWith('agent-code-test-'));
    const before = left();
    bundle(write({ 'agent.ts': ANSWER }));
    expect(() =>
      bundle(write({ 'broken.ts': 'export const handler = (' }), { logLevel: 'silent' as AgentBundlingOptions['logLevel'] }),
    ).toThrow();
    expect(left()).toEqual(before);
  });

  test('is not bundled for a stack that is not selected', () => {
    const entry = write({ 'agent.ts': 'this does not compile (' });
    createAgent({ code: AgentCode.typescript(entry) }, { app: { context: { 'aws:cdk:bundling-stacks': ['Other'] } } })
      .template()
      .resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('fails with esbuild’s message when the code does not compile', () => {
    const entry = write({ 'agent.ts': `import './missing';\n` });
    expect(() => bundle(entry, { logLevel: 'silent' as AgentBundlingOptions['logLevel'] })).toThrow(
      /Test\/Agent: esbuild could not bundle .*agent\.ts: .*Could not resolve "\.\/missing".* \[AgentCode\.BundlingFailed\]/s,
    );
  });

  test('fails when esbuild is not installed, and says how to install it', () => {
    const entry = write({ 'agent.ts': ANSWER });
    const directory = process.cwd();
    process.chdir(project);
    try {
      expect(() => bundle(entry)).toThrow(
        `bundling ${entry} needs esbuild, which is neither beside it nor in ${process.cwd()}; run "npm i -D esbuild", or bundle yourself and use AgentCode.directory [AgentCode.EsbuildMissing]`,
      );
    } finally {
      process.chdir(directory);
    }
  });

  test('fails when there is no such file', () => {
    expect(() => bundle(join(project, 'nowhere.ts'))).toThrow(`code: there is no file ${join(project, 'nowhere.ts')}`);
  });

  test('fails on another runtime', () => {
    const code = AgentCode.typescript(write({ 'agent.ts': ANSWER }));
    expect(() => createAgent({ code, runtime: lambda.Runtime.PYTHON_3_13 })).toThrow(
      'code: TypeScript runs on a Node.js runtime, got python3.13; use AgentCode.directory for others',
    );
  });

  test('bundles in a plain process of the user’s project, without Docker', () => {
    const entry = write({ 'agent.ts': ENTRY, 'answer.ts': ANSWER });
    const script = `
      const { App, Stack } = require('aws-cdk-lib/core');
      const { AgentCode } = require('./lib/agent/agent-code');
      const { AiAgentFunction } = require('./lib/agent/ai-agent-function');
      const app = new App({ outdir: ${JSON.stringify(join(project, 'out'))} });
      new AiAgentFunction(new Stack(app, 'S'), 'Agent', { code: AgentCode.typescript(${JSON.stringify(entry)}) });
      app.synth();`;
    execFileSync(process.execPath, ['-r', 'tsx/cjs', '-e', script], {
      cwd: REPOSITORY,
      env: { ...process.env, PATH: '', CDK_DOCKER: '/nonexistent', CDK_VALIDATION: 'false' },
    });
    expect(existsSync(join(project, 'out', 'S.template.json'))).toBe(true);
  });
});

describe('directory', () => {
  test('is taken as it stands', () => {
    write({ 'app/main.py': 'def handler(event, context): return 1\n' });
    createAgent({ code: AgentCode.directory(join(project, 'app')), runtime: lambda.Runtime.PYTHON_3_13, handler: 'main.handler' })
      .template()
      .hasResourceProperties('AWS::Lambda::Function', { Handler: 'main.handler', Runtime: 'python3.13' });
  });

  test('fails when it is not there', () => {
    expect(() => createAgent({ code: AgentCode.directory(join(project, 'nowhere')) })).toThrow(
      `code: there is no directory ${join(project, 'nowhere')}`,
    );
  });

  test('fails when it is a file', () => {
    const file = write({ 'app.js': '' });
    expect(() => createAgent({ code: AgentCode.directory(file) })).toThrow(
      `code: ${file} is not a directory; use AgentCode.typescript for one file`,
    );
  });
});

test('inline code stands in the template', () => {
  createAgent({ code: AgentCode.inline('exports.handler = 1') })
    .template()
    .hasResourceProperties('AWS::Lambda::Function', { Code: { ZipFile: 'exports.handler = 1' } });
});

test('any code of CDK is taken', () => {
  const code = AgentCode.fromCode(lambda.Code.fromInline('exports.handler = 2'));
  const { stack, template } = createAgent({ code });
  template().hasResourceProperties('AWS::Lambda::Function', { Code: { ZipFile: 'exports.handler = 2' } });
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});
