import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { ModuleKind, ModuleResolutionKind, preProcessFile, resolveModuleName, sys } from 'typescript';
import { PackedProject } from './packed-project';

jest.setTimeout(120_000);

const OURS = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
const ENTRIES = ['cdk-serverless-ai', 'cdk-serverless-ai/runtime', 'cdk-serverless-ai/testing'];

/** `UPDATE_EXAMPLES=1 npx jest test/e2e/packed.test.ts` writes the example's snapshot anew, after a change that is meant. */
const UPDATE = process.env['UPDATE_EXAMPLES'] === '1';

let project: PackedProject;

beforeAll(async () => {
  project = await PackedProject.fromExample('support-desk');
});

afterAll(() => project?.remove());

const succeeds = { code: 0, stdout: expect.any(String), stderr: expect.any(String) };
const paths = () => project.files.map(({ path }) => path);

/** Files that a declaration file reaches, and the packages that these name. */
function reach(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const queue = [join(project.packageDirectory, entry)];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const { importedFiles, typeReferenceDirectives } = preProcessFile(readFileSync(file, 'utf8'), true, true);
    for (const { fileName } of [...importedFiles, ...typeReferenceDirectives]) {
      if (fileName.startsWith('.')) queue.push(`${join(dirname(file), fileName).replace(/\.js$/, '')}.d.ts`);
      else packages.add(fileName);
    }
  }
  return { files: [...files].map((file) => relative(project.packageDirectory, file)), packages: [...packages] };
}

