import { startValkey } from '../../../../../lib/local/services/valkey/valkey';

/** Holds a cache until somebody kills it, and prints where it listens. */
async function main(): Promise<void> {
  const { port } = await startValkey({ engine: 'server' });
  process.stdout.write(`${port}\n`);
}

void main();
