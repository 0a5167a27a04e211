import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'aws-cdk-lib/core';
import { type Dial, dialsOf } from '../../../lib/advisor/dials';
import type { FlipFact, Recommendation } from '../../../lib/advisor/recommendation';
import { WorkloadAdvisor } from '../../../lib/advisor/workload-advisor';
import { fieldOf } from '../../../lib/cli/advise/questions';
import { readProfile } from '../../../lib/workload/read-profile';
import type { WorkloadProfile } from '../../../lib/workload/workload-profile';

jest.setTimeout(120_000);

const FOLDER = join(__dirname, '..', '..', '..', 'examples', 'profiles');

/** What each of the cases is about, and the answer: the verdict, the target, and the rules that must have spoken for it. */
const CASES: Readonly<Record<string, { verdict: string; first: string; rules: readonly string[] }>> = {
  'chatbot-spikes': { verdict: 'serverless', first: 'lambda-zip', rules: ['bursty-or-low-traffic', 'spiky-chatbot', 'pay-per-use'] },
  'document-pipeline': { verdict: 'serverless', first: 'step-functions-standard', rules: ['event-driven', 'event-pipeline'] },
  'sentiment-api': { verdict: 'serverless', first: 'lambda-image', rules: ['small-model', 'short-simple-inference'] },
  'research-agent': { verdict: 'serverless', first: 'step-functions-standard', rules: ['cuttable-long-work'] },
  'llm-8gb': { verdict: 'serverless', first: 'lambda-image', rules: ['eight-to-ten-gigabytes'] },
  'support-bot': { verdict: 'traditional', first: 'fargate', rules: ['always-on-low-latency'] },
  'thousands-per-minute': { verdict: 'traditional', first: 'fargate', rules: ['sustained-thousands-per-minute', 'busy-past-break-even'] },
};

type Json = Record<string, unknown>;

function fileOf(name: string): Json {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Json;
}

function profileOf(json: Json): WorkloadProfile {
  const { profile, problems } = readProfile(json);
  expect(problems).toEqual([]);
  return profile!;
}

const recommend = (json: Json, estimates = false): Recommendation => WorkloadAdvisor.recommend(profileOf(json), { estimates });
const firstOf = ({ targets }: Recommendation) => targets[0]!.target;

/** The profile's file with another value of one fact. */
function changed(json: Json, fact: string, value: unknown): Json {
  const copy = structuredClone(json);
  const path = fact.replace(/\[(\d+)\]/g, '.$1').split('.');
  const last = path.pop()!;
  let holder = copy;
  for (const name of path) {
    holder[name] ??= {};
    holder = holder[name] as Json;
  }
  holder[last] = value;
  return copy;
}

/** A number as the file would state it: of a time in seconds, of a size in kilobytes. */
function stated(fact: string, value: number): unknown {
  const kind = fieldOf(fact)?.shape.kind;
  if (kind === 'duration' || kind === 'timeRange') return { seconds: value };
  return kind === 'size' ? { kilobytes: value / 1024 } : value;
}

/** A choice or a flag as the file would state it. */
const chosen = (fact: string, at: string): unknown => (fieldOf(fact)?.shape.kind === 'flag' ? at === 'true' : at);

function afterFlip(json: Json, { fact, at, value }: FlipFact): Recommendation | undefined {
  // What is cut in steps cannot be told in one field.
  if (fact === 'steps') return undefined;
  return recommend(changed(json, fact, value === undefined ? chosen(fact, at) : stated(fact, value)));
}

test('every profile of the examples is a case', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(
    Object.keys(CASES)
      .map((name) => `${name}.json`)
      .sort(),
  );
});

describe.each(Object.entries(CASES))('%s', (name, { verdict, first, rules }) => {
  const json = fileOf(name);
  const now = recommend(json, true);

  test(`belongs on ${first}`, () => {
    expect({ verdict: now.verdict, first: firstOf(now) }).toEqual({ verdict, first });
    expect(now.targets[0]).toMatchObject({ fits: true, comparisonOnly: false });
  });

  test('says why, and what a month costs', () => {
    expect(now.rules.map(({ id }) => id)).toEqual(expect.arrayContaining([...rules]));
    expect(now.targets[0]!.reasons.length).toBeGreaterThan(0);
    expect(now.targets[0]!.estimate!.monthly).toBeGreaterThan(0);
    expect(now.summary).toMatch(verdict === 'serverless' ? /^Serverless: / : /^Not serverless: /);
  });

  test('each fact that would flip it does, when it is changed', () => {
    const applied = now.flips.filter((flip) => {
      const then = afterFlip(json, flip);
      if (then === undefined) return false;
      expect({ fact: flip.fact, verdict: then.verdict }).toEqual({ fact: flip.fact, verdict: flip.verdict });
      expect({ fact: flip.fact, becomes: `${then.verdict}: ${then.targets[0]!.name}` }).toEqual({ fact: flip.fact, becomes: flip.becomes });
      return true;
    });
    expect(applied.length).toBeGreaterThan(3);
    expect(applied.some((flip) => flip.verdict !== now.verdict)).toBe(true);
  });

  test('a number moved by a fifth changes nothing, unless a threshold that is told lies between', () => {
    const between = ({ fact, value }: Dial, moved: number) =>
      now.flips.some((flip) => {
        if (flip.fact !== fact || flip.value === undefined) return false;
        return flip.value >= Math.min(value, moved) / 1.002 && flip.value <= Math.max(value, moved) * 1.002;
      });
    const moves = dialsOf(profileOf(json)).flatMap((dial) => [0.8, 1.2].map((factor) => ({ dial, moved: dial.value * factor })));
    const kept = moves.filter(({ dial, moved }) => moved > 0 && moved >= dial.least && moved <= dial.most && !between(dial, moved));
    for (const { dial, moved } of kept) {
      const then = recommend(changed(json, dial.fact, stated(dial.fact, moved)));
      expect({ fact: dial.fact, moved, verdict: then.verdict, first: firstOf(then) }).toEqual({ fact: dial.fact, moved, verdict, first });
    }
    expect(kept.length).toBeGreaterThan(8);
  });
});

test('above the memory of a function, instances that never stop are an answer to steady traffic alone', () => {
  const large = { ...fileOf('llm-8gb'), memory: '16 GB', eventSource: 'http' };
  const steady = { requestsPerMonth: 500_000, peakPerSecond: 5, shape: 'steady' };
  expect(firstOf(recommend(large))).toBe('fargate');
  expect(firstOf(recommend({ ...large, duration: { typical: '1 s', worst: '5 s' }, traffic: steady }))).toBe('lambda-managed-instances');
});

test('what speaks for another target is told as such among the risks', () => {
  const instances = recommend(fileOf('llm-8gb')).targets.find(({ target }) => target === 'lambda-managed-instances');
  expect(instances?.risks).toContain(
    'speaks for another target: traffic is bursty: capacity follows it by itself, and costs nothing while nothing comes',
  );
});

test('a size that is no whole number of bytes is a size like any other', () => {
  const size = Size.gibibytes(1.1);
  const { targets } = WorkloadAdvisor.recommend({ memory: size, packageSize: size, payload: { request: size, response: size } });
  expect(targets.length).toBeGreaterThan(10);
});
