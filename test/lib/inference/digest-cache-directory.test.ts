import os from 'node:os';
import { join } from 'node:path';
import { digestCacheDirectory } from '../../../lib/inference/digest-cache-directory';

afterEach(() => jest.restoreAllMocks());

test.each([
  ['the variable first', { CDK_SERVERLESS_AI_CACHE: '/cache', XDG_CACHE_HOME: '/xdg' }, 'linux', '/cache/model-digests'],
  ['the XDG directory', { XDG_CACHE_HOME: '/xdg', LOCALAPPDATA: '/local' }, 'linux', '/xdg/cdk-serverless-ai/model-digests'],
  [
    'the local application data on Windows',
    { XDG_CACHE_HOME: '/xdg', LOCALAPPDATA: '/local' },
    'win32',
    '/local/cdk-serverless-ai/model-digests',
  ],
  ['the home directory', { XDG_CACHE_HOME: '' }, 'darwin', join(os.homedir(), '.cache', 'cdk-serverless-ai', 'model-digests')],
  ['nothing, where it is turned off', { CDK_SERVERLESS_AI_CACHE: '', XDG_CACHE_HOME: '/xdg' }, 'linux', undefined],
])('%s', (_what, env, platform, expected) => {
  expect(digestCacheDirectory(env, platform)).toBe(expected);
});

test('nothing, for a user without a home', () => {
  jest.spyOn(os, 'homedir').mockImplementation(() => {
    throw new Error('no such user');
  });
  expect(digestCacheDirectory({}, 'linux')).toBeUndefined();
});
