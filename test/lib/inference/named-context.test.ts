import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, relative, resolve, win32 } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import type { DirectoryImageOptions } from '../../../lib/inference/directory-image-options';
import { InferenceImage } from '../../../lib/inference/inference-image';
import { ModelSource } from '../../../lib/inference/model-source';
import type { BakedInModelOptions } from '../../../lib/inference/model-source-options';
import { wayBetween } from '../../../lib/inference/named-context';
import { imageContext, removeImageContexts } from './image-fixture';
import { removeTemporaryDirectories, temporaryDirectory, WEIGHTS, weightsDirectory, writeWeights } from './weights-fixture';

const DOCKERFILE = 'FROM public.ecr.aws/lambda/nodejs:24\nCOPY --from=model . /opt/model/\nCOPY index.js ./\nCMD ["index.handler"]\n';
const before = process.env['CDK_SERVERLESS_AI_CACHE'];

beforeEach(() => {
  process.env['CDK_SERVERLESS_AI_CACHE'] = temporaryDirectory('cache');
});
afterEach(() => {
  if (before === undefined) delete process.env['CDK_SERVERLESS_AI_CACHE'];
  else process.env['CDK_SERVERLESS_AI_CACHE'] = before;
  removeTemporaryDirectories();
  removeImageContexts();
});

interface Source {
  readonly directory: string;
  readonly dockerBuildContexts?: Record<string, string>;
}

interface Asset {
  readonly hash: string;
  readonly source: Source;
  /** Where `docker build` starts. */
  readonly home: string;
}

/** The image asset of a stack, as the CDK's command line reads it. */
function assetOf(assembly: string, stack = 'Stack'): Asset {
  const { dockerImages } = JSON.parse(readFileSync(join(assembly, `${stack}.assets.json`), 'utf8')) as {
    dockerImages: Record<string, { source: Source }>;
  };
  const [[hash, { source }]] = Object.entries(dockerImages) as [[string, { source: Source }]];
  return { hash, source, home: resolve(assembly, source.directory) };
}

function imageOf(files: Record<string, string | undefined> = {}, options: DirectoryImageOptions = {}): InferenceImage {
  return InferenceImage.fromDirectory(imageContext({ Dockerfile: DOCKERFILE, 'model/weights.onnx': undefined, ...files }), options);
}

function synth(model: ModelSource, { outdir = temporaryDirectory('out'), image = imageOf(), context = {} } = {}): Asset & { stack: Stack } {
  const app = new App({ outdir, context });
  const stack = new Stack(app, 'Stack');
  new ContainerInferenceFunction(stack, 'Sentiment', { image, model });
  return { ...assetOf(app.synth().directory), stack };
}

/** Files that a process finds which starts where `docker build` does, as the kernel resolves the path. */
function seenByDocker({ home, source }: Asset, name = 'model'): string[] {
  const script = 'console.log(JSON.stringify(fs.readdirSync(process.argv[1])))';
  const { stdout } = spawnSync(process.execPath, ['-e', script, source.dockerBuildContexts?.[name] ?? ''], { cwd: home, encoding: 'utf8' });
  return JSON.parse(stdout || '[]');
}

const NAMES = ['vocabulary', 'weights.onnx', 'Ä.txt'];

test('weights outside of the build context are read from where they lie, by a relative path', () => {
  const weights = weightsDirectory();
  const outdir = temporaryDirectory('out');
  const asset = synth(ModelSource.bakedIn(weights), { outdir });
  expect(asset.source.dockerBuildContexts).toEqual({ model: relative(join(outdir, 'asset'), weights) });
  expect(seenByDocker(asset)).toEqual(NAMES);
  expect(readdirSync(asset.home).sort()).toEqual(['Dockerfile', 'index.js']);
});

