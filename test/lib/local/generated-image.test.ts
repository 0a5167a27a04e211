import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import { InferenceImage } from '../../../lib/inference/inference-image';
import { ModelSource } from '../../../lib/inference/model-source';
import { readAssembly } from '../../../lib/local/assembly/read-assembly';
import { Resolver } from '../../../lib/local/assembly/resolver';
import { taskDefinitions } from '../../../lib/local/assembly/task-definitions';
import { programOf } from '../../../lib/local/containers/program';
import { ContainerProcess, directoryWith, removeDirectories } from '../../lambda/entrypoint/container-process';
import { removeTemporaryDirectories, weightsDirectory } from '../inference/weights-fixture';
import { runSmall, smallApp, stopAll } from './small-app';

jest.setTimeout(60_000);

const HANDLER = `
const { readFileSync } = require('node:fs');
exports.handler = async ({ text }) => text + ' by ' + readFileSync(process.env.MODEL_DIR + '/weights.onnx', 'utf8');
`;

afterEach(async () => {
  await stopAll();
  removeDirectories();
  removeTemporaryDirectories();
});

function inferenceIn(stack: ConstructorParameters<typeof ContainerInferenceFunction>[0], code: string): ContainerInferenceFunction {
  const models = [ModelSource.bakedIn(weightsDirectory())];
  return new ContainerInferenceFunction(stack, 'Inference', {
    image: InferenceImage.generated({ runtime: Runtime.NODEJS_24_X, code, models }),
  });
}

test('a generated image answers as a function', async () => {
  const local = await runSmall((stack) => void inferenceIn(stack, directoryWith({ 'index.js': HANDLER })));
  expect(await local.function('Inference').invoke({ text: 'said' })).toBe('said by weights');
});

test.each([
  ['nodejs', Runtime.NODEJS_24_X, { 'index.js': HANDLER }, /\/node$/, [/entrypoint\.cjs$/, /^index\.handler$/]],
  [
    'python',
    Runtime.PYTHON_3_13,
    { 'app.py': 'def handler(event, context):\n    return event\n' },
    /\/python3$/,
    [/^-m$/, /^serverless_ai\.container$/, /^app\.handler$/],
  ],
] as const)('as a task a generated image of %s starts the program behind its entry point', (_language, runtime, files, command, args) => {
  const { directory } = smallApp((stack) => {
    const image = InferenceImage.generated({ runtime, code: directoryWith(files) });
    new ContainerInferenceFunction(stack, 'Inference', { image }).asFargateTask('Task');
  }).synth();
  const program = programOfTask(directory);
  expect(program.command).toMatch(command);
  expect(program.args).toEqual(args.map((arg) => expect.stringMatching(arg)));
});

test('that program serves what AgentCore asks for', async () => {
  const { directory } = smallApp((stack) => void inferenceIn(stack, directoryWith({ 'index.js': HANDLER })).asFargateTask('Task')).synth();
  const { command, args, cwd, environment } = programOfTask(directory);
  const container = new ContainerProcess(command, args, cwd, { ...environment, SERVER_HOST: '127.0.0.1', SERVER_PORT: '0' });
  try {
    const answer = await fetch(`${await container.url()}/invocations`, { method: 'POST', body: '{"text":"said"}' });
    expect(await answer.json()).toBe('said by weights');
  } finally {
    container.kill();
  }
});

function programOfTask(directory: string) {
  const [definition] = new Resolver(readAssembly(directory)).stacks.flatMap(taskDefinitions);
  return programOf(definition!.containers[0]!, {}, { cacheDirectory: directoryWith({}), projectDirectory: directoryWith({}) });
}
