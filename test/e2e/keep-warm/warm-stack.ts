import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { build } from 'esbuild';
import type { WarmingReport } from '../../../lambda/contract/warming';
import type { LocalFunction } from '../../../lib/local/local-function';
import type { LocalRunner } from '../../../lib/local/local-runner';
import { KeepWarmSchedule } from '../../../lib/warming/keep-warm-schedule';
import { WarmingMode } from '../../../lib/warming/warming-mode';

const ROOT = join(__dirname, '..', '..', '..');

/** A second's fraction of init, then a handler that answers with its process once as many requests as stated are there at once. */
const NODE_HANDLER = `
const fs = require('node:fs');
const { keepWarm } = require('./keep-warm.js');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(process.env.INIT_MS));
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

exports.handler = keepWarm(
  async ({ meet, of }) => {
    console.log(JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [[]], Metrics: [{ Name: 'Orders' }] }] }, Orders: 1 }));
    fs.writeFileSync(meet + '/' + process.pid, '');
    while (fs.readdirSync(meet).length < of) await pause();
    return process.pid;
  },
  { onWarm: async () => { while (process.env.GATE && !fs.existsSync(process.env.GATE)) await pause(); } },
);
`;

const STREAMING_HANDLER = `
const fs = require('node:fs');
const { keepWarm } = require('./keep-warm.js');
const answer = async ({ meet, of }, stream) => {
  fs.writeFileSync(meet + '/' + process.pid, '');
  while (fs.readdirSync(meet).length < of) await new Promise((resolve) => setTimeout(resolve, 5));
  stream.write(String(process.pid));
  stream.end();
};
exports.inside = awslambda.streamifyResponse(keepWarm(answer));
exports.outside = keepWarm(awslambda.streamifyResponse(answer));
`;

const PYTHON_HANDLER = `
import os
import time
from serverless_ai.keep_warm import keep_warm

loaded = []

@keep_warm(on_warm=lambda: loaded.append(1))
def handler(event, context):
    open(os.path.join(event["meet"], str(os.getpid())), "w").close()
    while len(os.listdir(event["meet"])) < event["of"]:
        time.sleep(0.005)
    return {"pid": os.getpid(), "loaded": len(loaded)}
`;

export const EVERY = Duration.minutes(5);

export type Targets = Readonly<Record<string, Partial<lambda.FunctionProps> & { readonly environments: number }>>;

/** Code of the targets, and places where their requests meet. */
export class Workshop {
  readonly directory = mkdtempSync(join(tmpdir(), 'keep-warm-'));
  private meetings = 0;

  static async open(): Promise<Workshop> {
    const shop = new Workshop();
    await build({
      entryPoints: [join(ROOT, 'lambda', 'runtime', 'keep-warm.ts')],
      outfile: join(shop.code, 'keep-warm.js'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
    writeFileSync(join(shop.code, 'index.js'), NODE_HANDLER);
    writeFileSync(join(shop.code, 'streaming.js'), STREAMING_HANDLER);
    writeFileSync(join(shop.code, 'app.py'), PYTHON_HANDLER);
    cpSync(join(ROOT, 'python', 'serverless_ai'), join(shop.code, 'serverless_ai'), { recursive: true });
    return shop;
  }

  get code(): string {
    return join(this.directory, 'code');
  }

  /** An empty folder: a request to it ends when as many as it waits for have left their mark. */
  meeting(): string {
    this.meetings += 1;
    const path = join(this.directory, `meeting-${this.meetings}`);
    mkdirSync(path);
    return path;
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  target(stack: Stack, id: string, props: Partial<lambda.FunctionProps> = {}): lambda.Alias {
    const target = new lambda.Function(stack, id, {
      code: lambda.Code.fromAsset(this.code),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      timeout: Duration.minutes(1),
      ...props,
      environment: { INIT_MS: '400', ...props.environment },
    });
    return new lambda.Alias(stack, `${id}Live`, { aliasName: 'live', version: target.currentVersion });
  }

  /** Functions that one warmer keeps warm, by their ids, and aliases of others. */
  keepWarm(stack: Stack, targets: Targets, others: readonly lambda.IAlias[] = []): void {
    new KeepWarmSchedule(stack, 'Warm', {
      targets: [
        ...Object.entries(targets).map(([id, { environments, ...props }]) => ({ alias: this.target(stack, id, props), environments })),
        ...others.map((alias) => ({ alias })),
      ],
      mode: WarmingMode.ping({ environments: 2, every: EVERY }),
    });
  }

  /** So many requests at once, none of which can end before all have begun: what they answered, and how many of them met a cold start. */
  async requestsAtOnce(target: LocalFunction, count: number): Promise<{ readonly answers: unknown[]; readonly cold: number }> {
    const before = target.invocations.length;
    const meet = this.meeting();
    const answers = await Promise.all(Array.from({ length: count }, () => target.invoke({ meet, of: count })));
    return { answers, cold: target.invocations.slice(before).filter(({ cold }) => cold).length };
  }
}

/** Lets a request that waits at a meeting go. */
export function release(meeting: string): void {
  for (let guest = readdirSync(meeting).length; guest < 3; guest += 1) writeFileSync(join(meeting, `guest-${guest}`), '');
}

/** What the newest round of the warmer says of its first target. */
export async function warm(local: LocalRunner): Promise<WarmingReport> {
  return ((await local.function('Warm/Warmer').invoke({})) as WarmingReport[])[0]!;
}

export function pidsOf(target: LocalFunction): number[] {
  return target.environments.map(({ pid }) => pid!);
}