test('no absolute path of the machine is in the asset manifest or the template', () => {
  const [weights, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  synth(ModelSource.bakedIn(weights), { outdir, context: { 'aws:cdk:enable-asset-metadata': true } });
  for (const file of ['Stack.assets.json', 'Stack.template.json']) expect(readFileSync(join(outdir, file), 'utf8')).not.toContain(weights);
});

describe('the way is the one that the kernel goes', () => {
  const linkTo = (directory: string) => {
    const link = join(temporaryDirectory('links'), 'link');
    symlinkSync(directory, link);
    return link;
  };

  test.each([
    ['an assembly behind a link', linkTo, (weights: string) => weights],
    ['weights behind a link', (outdir: string) => outdir, linkTo],
    ['an assembly that is yet to be made', (outdir: string) => join(outdir, 'a', 'b'), (weights: string) => weights],
  ])('%s', (_what, outdirOf, weightsOf) => {
    const deep = join(temporaryDirectory('deep'), 'one', 'two');
    mkdirSync(deep, { recursive: true });
    expect(seenByDocker(synth(ModelSource.bakedIn(weightsOf(weightsDirectory())), { outdir: outdirOf(deep) }))).toEqual(NAMES);
  });
});

test('in a nested stage, whose assets lie beside those of the app', () => {
  const app = new App({ outdir: temporaryDirectory('out') });
  const stage = new Stage(app, 'Production');
  const stack = new Stack(stage, 'Stack');
  new ContainerInferenceFunction(stack, 'Sentiment', { image: imageOf(), model: ModelSource.bakedIn(weightsDirectory()) });
  const { directory, stacks } = app.synth().getNestedAssembly('assembly-Production');
  const asset = assetOf(directory, stacks[0]!.id);
  expect(seenByDocker(asset)).toEqual(NAMES);
});

test('where assets are used in place, the path starts there', () => {
  expect(seenByDocker(synth(ModelSource.bakedIn(weightsDirectory()), { context: { 'aws:cdk:disable-asset-staging': true } }))).toEqual(
    NAMES,
  );
});

test.each([
  ['C:\\work\\cdk.out\\asset', 'C:\\data\\weights', '../../../data/weights'],
  ['C:\\work\\cdk.out\\asset', 'D:\\data\\weights', 'D:/data/weights'],
])('the way from %p to %p on Windows', (from, to, way) => {
  expect(wayBetween(from, to, win32)).toBe(way);
});

test('the hash is that of the content, whatever the place, the times and the way of staging', () => {
  const image = imageOf();
  const hashOf = (model: ModelSource) => synth(model, { image }).hash;
  const hash = hashOf(ModelSource.bakedIn(weightsDirectory()));
  expect(hashOf(ModelSource.bakedIn(weightsDirectory(WEIGHTS, new Date())))).toBe(hash);
  expect(hashOf(ModelSource.bakedIn(weightsDirectory(), { staged: true }))).toBe(hash);
  expect(hashOf(ModelSource.bakedIn(weightsDirectory({ ...WEIGHTS, 'weights.onnx': 'others' })))).not.toBe(hash);
});

describe('staged weights', () => {
  test('travel with the assembly', () => {
    const outdir = temporaryDirectory('out');
    const asset = synth(ModelSource.bakedIn(weightsDirectory(), { staged: true }), { outdir });
    expect(asset.source.dockerBuildContexts?.['model']).toMatch(/^\.\.\/model\.[0-9a-f]{64}$/);
    expect(seenByDocker(asset)).toEqual(NAMES);
  });

  test('lie there once for two functions, and are bound to no machine', () => {
    const [weights, outdir] = [weightsDirectory(), temporaryDirectory('out')];
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack');
    for (const id of ['One', 'Two']) {
      const model = ModelSource.bakedIn(weights, { staged: true });
      new ContainerInferenceFunction(stack, id, { image: imageOf({ [`${id}.txt`]: id }), model });
    }
    app.synth();
    expect(readdirSync(outdir).filter((name) => name.startsWith('model.'))).toHaveLength(1);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('builds only where'));
  });
});

