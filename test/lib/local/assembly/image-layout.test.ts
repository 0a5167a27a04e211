// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation and Docker
import { existsSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { functionSpecs } from '../../../../lib/local/assembly/functions';
import { layOutImage } from '../../../../lib/local/assembly/image-layout';
import { Resolver } from '../../../../lib/local/assembly/resolver';
import { assemblyOf, directoryOf, removeTemporary } from './written-assembly';

afterAll(removeTemporary);

const DOCKERFILE = `
# Comment
ARG NODE_VERSION=24
FROM public.ecr.aws/lambda/nodejs:\${NODE_VERSION} AS dependencies
WORKDIR /build
COPY package.json shared ./
RUN npm ci --omit=dev \\
 # in between
 && rm -rf cache
FROM public.ecr.aws/lambda/nodejs:\${NODE_VERSION}
ENV MODEL_DIR=/opt/model \\
    GREETING="hello there" EMPTY=
ENV OLD style value
COPY model/ /opt/model/
COPY --from=dependencies /build/node_modules \${LAMBDA_TASK_ROOT}/node_modules
COPY --from=dependencies /build/package.json ./from-stage.json
COPY --chmod=0644 *.mjs extra.txt \${LAMBDA_TASK_ROOT}/
COPY ["one file.txt", "/var/task/renamed.txt"]
RUN chmod -R a+rX /var/task
CMD ["index.handler"]
`;
const FILES = {
  Dockerfile: DOCKERFILE,
  'package.json': '{}',
  'shared/util.js': '',
  'model/a.onnx': 'weights',
  'model/deep/b.json': '{}',
  'index.mjs': 'export const handler = 1;',
  'other.mjs': '',
  'extra.txt': 'extra',
  'one file.txt': 'one',
};

function layOut(
  files: Record<string, string>,
  more: { buildArgs?: Record<string, string>; buildContexts?: Record<string, string>; target?: string } = {},
  packages = true,
) {
  const context = directoryOf(files);
  const project = directoryOf(packages ? { 'node_modules/dep/index.js': 'module.exports = 1;', 'sub/x': '' } : { 'sub/x': '' });
  return {
    project,
    context,
    layout: layOutImage(
      { hash: 'h', context, dockerfile: 'Dockerfile', buildArgs: {}, buildContexts: {}, ...more },
      { cacheDirectory: directoryOf({}), projectDirectory: join(project, 'sub') },
    ),
  };
}

test('files lie where the Dockerfile copies them', () => {
  const { layout, project } = layOut(FILES);
  const read = (path: string) => readFileSync(join(layout.root, path), 'utf8');
  expect(read('opt/model/a.onnx')).toBe('weights');
  expect(read('opt/model/deep/b.json')).toBe('{}');
  expect(read('var/task/index.mjs')).toBe('export const handler = 1;');
  expect(existsSync(join(layout.root, 'var/task/other.mjs'))).toBe(true);
  expect(read('var/task/extra.txt')).toBe('extra');
  expect(read('var/task/renamed.txt')).toBe('one');
  expect(read('var/task/from-stage.json')).toBe('{}');
  expect(realpathSync(join(layout.root, 'var/task/node_modules'))).toBe(realpathSync(join(project, 'node_modules')));
  expect(layout.environment).toMatchObject({ MODEL_DIR: '/opt/model', GREETING: 'hello there', EMPTY: '', OLD: 'style value' });
  expect(layout.command).toEqual(['index.handler']);
});

test('node_modules of the context come before those of the project', () => {
  const { layout, context } = layOut({ ...FILES, 'node_modules/dep/index.js': '2' });
  expect(realpathSync(join(layout.root, 'var/task/node_modules'))).toBe(realpathSync(join(context, 'node_modules')));
});

test('a named build context is a directory of its own', () => {
  const models = directoryOf({ 'weights.bin': 'w' });
  const { layout } = layOut({ Dockerfile: 'FROM x\nCOPY --from=models . /opt/ml/\nCMD ["a.b"]' }, { buildContexts: { models } });
  expect(readFileSync(join(layout.root, 'opt/ml/weights.bin'), 'utf8')).toBe('w');
});

test('files of a named build context are pointed to: their inodes stay as they are', () => {
  const models = directoryOf({ 'weights.bin': 'w' });
  const file = join(models, 'weights.bin');
  const before = statSync(file);
  const { layout } = layOut({ Dockerfile: 'FROM x\nCOPY --from=models . /opt/ml/\nCMD ["a.b"]' }, { buildContexts: { models } });
  expect(realpathSync(join(layout.root, 'opt/ml/weights.bin'))).toBe(realpathSync(file));
  expect(statSync(file)).toMatchObject({ nlink: before.nlink, ctimeMs: before.ctimeMs });
});

test('fails when a named build context is not there, even where the image was laid out before', () => {
  const models = directoryOf({ 'weights.bin': 'w' });
  const context = directoryOf({ Dockerfile: 'FROM x\nCOPY --from=models . /opt/ml/\nCMD ["a.b"]' });
  const image = { hash: 'h', context, dockerfile: 'Dockerfile', buildArgs: {}, buildContexts: { models } };
  const options = { cacheDirectory: directoryOf({}), projectDirectory: directoryOf({}) };
  layOutImage(image, options);
  rmSync(models, { recursive: true });
  expect(() => layOutImage(image, options)).toThrow(
    `the build context models of image asset h is the directory ${models}, which is not there; fetch its files, or synthesize with ModelSource.bakedIn(directory, { staged: true })`,
  );
});

test('build arguments and the target stage are respected', () => {
  const { layout } = layOut(
    {
      Dockerfile: 'FROM base AS first\nARG WHERE=none\nCOPY a.txt /opt/${WHERE}/\nCMD ["first.handler"]\nFROM base\nCOPY missing /x',
      'a.txt': '1',
    },
    { buildArgs: { WHERE: 'given' }, target: 'first' },
  );
  expect(existsSync(join(layout.root, 'opt/given/a.txt'))).toBe(true);
  expect(layout.command).toEqual(['first.handler']);
});

test.each<[string, string, RegExp]>([
  ['a source that is not there', 'FROM x\nCOPY nothing.txt /var/task/', /Dockerfile:2: nothing\.txt is not in the build context$/],
  [
    'a command that makes files',
    'FROM x\n\nRUN node build.js',
    /Dockerfile:3: the local run builds no image, so it cannot lay out what "RUN node build\.js" makes; COPY the result instead$/,
  ],
  [
    'a file that a stage builds',
    'FROM x AS b\nRUN make\nFROM x\nCOPY --from=b /out/app.js /var/task/',
    /Dockerfile:4: \/out\/app\.js of stage "b" is made by a build/,
  ],
  [
    'a file of another image',
    'FROM x\nCOPY --from=ghcr.io/uv /uv /bin/',
    /Dockerfile:2: "ghcr\.io\/uv" is an image, whose files the local run has not/,
  ],
  ['an instruction that does not exist', 'FROM x\nCOPPY a b', /Dockerfile:2: unknown instruction COPPY$/],
  ['no FROM', '# nothing', /Dockerfile has no FROM$/],
  [
    'packages that are nowhere',
    'FROM x AS d\nFROM x\nCOPY --from=d /w/node_modules ./node_modules',
    /Dockerfile:3: no node_modules in the build context or above /,
  ],
])('fails for %s', (_name, Dockerfile, message) => {
  expect(() => layOut({ Dockerfile }, {}, false)).toThrow(message);
});

test('fails when there is no Dockerfile', () => {
  expect(() => layOut({})).toThrow(/Dockerfile is missing$/);
});

function imageFunction(files: Record<string, string>, properties: object = {}) {
  const context = directoryOf(files);
  const directory = assemblyOf(
    {
      S: {
        Resources: {
          F: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Code: { ImageUri: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr/assets:tag' } },
              PackageType: 'Image',
              Environment: { Variables: { DATA: '/opt/model/deep', TMP: '/tmp/x' } },
              ...properties,
            },
          },
        },
      },
    },
    {
      'S.assets.json': JSON.stringify({
        dockerImages: { tag: { source: { directory: context }, destinations: { d: { imageTag: 'tag' } } } },
      }),
    },
  );
  return functionSpecs(Resolver.read(directory).stack('S'), {
    cacheDirectory: directoryOf({}),
    projectDirectory: directoryOf({ 'node_modules/x': '' }),
  });
}

