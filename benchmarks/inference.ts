import { existsSync, readFileSync } from 'node:fs';
import { Gateway } from '../lib/local/gateway/gateway';
import { LambdaService } from '../lib/local/lambda/lambda-service';
import { readLabelledSentences } from '../scripts/model/labelled-sentences';
import { imageSizes } from './image-size';
import { type Contender, imageContender, specOf, webContender } from './inference-contenders';
import { median } from './measure';
import type { Figure } from './report';

const BATCH = 32;
const CALLS_PER_ROUND = 40;
const BATCHES_PER_ROUND = 8;
const WARM_UP_CALLS = 10;
/** What is wanted of a warm answer for one sentence, at the 99th percentile. */
const BAR_MS = 100;
const SAME_COSINE = 0.99;
/** The kernel counts CPU time in hundredths of a second. */
const MS_PER_TICK = 10;

const SENTENCES = readLabelledSentences().map(({ text }) => text);

interface Measured {
  readonly cold: number[];
  readonly one: number[];
  readonly batch: number[];
  readonly rss: number[];
  /** CPU of the process up to the first answer, and for each warm sentence. */
  readonly coldCpu: number[];
  readonly oneCpu: number[];
}

/** The sentiment function behind the Runtime API of the local run, and the same handler and model with another runtime of the same version. */
export async function inferenceTimes(rounds: number): Promise<Figure[]> {
  const peer = await webContender();
  if (peer === undefined) console.log('onnxruntime-web cannot be fetched here, so there is nothing to compare with');
  const contenders = [imageContender(), ...(peer === undefined ? [] : [peer])];
  const measured = new Map<Contender, Measured>(
    contenders.map((contender) => [contender, { cold: [], one: [], batch: [], rss: [], coldCpu: [], oneCpu: [] }]),
  );
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes second finds the machine as the first left it, so the order changes.
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    await measureRound(order, measured, round);
  }
  const [ours, theirs] = contenders.map((contender) => measured.get(contender)) as [Measured, Measured | undefined];
  return [...figures(ours, theirs, peer?.name ?? ''), ...imageSizes()];
}

/** New environments for everyone, then warm calls in turn. */
async function measureRound(contenders: readonly Contender[], measured: ReadonlyMap<Contender, Measured>, round: number): Promise<void> {
  const gateway = new Gateway();
  await gateway.start();
  const lambda = new LambdaService({ functions: contenders.map(specOf), gateway, region: 'us-east-1', accountId: '000000000000' });
  const time = async (functionName: string, input: object) => {
    const since = performance.now();
    const { functionError, payload } = await lambda.invoke({
      functionName,
      payload: JSON.stringify(input),
      invocationType: 'RequestResponse',
    });
    if (functionError !== undefined) throw new Error(`${functionName} failed: ${payload}`);
    return performance.now() - since;
  };
  const pid = ({ name }: Contender) => lambda.environments(name)[0]?.pid;
  const sentence = (call: number) => SENTENCES[(round * CALLS_PER_ROUND + call * 7) % SENTENCES.length] as string;
  try {
    for (const contender of contenders) measured.get(contender)?.cold.push(await time(contender.name, { text: sentence(0) }));
    for (const contender of contenders) measured.get(contender)?.coldCpu.push(cpuOf(pid(contender)));
    const before = new Map<Contender, number>();
    for (let call = 0; call < WARM_UP_CALLS + CALLS_PER_ROUND; call += 1) {
      if (call === WARM_UP_CALLS) for (const contender of contenders) before.set(contender, cpuOf(pid(contender)));
      for (const contender of contenders) {
        const taken = await time(contender.name, { text: sentence(call) });
        if (call >= WARM_UP_CALLS) measured.get(contender)?.one.push(taken);
      }
    }
    for (const contender of contenders) {
      measured.get(contender)?.oneCpu.push((cpuOf(pid(contender)) - (before.get(contender) ?? 0)) / CALLS_PER_ROUND);
    }
    for (let call = 0; call < BATCHES_PER_ROUND; call += 1) {
      const texts = Array.from({ length: BATCH }, (_, index) => sentence(call * BATCH + index));
      for (const contender of contenders) measured.get(contender)?.batch.push(await time(contender.name, { texts }));
    }
    if (round === 0) await sameAnswers(lambda, contenders);
    for (const contender of contenders) measured.get(contender)?.rss.push(rssOf(pid(contender)));
  } finally {
    await lambda.close();
    await gateway.close();
  }
}

/** Both read the same model, so their embeddings agree but for rounding: a difference would make the comparison void. */
async function sameAnswers(lambda: LambdaService, contenders: readonly Contender[]): Promise<void> {
  const payload = JSON.stringify({ text: SENTENCES[0], embeddings: true });
  const embeddings: number[][] = [];
  for (const { name } of contenders) {
    const answer = await lambda.invoke({ functionName: name, payload, invocationType: 'RequestResponse' });
    embeddings.push((JSON.parse(answer.payload.toString()) as { embedding: number[] }).embedding);
  }
  const [ours, theirs = ours] = embeddings as [number[], number[]?];
  const cosine = ours.reduce((sum, value, index) => sum + value * (theirs[index] as number), 0);
  if (cosine < SAME_COSINE) throw new Error(`the contenders disagree on the same sentence, cosine ${cosine}`);
}

function figures(ours: Measured, theirs: Measured | undefined, peer: string): Figure[] {
  const row = (what: string, of: (measured: Measured) => number, unit: string, bar?: number): Figure => ({
    what,
    peer,
    ours: of(ours),
    unit,
    ...(theirs === undefined ? {} : { theirs: of(theirs) }),
    ...(bar === undefined ? {} : { bar }),
  });
  const alone = percentile(ours.one, 0.99);
  return [
    row('cold: start of the process to the first answer', ({ cold }) => median(cold), 'ms'),
    row('one sentence, warm, p50', ({ one }) => percentile(one, 0.5), 'ms'),
    row('one sentence, warm, p99', ({ one }) => percentile(one, 0.99), 'ms'),
    { what: 'one sentence, warm, p99', peer: '', ours: alone, unit: 'ms', bar: BAR_MS },
    row(`${BATCH} sentences, warm, p50`, ({ batch }) => percentile(batch, 0.5), 'ms'),
    row(`${BATCH} sentences, warm, p99`, ({ batch }) => percentile(batch, 0.99), 'ms'),
    ...(existsSync('/proc/self/stat')
      ? [
          row('CPU of a cold start', ({ coldCpu }) => median(coldCpu), 'ms'),
          row('CPU of one sentence, warm', ({ oneCpu }) => mean(oneCpu), 'ms'),
          row('memory of the environment', ({ rss }) => median(rss), 'MiB'),
        ]
      : []),
  ];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.ceil(share * sorted.length) - 1] as number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** CPU that a process has had, in milliseconds; 0 where the system does not tell. */
function cpuOf(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  const stat = readFileSync(file, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** Resident memory in MiB, 0 where the system does not tell. */
function rssOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) / 1_024;
}