describe('weights inside the build context', () => {
  const files = { 'model/weights.onnx': 'weights', 'model/[a]!.txt': 'x' };

  test('that are named stay where they are', () => {
    const image = imageOf(files);
    const asset = synth(ModelSource.bakedIn('model', { buildContext: 'model' }), { image });
    expect(seenByDocker(asset)).toEqual(['[a]!.txt', 'weights.onnx']);
    expect(existsSync(join(asset.home, 'model'))).toBe(false);
    expect(existsSync(join(asset.home, 'index.js'))).toBe(true);
  });

  test('may have a name that ignore files read as a pattern', () => {
    const Dockerfile = DOCKERFILE.replace('from=model', 'from=weights');
    const image = imageOf({ Dockerfile, 'm[12]*/weights.onnx': 'weights', 'm1/kept': 'x' });
    const asset = synth(ModelSource.bakedIn('m[12]*', { buildContext: 'weights' }), { image });
    expect(readdirSync(asset.home).sort()).toEqual(['Dockerfile', 'index.js', 'm1']);
    expect(seenByDocker(asset, 'weights')).toEqual(['weights.onnx']);
  });

  test('may be given by an absolute path', () => {
    const directory = imageContext();
    const asset = synth(ModelSource.bakedIn(join(directory, 'model')), { image: InferenceImage.fromDirectory(directory) });
    expect(asset.source.dockerBuildContexts).toBeUndefined();
  });
});

describe('an assembly that builds on this machine only', () => {
  function warned(options: BakedInModelOptions, weights: string, scope: (app: App) => Stack | Stage, outdir: string): boolean {
    const stack = new Stack(scope(new App({ outdir })), 'Nested');
    new ContainerInferenceFunction(stack, 'Sentiment', { image: imageOf(), model: ModelSource.bakedIn(weights, options) });
    return (
      Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('this assembly builds only where that directory exists'))
        .length > 0
    );
  }

  /** The app runs where the project lies. */
  function inProject(action: (project: string) => void): void {
    const project = temporaryDirectory('project');
    const spy = jest.spyOn(process, 'cwd').mockReturnValue(project);
    action(project);
    spy.mockRestore();
  }

  test('is one whose weights lie outside of the project, or that a pipeline ships', () => {
    inProject((project) => {
      const [own, foreign, outdir] = [join(project, 'weights'), weightsDirectory(), join(project, 'cdk.out')];
      writeWeights(own, 'w', 'w');
      const inApp = (app: App) => new Stage(app, 'Stage');
      const alone = (app: App) => app;
      expect(warned({}, own, alone, outdir)).toBe(false);
      expect(warned({}, own, alone, temporaryDirectory('out'))).toBe(true);
      expect(warned({}, foreign, alone, outdir)).toBe(true);
      expect(warned({}, own, inApp, outdir)).toBe(true);
      expect(warned({ staged: true }, foreign, inApp, outdir)).toBe(false);
    });
  });
});

describe('fails when', () => {
  function messageOf(model: ModelSource, image = imageOf()): string {
    try {
      synth(model, { image });
      return 'nothing was wrong';
    } catch (error) {
      return (error as Error).message;
    }
  }

  test('the Dockerfile does not read the weights', () => {
    const image = imageOf({ Dockerfile: `${DOCKERFILE.replace('from=model', 'from=Model')}# COPY --from=model . /opt/\n` });
    expect(messageOf(ModelSource.bakedIn(weightsDirectory()), image)).toContain(
      'Dockerfile does not read the build context model, so the image would have no weights; add COPY --from=model . /opt/model/',
    );
  });

  test.each([
    'RUN --mount=type=bind,from=model,target=/m cp -r /m /opt/model',
    'ARG WEIGHTS=model\nCOPY --from=$WEIGHTS . /opt/model',
    'FROM model AS weights',
    'copy --chmod=755 --from=model . /opt/model',
  ])('not: %s reads them', (line) => {
    const image = imageOf(
      { Dockerfile: `FROM public.ecr.aws/lambda/nodejs:24\nCOPY index.js ./\n${line}\nCMD ["index.handler"]\n` },
      { cmd: ['index.handler'] },
    );
    expect(messageOf(ModelSource.bakedIn(weightsDirectory()), image)).toBe('nothing was wrong');
  });

  test('a name is none that BuildKit takes, or is given twice', () => {
    const weights = weightsDirectory();
    expect(messageOf(ModelSource.bakedIn(weights, { buildContext: 'Model' }))).toContain(
      'image: the name of a build context must be lower case, such as "weights", got "Model"',
    );
    const image = imageOf({}, { buildContexts: { model: weights } });
    expect(messageOf(ModelSource.bakedIn(weightsDirectory()), image)).toContain(
      'image: the build context model is given twice; give each directory a name of its own',
    );
  });

  test('the directory of a named context is missing or empty', () => {
    const empty = weightsDirectory({});
    const image = imageOf({}, { buildContexts: { data: empty } });
    expect(messageOf(ModelSource.bakedIn('/nowhere'), image)).toMatch(
      /image: the build context data: .* has no files; .*image: the build context model: \/nowhere does not exist; fetch the weights first/,
    );
  });

  test('"staged" is said of what is part of the build context', () => {
    const image = InferenceImage.fromDirectory(imageContext());
    expect(messageOf(ModelSource.bakedIn('model', { staged: true }), image)).toContain(
      'model: model lies inside the build context, which is staged as a whole; leave "staged" out',
    );
  });

  test('a path was meant to be relative to where the app runs', () => {
    expect(messageOf(ModelSource.bakedIn('lib'))).toContain(`correct the path; for ${resolve('lib')} give the absolute path`);
  });
});

