import { homedir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'CDK_SERVERLESS_AI_CACHE';
const NAME = 'cdk-serverless-ai';

/**
 * Where digests are kept between synths, outside of any assembly: what the variable `CDK_SERVERLESS_AI_CACHE` names, else the user's cache
 * directory. Undefined where there is none; empty turns the cache off.
 */
export function digestCacheDirectory(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string | undefined {
  const given = env[VARIABLE];
  if (given === '') return undefined;
  if (given !== undefined) return join(given, 'model-digests');
  const base = (platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME']) || ownCache();
  return base && join(base, NAME, 'model-digests');
}

/** A container may run as a user who has no home. */
function ownCache(): string | undefined {
  try {
    return join(homedir(), '.cache');
  } catch {
    return undefined;
  }
}
