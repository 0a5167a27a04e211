import { LocalFunctions } from './local-functions';

jest.setTimeout(120_000);

const functions = new LocalFunctions();
const GREET = { 'layer/nodejs/node_modules/greet/index.js': "exports.greet = (name) => 'hello ' + name;" };

beforeAll(async () => {
  functions.code({
    ...GREET,
    'index.mjs': `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      import { greet } from 'greet';
      export const handler = async (event) => [typeof DynamoDBClient, greet(event.name)];`,
    'typed/package.json': '{"type":"module"}',
    'typed/app.js': "import { S3Client } from '@aws-sdk/client-s3'; export const handler = async () => typeof S3Client;",
    'missing.mjs': "import 'no-such-package'; export const handler = async () => 1;",
  });
  const layerDirectory = `${functions.directory}/layer`;
  await functions.start([
    functions.spec('plain', { layerDirectory }),
    functions.spec('typed', { codeDirectory: `${functions.directory}/typed`, handler: 'app.handler' }),
    functions.spec('missing', { handler: 'missing.handler' }),
  ]);
});

afterAll(() => functions.close());

test('an ES module finds the AWS SDK of the runtime and the modules of a layer', async () => {
  expect((await functions.call('plain', { name: 'ana' })).value).toEqual(['function', 'hello ana']);
});

test('so does one by the type of its package', async () => {
  expect((await functions.call('typed')).value).toBe('function');
});

test('what is nowhere is missed by its name', async () => {
  const { value } = await functions.call('missing');
  expect(value.errorMessage).toContain("Cannot find package 'no-such-package'");
});