describe('the tarball', () => {
  test('holds what is used and nothing of the tests, scripts and caches', () => {
    expect(paths()).toEqual(
      expect.arrayContaining([
        '.jsii',
        'LICENSE',
        'NOTICE',
        'README.md',
        'dist/lib/index.d.ts',
        'dist/lib/index.js',
        'dist/local/dynalite.cjs',
        'dist/runtime-interface-client/index.mjs',
        'dist/runtime-interface-client/native-client.cjs',
        'dist/handlers/warmer/index.js',
        'dist/images/sentiment/model/LICENSE',
        'dist/images/sentiment/model/NOTICE',
        'dist/images/sentiment/model/model.onnx',
        'dist/python/serverless_ai/container.py',
        'dist/python/serverless_ai/keep_warm.py',
        'docs/guides/sentiment-model.md',
      ]),
    );
    expect(paths().filter((path) => /^dist\/(test|scripts|benchmarks|bin|\.stamps)\/|\.map$|tsbuildinfo|\.test\./.test(path))).toEqual([]);
    expect(paths().filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([]);
  });

  test('weighs no more than the model and a few megabytes', () => {
    const model = project.files
      .filter(({ path }) => path.startsWith('dist/images/sentiment/model/'))
      .reduce((sum, { size }) => sum + size, 0);
    expect(project.size).toBeLessThan(model + 8 * 1024 * 1024);
  });

  test('names the licences of everything that is bundled', () => {
    const bundles = ['handlers', 'runtime', 'testing'].map((name) => `dist/${name}/THIRD-PARTY-LICENSES.txt`);
    const texts = bundles.map((file) => readFileSync(join(project.packageDirectory, file), 'utf8'));
    expect(texts[0]).toMatch(/@aws-sdk\/client-dynamodb [\d.]+ \(Apache-2\.0\)/);
    expect(texts[1]).toMatch(/iovalkey [\d.]+ \(MIT\)[\s\S]+Permission is hereby granted/);
    expect(texts[2]).toMatch(/jsonata [\d.]+ \(MIT\)[\s\S]+Permission is hereby granted/);
    expect(paths()).toEqual(expect.arrayContaining(['dist/runtime-interface-client/LICENSE', 'dist/local/fauxqs.LICENSES.txt']));
  });

  test('brings no dependency and asks for the two peers only', () => {
    const manifest = JSON.parse(readFileSync(join(project.packageDirectory, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
  });
});

describe('types', () => {
  test.each(ENTRIES)('of %s resolve for CommonJS and ES modules, by node16 and by bundler', (entry) => {
    const containing = join(project.directory, 'consumer.ts');
    const resolved = [ModuleResolutionKind.Node16, ModuleResolutionKind.Bundler].flatMap((moduleResolution) =>
      ([ModuleKind.CommonJS, ModuleKind.ESNext] as const).map((mode) => {
        const options = {
          moduleResolution,
          module: moduleResolution === ModuleResolutionKind.Node16 ? ModuleKind.Node16 : ModuleKind.ESNext,
        };
        return resolveModuleName(entry, containing, options, sys, undefined, undefined, mode).resolvedModule?.resolvedFileName;
      }),
    );
    expect(resolved).toEqual(Array(4).fill(expect.stringMatching(/\.d\.[mc]?ts$/)));
  });

  test('of the constructs name CDK modules, never the barrel of aws-cdk-lib, which would double the time of a user’s compiler', () => {
    const { files, packages } = reach('dist/lib/index.d.ts');
    expect(files.length).toBeGreaterThan(20);
    expect(packages.filter((name) => !/^(aws-cdk-lib\/[\w-]+|constructs)$/.test(name))).toEqual([]);
  });

  test.each([
    ['runtime', 'dist/runtime/index.d.mts', /^node:/],
    ['testing', 'dist/testing/index.d.mts', /^(node:|aws-cdk-lib\/core$)/],
  ])('of ./%s name no package that a user may lack', (_name, entry, allowed) => {
    const { files, packages } = reach(entry);
    expect(files.length).toBeGreaterThan(5);
    expect(packages.filter((name) => !allowed.test(name))).toEqual([]);
  });

  test('of ./runtime hold by themselves, with the declarations of libraries checked', async () => {
    project.write(
      'strict/consumer.mts',
      "import { keepWarm, workflowStep, type StepContext } from 'cdk-serverless-ai/runtime';\n".concat(
        'export const step = workflowStep(async (ctx: StepContext, input: { n: number }) => ctx.run("double", () => input.n * 2));\n',
        'export const warm: (event: { n: number }) => number = keepWarm((event: { n: number }) => event.n);\n',
      ),
    );
    const config = {
      compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types: ['node'] },
      include: ['.'],
    };
    project.write('strict/tsconfig.json', JSON.stringify(config));
    expect(await project.node(['node_modules/typescript/bin/tsc', '-p', 'strict'])).toEqual(succeeds);
  });

  test('hold in a whole project', async () => {
    expect(await project.node(['node_modules/typescript/bin/tsc'])).toEqual(succeeds);
  });
});

describe('a project that installed it', () => {
  test('finds none of the packages that only this repository has', async () => {
    const { dependencies, devDependencies } = project.manifest;
    const undeclared = Object.keys(OURS.devDependencies).filter((name) => !(name in { ...dependencies, ...devDependencies }));
    expect(undeclared).toEqual(expect.arrayContaining(['jsonata', 'dynalite', 'fauxqs', '@aws-sdk/client-dynamodb', 'iovalkey']));
    const probe = `
      const found = ${JSON.stringify(undeclared)}.filter((name) => {
        try { require.resolve(name, { paths: [${JSON.stringify(join(project.packageDirectory, 'dist', 'testing'))}] }); return true; } catch { return false; }
      });
      console.log(JSON.stringify(found));`;
    expect((await project.node(['-e', probe])).stdout.trim()).toBe('[]');
  });

  test('imports every entry from both module systems on plain Node', async () => {
    const names = `[Object.keys(constructs).length, typeof constructs.AiAgentFunction, typeof runtime.workflowStep, typeof runtime.keepWarm, typeof testing.LocalRunner, typeof testing.snapshotOf]`;
    const esm = ENTRIES.map((entry, index) => `import * as ${['constructs', 'runtime', 'testing'][index]} from '${entry}';`).join('\n');
    const cjs = ENTRIES.map((entry, index) => `const ${['constructs', 'runtime', 'testing'][index]} = require('${entry}');`).join('\n');
    const [fromEsm, fromCjs] = await Promise.all([
      project.node([project.write('consumer.mjs', `${esm}\nconsole.log(JSON.stringify(${names}));`)]),
      project.node([project.write('consumer.cjs', `${cjs}\nconsole.log(JSON.stringify(${names}));`)]),
    ]);
    for (const outcome of [fromEsm, fromCjs]) {
      expect(outcome).toEqual(succeeds);
      const [count, ...kinds] = JSON.parse(outcome.stdout);
      expect(count).toBeGreaterThan(20);
      expect(kinds).toEqual(Array(5).fill('function'));
    }
  });

  test('loads no runner with the constructs, and no client with the runtime', async () => {
    const script = (entry: string) => `require(${JSON.stringify(entry)}); console.log(JSON.stringify(Object.keys(require.cache)));`;
    const [constructs, runtime] = await Promise.all(
      ['cdk-serverless-ai', 'cdk-serverless-ai/runtime'].map((entry) => project.node(['-e', script(entry)])),
    );
    const loaded = ({ stdout }: { stdout: string }): string[] => JSON.parse(stdout);
    expect(loaded(constructs!).filter((file) => /dist\/(local|testing|runtime)\/|node_modules\/esbuild/.test(file))).toEqual([]);
    expect(loaded(runtime!).map((file) => relative(project.packageDirectory, file))).toEqual(['dist/runtime/index.cjs']);
  });

  test('has a command line that needs nothing else', async () => {
    const cli = join(project.packageDirectory, 'dist', 'testing', 'cli.cjs');
    expect(await project.node([cli, '--help'])).toEqual({ code: 0, stdout: expect.stringContaining('usage: serverless-ai'), stderr: '' });
    expect(await project.node([cli, 'recieve'])).toMatchObject({ code: 1, stderr: expect.stringContaining('unknown command "recieve"') });
  });

  test('passes its own tests: a snapshot, and its workflow run through the packed runner', async () => {
    const outcome = await project.node(['node_modules/jest/bin/jest.js', UPDATE ? '-u' : '--ci'], { CDK_VALIDATION: 'false' });
    if (UPDATE) project.copyBack(join('test', '__snapshots__'));
    expect({ ...outcome, stdout: '' }).toEqual({ ...succeeds, stderr: expect.stringMatching(/Tests:\s+6 passed, 6 total/) });
  });

  test('synthesizes by the CDK command line, with CDK’s own validation', async () => {
    const outcome = await project.node(['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet']);
    expect(outcome).toEqual(succeeds);
    expect(readdirSync(join(project.directory, 'cdk.out'))).toEqual(
      expect.arrayContaining(['SupportDesk.template.json', 'validation-report.json']),
    );
  });

  test('synthesizes the shipped handlers without a child process', async () => {
    const preload = project.write(
      'no-children.cjs',
      `const children = require('node:child_process');
       for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
         children[name] = () => { throw new Error('a child process was started by ' + name); };
       }
       // A thread has its own modules and could start one unseen, as esbuild does.
       require('node:worker_threads').Worker = class { constructor() { throw new Error('a child process was started by a thread'); } };`,
    );
    const control = await project.node(['--require', preload, '-e', "require('esbuild').buildSync({ stdin: { contents: '' } })"]);
    expect(control).toMatchObject({ code: 1, stderr: expect.stringContaining('a child process was started') });

    const app = project.write(
      'shipped.cjs',
      `const { App } = require('aws-cdk-lib/core');
       const { ReferenceStack } = require('cdk-serverless-ai');
       const app = new App({ outdir: 'shipped.out' });
       new ReferenceStack(app, 'Shipped');
       app.synth();`,
    );
    const outcome = await project.node(['--require', preload, app], { CDK_VALIDATION: 'false' });
    expect(outcome).toEqual(succeeds);
    const assets = readdirSync(join(project.directory, 'shipped.out')).filter((name) => name.startsWith('asset.'));
    expect(assets.length).toBeGreaterThan(5);
  });
});

describe('a handler of a user', () => {
  const bundle = async (source: string, format: 'cjs' | 'esm', minify = false) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: source, resolveDir: project.directory },
      bundle: true,
      write: false,
      metafile: true,
      minify,
      platform: 'node',
      target: 'node22',
      format,
    });
    return { text: outputFiles[0]!.text, bytes: outputFiles[0]!.contents.length, inputs: contained(metafile) };
  };

  test.each(['cjs', 'esm'] as const)('with keepWarm grows by at most 2 kB in %s, and holds no client', async (format) => {
    const { bytes, inputs } = await bundle(
      "import { keepWarm } from 'cdk-serverless-ai/runtime'; export const handler = keepWarm(() => 1);",
      format,
      true,
    );
    expect(bytes).toBeLessThanOrEqual(2_048);
    expect(inputs.filter((input) => /vendor|aws-sdk/.test(input))).toEqual([]);
  });

  test.each([
    ['bundled', 'cjs'],
    ['bundled', 'esm'],
    ['plain', 'cjs'],
    ['plain', 'esm'],
  ] as const)('%s as %s loads its clients on first use, and they work', async (how, format) => {
    const source =
      format === 'cjs' && how === 'plain'
        ? `const { chatMemory } = require('cdk-serverless-ai/runtime'); exports.memory = chatMemory;`
        : `import { chatMemory } from 'cdk-serverless-ai/runtime'; export const memory = chatMemory;`;
    const text = how === 'plain' ? source : (await bundle(source, format)).text;
    const file = project.write(`handlers-${how}/handler.${format === 'cjs' ? 'cjs' : 'mjs'}`, text);
    const servers = await StoreServers.start();
    const call = `
      import(${JSON.stringify(file)}).then(async ({ memory }) => {
        for (const kind of ['dynamodb', 'valkey']) {
          process.env.CHAT_MEMORY_KIND = kind;
          // Long enough to load a client on a busy machine; the cache never answers, so its call takes all of it.
          const store = memory({ timeoutMs: 5_000 });
          await store.history({ userId: 'u', conversationId: 'c' });
          await store.close();
        }
      });`;
    const outcome = await project.node(['-e', call], { ...servers.variables });
    servers.stop();
    expect(outcome.code).toBe(0);
    expect(servers.targets).toContain('DynamoDB_20120810.Query');
    expect(servers.cacheBytes).toMatch(/auth/i);
  });
});

