import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import type { TextResult } from '../../lambda/inference/infer';
import { parseRequest } from '../../lambda/inference/inference-request';
import { classify, labelOf } from '../../lambda/inference/sentiment';
import { Tokenizer } from '../../lambda/inference/tokenizer';
import { ContainerInferenceFunction } from '../../lib/inference/container-inference-function';
import { InferenceImage } from '../../lib/inference/inference-image';
import { ModelSource } from '../../lib/inference/model-source';
import { buildModel } from '../../scripts/model/build-model';
import { readLabelledSentences } from '../../scripts/model/labelled-sentences';
import { ROOT } from '../../scripts/model/model-files';
import { readPretrained } from '../../scripts/model/pretrained-weights';
import { HandlerProcess } from '../lambda/inference/handler-process';

jest.setTimeout(240_000);

const SOURCES = join(ROOT, 'models', 'sentiment-python');
const MODEL = buildModel().directory;
/** Made by `npm run test:python`, where what the image installs can be installed. */
const WITH_REQUIREMENTS = join(ROOT, '.cache', 'python', 'bin', 'python');
const SAME_RUNTIME = join(ROOT, '.cache', 'python-runtime', 'node_modules', 'onnxruntime-node');
const SENTENCES = readLabelledSentences().map(({ text }) => text);
const ODD_TEXTS = [
  '',
  ' ',
  '!!!',
  '😀',
  'héllo 😀😀 wörld',
  '日本語 text',
  'ﬁne ligature',
  '👩‍👩‍👧 🇩🇪',
  'tab\tand\nnewline',
  '½ ² ™ ㈱',
  '\u0000\u200b\ufeff',
];

interface PythonRun {
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function python<T>(script: string, input: unknown, { program = 'python3', environment = {} }: PythonRun = {}): T {
  const { status, stdout, stderr } = spawnSync(program, ['-c', `import json, sys\ninput = json.load(sys.stdin)\n${script}`], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      PYTHONPATH: [SOURCES, join(ROOT, 'python')].join(':'),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONIOENCODING: 'utf8',
      ...environment,
    },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

test('the tokenizer gives the ids of the Node.js image on all labelled sentences and odd texts', () => {
  const { vocabulary } = readPretrained();
  const tokenizer = new Tokenizer(vocabulary);
  const texts = [...SENTENCES, ...ODD_TEXTS];
  const answers = python<[number[], boolean][]>(
    `from tokenizer import Tokenizer
tokenizer = Tokenizer(input["vocabulary"])
ids = [tokenizer.encode(text) for text in input["texts"]]
print(json.dumps([[each, tokenizer.understands(each)] for each in ids]))`,
    { vocabulary, texts },
  );
  expect(texts.length).toBeGreaterThan(3_000);
  const expected = texts.map((text) => tokenizer.encode(text)).map((ids) => [ids, tokenizer.understands(ids)]);
  expect(texts.filter((_, index) => JSON.stringify(answers[index]) !== JSON.stringify(expected[index]))).toEqual([]);
});

const REQUESTS: readonly unknown[] = [
  { text: 'fine' },
  { text: 'fine', embeddings: true },
  { texts: ['one', 'two'] },
  { text: '' },
  { text: ' \u00a0\u3000\ufeff' },
  { text: '\u001c' },
  { text: 5 },
  { text: null },
  { text: 'x'.repeat(20_000) },
  { text: 'x'.repeat(20_001) },
  { text: '😀'.repeat(10_001) },
  { texts: [] },
  { texts: 'one' },
  { texts: ['one', ''] },
  { texts: ['one', { text: 'two' }] },
  { texts: new Array(256).fill('a') },
  { texts: new Array(257).fill('a') },
  { text: 'a', texts: ['a'] },
  { text: 'a', embeddings: 1 },
  { text: 'a', embeddings: null },
  { $claimCheck: {} },
  {},
  [],
  'text',
  null,
  true,
  1.5,
];

test('takes and refuses the requests that the Node.js image takes and refuses, in the same words', () => {
  const answers = python<unknown[]>(
    `from inference_request import parse_request
from serverless_ai.errors import InvalidInput
def answer(request):
    try:
        parsed = parse_request(request)
        return {"texts": list(parsed.texts), "many": parsed.many, "embeddings": parsed.embeddings}
    except InvalidInput as error:
        return {"refused": str(error), "name": type(error).__name__}
print(json.dumps([answer(request) for request in input]))`,
    REQUESTS,
  );
  const expected = REQUESTS.map((request) => {
    try {
      return { ...parseRequest(request) };
    } catch (error) {
      return { refused: (error as Error).message, name: (error as Error).name };
    }
  });
  expect(answers).toEqual(expected);
});

test('judges as the Node.js image does, at the bounds and far from them', () => {
  const scores = [-1e6, -800, -3, -0.4054651081, -0.4, 0, 0.4, 0.4054651082, 3, 800, 1e6];
  const answers = python<{ label: string; probability: number }[]>(
    `from sentiment import judge
print(json.dumps([judge([score], {"bias": 0, "weights": [1]}) for score in input]))`,
    scores,
  );
  scores.forEach((score, index) => {
    const { label, probability } = classify([score], { weights: [1], bias: 0 });
    expect(answers[index]).toEqual({ label, probability: expect.closeTo(probability, 12) });
    expect(labelOf(answers[index]!.probability)).toBe(label);
  });
});

test('without its model every request fails by name, and a ping says that it is not ready', () => {
  const [name, message, pong] = python<[string, string, { ready: boolean }]>(
    `import app
try:
    app.handler({"text": "fine"}, None)
except Exception as error:
    print(json.dumps([type(error).__name__, str(error), app.handler({"keepWarm": {"id": "a", "holdUntil": 0}}, None)]))`,
    null,
    { environment: { MODEL_DIR: '/nowhere' } },
  );
  expect(name).toBe('Model.Unavailable');
  expect(message).toMatch(/^the model cannot be loaded: /);
  expect(pong.ready).toBe(false);
});

test('the image is written for it, and the checks of images have nothing to say', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'sentiment-python-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack');
  new ContainerInferenceFunction(stack, 'Sentiment', {
    image: InferenceImage.generated({ runtime: Runtime.PYTHON_3_13, code: SOURCES, models: [ModelSource.bakedIn(MODEL)] }),
  });
  app.synth();
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { PackageType: 'Image', Architectures: ['arm64'] });
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('^image '))).toEqual([]);
  const context = join(outdir, readdirSync(outdir).find((name) => name.startsWith('asset.'))!);
  expect(readdirSync(join(context, 'code'))).toEqual(readdirSync(SOURCES).filter((name) => name !== '__pycache__'));
  rmSync(outdir, { recursive: true });
});