describe('a second synth', () => {
  const bytesBelow = (path: string): number =>
    statSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0) : statSync(path).size;

  test('opens no weights, whatever is checked about them, though the assembly and every object are new', async () => {
    const sha256 = createHash('sha256').update('weights').digest('hex');
    const manifest = JSON.stringify({ files: [{ path: 'weights.onnx', bytes: 7, sha256 }] });
    const [weights, image] = [weightsDirectory({ ...WEIGHTS, 'manifest.json': manifest }), imageOf()];
    // A file that was made just now is not taken for known.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const first = synth(ModelSource.bakedIn(weights), { image });
    const opened = jest.spyOn(fs, 'openSync');
    expect(synth(ModelSource.bakedIn(weights), { image }).hash).toBe(first.hash);
    expect(opened.mock.calls.map(([path]) => String(path)).filter((path) => path.endsWith('weights.onnx'))).toEqual([]);
    opened.mockRestore();
  });

  test('notices other content of the same size and time', () => {
    const [weights, image] = [weightsDirectory(), imageOf()];
    const { hash } = synth(ModelSource.bakedIn(weights), { image });
    writeWeights(weights, 'weights.onnx', 'WEIGHTS');
    expect(synth(ModelSource.bakedIn(weights), { image }).hash).not.toBe(hash);
  });

  test('writes as little as the first, and for a large model as little as for a small one', () => {
    const [small, large] = [weightsDirectory(), weightsDirectory()];
    fs.truncateSync(join(large, 'weights.onnx'), 20_000_000);
    const written = [small, large, large].map((weights) => {
      const outdir = temporaryDirectory('out');
      synth(ModelSource.bakedIn(weights), { outdir });
      return bytesBelow(outdir);
    });
    // Two runs differ by the length of the memory that a stated model needs, no more.
    expect(Math.max(...written) - Math.min(...written)).toBeLessThan(100);
  });

  test('warns of weights that each assembly gets a copy of', () => {
    const context = imageContext();
    fs.truncateSync(join(context, 'model', 'weights.onnx'), 51 * 1_024 ** 2);
    const { stack } = synth(ModelSource.bakedIn('model'), { image: InferenceImage.fromDirectory(context) });
    const [warning] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('gets a copy of it'));
    expect(warning?.entry.data).toContain('model of 51 MiB lies inside the build context');
    fs.truncateSync(join(context, 'model', 'weights.onnx'), 50 * 1_024 ** 2);
    const other = synth(ModelSource.bakedIn('model'), { image: InferenceImage.fromDirectory(context) }).stack;
    expect(Annotations.fromStack(other).findWarning('*', Match.stringLikeRegexp('gets a copy of it'))).toEqual([]);
  });
});
