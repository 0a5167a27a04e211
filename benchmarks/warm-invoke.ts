import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gateway } from '../lib/local/gateway/gateway';
import type { FunctionSpec } from '../lib/local/lambda/function-spec';
import { LambdaService } from '../lib/local/lambda/lambda-service';
import { launchOf } from '../lib/local/lambda/runtime-launch';
import { BareRuntime } from './bare-runtime';
import { median } from './measure';
import type { Figure } from './report';

const CALLS_PER_ROUND = 100;
const WARM_UP = 100;
const PAYLOAD = JSON.stringify({ topic: 'cold starts', n: 1 });
/** What a warm call through the local run may take longer than the bare client. */
const BAR_MS = 1;

type Contender = () => Promise<unknown>;

/** A warm call through the local run, and the same client behind the smallest Runtime API; both servers in this process, both clients in one of their own. */
export async function warmInvokes(rounds: number): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'warm-invoke-benchmark-'));
  writeFileSync(join(directory, 'index.mjs'), 'export const handler = async (event) => event;');
  const gateway = new Gateway();
  await gateway.start();
  const lambda = new LambdaService({ functions: [specOf(directory)], gateway, region: 'us-east-1', accountId: '000000000000' });
  const bare = new BareRuntime();
  await bare.start(launchOf(specOf(directory)).args, directory, 'index.handler');
  try {
    const call = () => lambda.invoke({ functionName: 'echo', payload: PAYLOAD, invocationType: 'RequestResponse' });
    const [theirs, ours] = await interleaved([() => bare.invoke(PAYLOAD), call], rounds * CALLS_PER_ROUND);
    return [
      { what: 'a warm call', peer: 'the bare runtime interface client', ours, theirs, unit: 'ms' },
      { what: 'what the local run adds to a warm call', peer: '', ours: ours - theirs, unit: 'ms', bar: BAR_MS },
    ];
  } finally {
    bare.stop();
    await lambda.close();
    await gateway.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Medians of calls made in turn: what slows the machine for a moment slows every contender alike. */
async function interleaved(contenders: readonly [Contender, Contender], calls: number): Promise<[number, number]> {
  const samples: number[][] = contenders.map(() => []);
  for (let call = 0; call < WARM_UP + calls; call += 1) {
    for (const place of contenders.keys()) {
      // Whoever goes second finds the machine as the first left it, so the order changes.
      const index = (place + call) % contenders.length;
      const since = performance.now();
      await contenders[index]?.();
      if (call >= WARM_UP) samples[index]?.push(performance.now() - since);
    }
  }
  return samples.map(median) as [number, number];
}

function specOf(codeDirectory: string): FunctionSpec {
  return {
    logicalId: 'Echo',
    name: 'echo',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    codeDirectory,
    environment: {},
    timeoutMs: 30_000,
    memoryMb: 512,
    aliases: {},
    onFailure: {},
    retryAttempts: {},
  };
}
