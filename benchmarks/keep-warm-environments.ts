import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { build } from 'esbuild';
import { LocalRunner } from '../lib/local/local-runner';
import { KeepWarmSchedule } from '../lib/warming/keep-warm-schedule';
import { WarmingMode } from '../lib/warming/warming-mode';
import { median } from './measure';
import type { Figure } from './report';

const COUNTS = [1, 5, 20];
const WARM_ROUNDS = 3;
const INIT_MS = 400;
/** A ping that comes after the others have been answered: of a slow handshake, or of a function that has little CPU. */
const LATE_MS = 3_000;
const PACKAGES = { keepWarm: '../lambda/runtime/keep-warm', lambdaWarmer: 'lambda-warmer' };

/** One way to keep a function warm. */
interface Contender {
  readonly name: string;
  /** Around the handler `answer`. */
  readonly handler: string;
  /** What the schedule sends, and to whom: the warmer that is part of the stack, or the function itself. */
  readonly ping: { readonly function: string; readonly event: (count: number) => unknown };
  readonly equip?: (stack: Stack, target: lambda.Alias, count: number) => void;
}

const OURS: Contender = {
  name: 'KeepWarmSchedule',
  handler: 'keepWarm.keepWarm(answer)',
  ping: { function: 'Warm/Warmer', event: () => ({}) },
  equip: (stack, alias, environments) => {
    const mode = WarmingMode.ping({ environments, every: Duration.minutes(5) });
    new KeepWarmSchedule(stack, 'Warm', { targets: [{ alias }], mode });
  },
};

/** What its documentation tells to do: the first thing in the handler, and a permission to invoke itself. */
function lambdaWarmer(name: string, settings: string): Contender {
  return {
    name,
    handler: `async (event, context) => ((await lambdaWarmer(event, ${settings}, context)) ? 'warmed' : answer(event))`,
    ping: { function: 'Target', event: (concurrency) => ({ warmer: true, concurrency }) },
    equip: (stack, { lambda: target }) => {
      const statements = [
        new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn, `${target.functionArn}:*`] }),
      ];
      new iam.Policy(stack, 'InvokeItself', { statements, roles: [target.role!] });
    },
  };
}

const ONE_PING: Contender = {
  name: 'one ping',
  handler: 'keepWarm.keepWarm(answer)',
  ping: { function: 'Target', event: () => ({ keepWarm: { id: 'one', holdUntil: 0 } }) },
};

const PEERS: readonly Contender[] = [
  ONE_PING,
  lambdaWarmer('lambda-warmer', '{ log: false }'),
  lambdaWarmer('lambda-warmer, delay 575 ms', '{ log: false, delay: 575 }'),
];

interface Result {
  readonly environments: number;
  readonly coldStarts: number;
  readonly roundMs: number;
  readonly billedMs: number;
}

/** Environments after a round, cold starts of as many requests at once, and what a round costs that finds all of them warm. */
export async function keepWarmEnvironments(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'keep-warm-environments-'));
  const figures: Figure[] = [];
  try {
    for (const count of COUNTS) figures.push(...(await sideBySide({ count, late: false, directory })));
    figures.push(...(await sideBySide({ count: 5, late: true, directory })));
    return figures;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Scene {
  readonly count: number;
  /** The third call of Lambda is held up. */
  readonly late: boolean;
  readonly directory: string;
}

async function sideBySide(scene: Scene): Promise<Figure[]> {
  const { count, late } = scene;
  const ours = await measured(OURS, scene);
  const figures: Figure[] = [];
  for (const peer of late ? PEERS.filter((other) => other !== ONE_PING) : PEERS) {
    const theirs = await measured(peer, scene);
    const figure = (what: string, key: keyof Result, unit = ''): Figure => ({
      what: `${count} asked for${late ? `, one ping ${LATE_MS} ms late` : ''}: ${what}`,
      peer: peer.name,
      ours: ours[key],
      theirs: theirs[key],
      unit,
    });
    figures.push(figure('environments after a round', 'environments'), figure('cold starts of as many requests at once', 'coldStarts'));
    // One ping of one environment costs nothing to speak of, and does nothing for the others.
    if (late || peer === ONE_PING) continue;
    figures.push(figure('a round on warm environments', 'roundMs', 'ms'), figure('time of the target in such a round', 'billedMs', 'ms'));
  }
  return figures;
}

async function measured(contender: Contender, { count, late, directory }: Scene): Promise<Result> {
  const work = mkdtempSync(join(directory, 'run-'));
  const local = await LocalRunner.fromApp(await appOf(contender, count, work));
  try {
    const target = local.function('Target');
    if (late) local.faults.inject({ at: 'before:lambda.Invoke', kind: 'delay', nth: 3, delayMs: LATE_MS });
    const round = async () => {
      await local.function(contender.ping.function).invoke(contender.ping.event(count));
      await local.settled();
    };
    await round();
    const environments = new Set(target.environments.map(({ pid }) => pid)).size;
    const meet = join(work, 'meet');
    mkdirSync(meet);
    const before = target.coldStarts;
    await Promise.all(Array.from({ length: count }, () => target.invoke({ meet, of: count })));
    const coldStarts = target.coldStarts - before;

    const samples: { readonly roundMs: number; readonly billedMs: number }[] = [];
    for (let index = 0; index < WARM_ROUNDS; index += 1) {
      const seen = target.invocations.length;
      const since = performance.now();
      await round();
      const billedMs = target.invocations.slice(seen).reduce((sum, { durationMs = 0 }) => sum + Math.ceil(durationMs), 0);
      samples.push({ roundMs: performance.now() - since, billedMs });
    }
    const middle = (key: 'roundMs' | 'billedMs') => median(samples.map((sample) => sample[key]));
    return { environments, coldStarts, roundMs: middle('roundMs'), billedMs: middle('billedMs') };
  } finally {
    await local.stop();
  }
}

async function appOf({ handler, equip }: Contender, count: number, work: string): Promise<App> {
  const code = join(work, 'code');
  for (const [name, entry] of Object.entries(PACKAGES)) {
    const file = entry.startsWith('.') ? require.resolve(entry) : entry;
    const stdin = { contents: `module.exports = require(${JSON.stringify(file)});`, resolveDir: __dirname };
    await build({ stdin, outfile: join(code, `${name}.js`), bundle: true, platform: 'node', format: 'cjs', external: ['@aws-sdk/*'] });
  }
  writeFileSync(join(code, 'index.js'), sourceOf(handler));
  const app = new App({ outdir: join(work, 'out') });
  const stack = new Stack(app, 'Warming');
  const target = new lambda.Function(stack, 'Target', {
    code: lambda.Code.fromAsset(code),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    timeout: Duration.minutes(1),
  });
  equip?.(stack, new lambda.Alias(stack, 'Live', { aliasName: 'live', version: target.currentVersion }), count);
  return app;
}

/** A request ends when all requests have begun, so that as many as there are need as many environments. */
function sourceOf(handler: string): string {
  return `
    const fs = require('node:fs');
    const keepWarm = require('./keepWarm.js');
    const lambdaWarmer = require('./lambdaWarmer.js');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${INIT_MS});
    const answer = async ({ meet, of }) => {
      fs.writeFileSync(meet + '/' + process.pid, '');
      while (fs.readdirSync(meet).length < of) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    exports.handler = ${handler};`;
}
