import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launchOf } from '../../../../lib/local/lambda/runtime-launch';
import { LocalFunctions } from './local-functions';

const functions = new LocalFunctions();

afterAll(() => functions.close());

describe('how a function is started', () => {
  test('Node runs the real runtime interface client with the stand-in preloaded', () => {
    const { command, args, runtime } = launchOf(functions.spec('f', { runtime: 'nodejs22.x', memoryMb: 1000 }));
    expect(command).toBe(process.execPath);
    expect(args).toEqual([
      '--max-old-space-size=900',
      '--require',
      expect.stringMatching(/native-client\.cjs$/),
      expect.stringMatching(/runtime-interface-client\/index\.mjs$/),
    ]);
    expect(args.filter((arg) => arg.startsWith('/')).every(existsSync)).toBe(true);
    expect(runtime).toBe('nodejs22.x');
  });

  test('the smallest function still gets a heap that Node starts with', () => {
    expect(launchOf(functions.spec('f', { memoryMb: 1 })).args[0]).toBe('--max-old-space-size=64');
  });

  test('an image is Node unless its handler file is Python', () => {
    expect(launchOf(functions.spec('f', { runtime: undefined })).runtime).toBe('nodejs');
    const directory = functions.code({ 'app.py': '' });
    for (const handler of ['app.handler', 'app.py']) {
      const { args, runtime } = launchOf(functions.spec('f', { runtime: undefined, handler, codeDirectory: directory }));
      expect(runtime).toBe('python');
      expect(args.at(-1)).toMatch(/python-runtime\.py$/);
    }
    expect(existsSync(join(directory, 'app.py'))).toBe(true);
  });

  test.each(['java21', 'provided.al2023', 'dotnet8'])('%s is refused by name', (runtime) => {
    expect(() => launchOf(functions.spec('f', { runtime }))).toThrow(
      expect.objectContaining({
        name: 'InvalidRuntimeException',
        message: `function f needs ${runtime}; the local run knows nodejs and python runtimes`,
      }),
    );
  });
});