test('an image function runs from its layout, with the paths of the image leading there', () => {
  const [spec] = imageFunction(FILES);
  expect(spec).toMatchObject({ handler: 'index.handler', memoryMb: 128, timeoutMs: 3000 });
  expect(spec?.runtime).toBeUndefined();
  expect(spec?.codeDirectory).toMatch(/root\/var\/task$/);
  const root = spec?.codeDirectory.replace(/\/var\/task$/, '');
  expect(spec?.environment).toEqual({
    MODEL_DIR: `${root}/opt/model`,
    DATA: `${root}/opt/model/deep`,
    TMP: '/tmp/x',
    GREETING: 'hello there',
    EMPTY: '',
    OLD: 'style value',
  });
});

test('the command of the function comes before that of the image', () => {
  expect(imageFunction(FILES, { ImageConfig: { Command: ['other.handler'] } })[0]?.handler).toBe('other.handler');
});

test.each([
  [
    'no handler',
    { ...FILES, Dockerfile: 'FROM x\nCOPY index.mjs /var/task/\nCMD ["node", "index.mjs"]' },
    'S/F: CMD must name a handler such as ["index.handler"] to run locally, got ["node","index.mjs"]',
  ],
  [
    'no such module',
    { ...FILES, Dockerfile: 'FROM x\nCMD ["absent.handler"]' },
    'S/F: CMD names absent.handler, but the Dockerfile copies no such module to /var/task',
  ],
])('fails when the image has %s', (_name, files, message) => {
  expect(() => imageFunction(files)).toThrow(message);
});

test('a function that cannot run here is told and left out when the caller takes it', () => {
  const directory = assemblyOf({
    S: {
      Resources: {
        Image: { Type: 'AWS::Lambda::Function', Properties: { Code: { ImageUri: 'repo/name@sha256:1' } } },
        Archive: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { S3Bucket: 'b', S3Key: 'absent.zip' }, Handler: 'i.h', Runtime: 'nodejs24.x' },
        },
        Inline: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { ZipFile: 'exports.handler = 1;' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
        },
      },
    },
  });
  const told: string[] = [];
  const specs = functionSpecs(Resolver.read(directory).stack('S'), {
    cacheDirectory: directoryOf({}),
    onUnusable: ({ logicalId }, problem) => told.push(`${logicalId}: ${problem.message}`),
  });
  expect(told).toEqual([
    'Image: S/Image: image repo/name@sha256:1 is not built from the assembly, so the local run has not its files',
    'Archive: Archive: its code absent.zip is not an asset of the assembly',
  ]);
  expect(specs.map(({ logicalId }) => logicalId)).toEqual(['Inline']);
  expect(readFileSync(join(specs[0]!.codeDirectory, 'index.js'), 'utf8')).toBe('exports.handler = 1;');
});
