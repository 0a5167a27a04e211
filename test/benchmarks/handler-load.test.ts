import { execFileSync } from 'node:child_process';
import { HANDLER_VARIABLES, handlerBundles, LOADER } from '../../benchmarks/handlers';

/** What an AWS client and a connection need, and nothing that only receives an event. */
const OF_CLIENTS = ['http', 'https', 'http2', 'net', 'tls', 'dns', 'child_process'];

/** Node modules that loading a file loads. */
function builtinsOf(file: string): string[] {
  const env = { ...process.env, ...HANDLER_VARIABLES, NODE_OPTIONS: '' };
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return JSON.parse(execFileSync(process.execPath, [LOADER, file], { encoding: 'utf8', env, stdio })) as string[];
}

test('the check sees a client that is loaded', () => {
  expect(builtinsOf(require.resolve('@aws-sdk/client-dynamodb'))).toEqual(expect.arrayContaining(['http', 'https']));
});

test('every shipped handler is looked at', () => {
  expect(handlerBundles().map(({ name }) => name)).toEqual(expect.arrayContaining(['agent', 'router', 'warmer', 'workflow-starter']));
});

test.each(handlerBundles())('handler $name loads no AWS client and opens nothing before its first event', ({ file }) => {
  expect(builtinsOf(file).filter((name) => OF_CLIENTS.includes(name))).toEqual([]);
});
