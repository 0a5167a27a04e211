import { createHash } from 'node:crypto';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export function isAlgorithm(name: string): boolean {
  return Object.hasOwn(ALGORITHMS, name);
}

/** Both query languages name the algorithms alike. Throws when there is no such algorithm. */
export function hashOf(data: string, algorithm: unknown): string {
  const name = typeof algorithm === 'string' && Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : undefined;
  if (name === undefined) {
    throw new Error(`the algorithm must be one of ${Object.keys(ALGORITHMS).join(', ')}, got ${JSON.stringify(algorithm)}`);
  }
  return createHash(name).update(data, 'utf8').digest('hex');
}