/** Files of which something is left in the bundle. */
function contained({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
}

/** A table service and a cache that only note what arrives. */
class StoreServers {
  static async start(): Promise<StoreServers> {
    const servers = new StoreServers();
    await Promise.all(servers.all.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
    return servers;
  }

  readonly targets: unknown[] = [];
  cacheBytes = '';

  private readonly tables = createServer((request, response) => {
    this.targets.push(request.headers['x-amz-target']);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end('{"Items":[],"Count":0}');
  });
  private readonly cache = createTcpServer((socket) => {
    socket.on('data', (data) => {
      this.cacheBytes += data.toString('latin1');
    });
    socket.on('error', () => socket.destroy());
  });

  get variables(): Record<string, string> {
    const [tables, cache] = this.all.map((server) => (server.address() as AddressInfo).port);
    return {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'TEST',
      AWS_SECRET_ACCESS_KEY: 'TEST',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${tables}`,
      CHAT_MEMORY_TABLE: 'memory',
      CHAT_MEMORY_ENDPOINT: `127.0.0.1:${cache}`,
      CHAT_MEMORY_USER: 'agent',
      CHAT_MEMORY_CACHE_NAME: 'memory',
      CHAT_MEMORY_TLS: 'off',
    };
  }

  stop(): void {
    for (const server of this.all) server.close();
  }

  private get all() {
    return [this.tables, this.cache];
  }
}