const ANSWERS = `import app
print(json.dumps([app.handler({"text": text, "embeddings": True}, None) for text in input]))`;

/** The largest difference in a probability or a number of an embedding; all else must be equal. */
function largestDifference(found: readonly TextResult[], expected: readonly TextResult[], bound: number): number {
  let largest = 0;
  for (const [index, { embedding: original = [], probability: same, label: called, ...others }] of expected.entries()) {
    const { embedding = [], probability, label, ...rest } = found[index]!;
    expect(rest).toEqual(others);
    expect(embedding).toHaveLength(512);
    largest = Math.max(largest, Math.abs(probability - same), ...embedding.map((value, at) => Math.abs(value - original[at]!)));
    // A probability on the bound of NEUTRAL may fall to either side.
    if (Math.min(Math.abs(same - 0.4), Math.abs(same - 0.6)) > bound) expect(label).toBe(called);
  }
  return largest;
}

test('the same model gives the same answers as in Node.js, where its requirements are installed', async () => {
  if (!existsSync(WITH_REQUIREMENTS)) {
    console.log(
      `not run: the model in Python. ${WITH_REQUIREMENTS} is not there; "npm run test:python" makes it where pip can install onnxruntime`,
    );
    return;
  }
  const texts = [...SENTENCES.filter((_, index) => index % 10 === 0), ...ODD_TEXTS.slice(2), 'The food was good. '.repeat(60)];
  const home = mkdtempSync(join(tmpdir(), 'python-home-'));
  const found = python<TextResult[]>(ANSWERS, texts, { program: WITH_REQUIREMENTS, environment: { MODEL_DIR: MODEL, HOME: home } });
  // Telemetry would leave its device id here.
  expect(readdirSync(home)).toEqual([]);
  rmSync(home, { recursive: true });

  const inNode = async (runtime?: string) => {
    const node = await HandlerProcess.start({ MODEL_DIR: MODEL, ORT_DISABLE_TELEMETRY: '1' }, runtime);
    const answers: TextResult[] = [];
    for (const text of texts) answers.push(await node.call<TextResult>({ text, embeddings: true }));
    node.stop();
    return answers;
  };
  const sameVersion = largestDifference(found, await inNode(SAME_RUNTIME), 1e-3);
  const shipped = largestDifference(found, await inNode(), 0.02);
  console.log(
    `the model in Python, ${texts.length} texts: largest difference from Node.js ${sameVersion.toExponential(1)} with the same version of the runtime, ${shipped.toExponential(1)} with the one that the Node.js image has`,
  );
  expect(sameVersion).toBeLessThan(1e-3);
  expect(shipped).toBeLessThan(0.02);
});
