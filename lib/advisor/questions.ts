import { Duration, Size } from 'aws-cdk-lib/core';
import { LAMBDA_TIMEOUT } from '../quotas/lambda-quotas';
import { factsOf, type WorkloadFacts } from '../workload/workload-facts';
import { AgentCoupling, EventSource, StateKind, TrafficShape, type WorkloadProfile } from '../workload/workload-profile';
import { answerText, decide, sameAnswer } from './decide';
import type { OpenQuestion } from './recommendation';

interface PossibleAnswer {
  readonly text: string;
  readonly put: (profile: WorkloadProfile) => WorkloadProfile;
}

/** A fact that has no default, what to ask, and answers that stand for all that matter. */
interface Question {
  readonly fact: string;
  readonly isOpen: (profile: WorkloadProfile, facts: WorkloadFacts) => boolean;
  readonly question: string;
  readonly answers: readonly PossibleAnswer[];
}

const put = (text: string, change: Partial<WorkloadProfile>): PossibleAnswer => ({ text, put: (profile) => ({ ...profile, ...change }) });

const seconds = (text: string, value: number) => put(text, { duration: { typical: Duration.seconds(value) } });
const megabytes = (text: string, value: number) => put(text, { memory: Size.mebibytes(value) });

const traffic = (text: string, requestsPerMonth: number): PossibleAnswer => ({
  text,
  put: (profile) => ({ ...profile, traffic: { ...profile.traffic, requestsPerMonth } }),
});

function shaped(shape: TrafficShape): PossibleAnswer {
  return {
    text: shape,
    // The shape of traffic matters before its amount is known; no request at all leaves everything else open.
    put: (profile) => ({ ...profile, traffic: { ...profile.traffic, requestsPerMonth: profile.traffic?.requestsPerMonth ?? 0, shape } }),
  };
}

/** Cut into pieces of a minute, as many as the work takes. */
const CUT: PossibleAnswer = {
  text: 'steps of under 15 minutes each',
  put: (profile) => {
    const { worstSeconds = 0 } = factsOf(profile);
    const count = Math.max(2, Math.min(1_000, Math.ceil(worstSeconds / 600)));
    const duration = { typical: Duration.millis((worstSeconds * 1_000) / count) };
    return { ...profile, steps: Array.from({ length: count }, (_, index) => ({ name: `step ${index + 1}`, duration })) };
  },
};

const QUESTIONS: readonly Question[] = [
  {
    fact: 'duration',
    isOpen: (_, { worstSeconds }) => worstSeconds === undefined,
    question: 'how long does one piece of work take, typically and at worst',
    answers: [seconds('1 s', 1), seconds('2 min', 120), seconds('14 min', 840), seconds('40 min', 2_400), seconds('10 h', 36_000)],
  },
  {
    fact: 'steps',
    isOpen: ({ steps }, { worstSeconds }) => steps === undefined && (worstSeconds ?? 0) > LAMBDA_TIMEOUT.max!,
    question: 'can the work be cut into steps that run on their own, and how long does each take',
    answers: [CUT],
  },
  {
    fact: 'memory',
    isOpen: (_, { stepMemoryBytes }) => stepMemoryBytes === undefined,
    question: 'how much memory does one piece of work need at its peak, the model included',
    answers: [megabytes('512 MB', 512), megabytes('8 GB', 8_192), megabytes('16 GB', 16_384), megabytes('64 GB', 65_536)],
  },
  {
    fact: 'packageSize',
    isOpen: ({ packageSize }) => packageSize === undefined,
    question: 'how large are code and dependencies when they are unpacked',
    answers: [
      put('50 MB', { packageSize: Size.mebibytes(50) }),
      put('2 GB', { packageSize: Size.mebibytes(2_048) }),
      put('12 GB', { packageSize: Size.mebibytes(12_288) }),
    ],
  },
  {
    fact: 'traffic.requestsPerMonth',
    isOpen: (_, { requestsPerMonth }) => requestsPerMonth === undefined,
    question: 'how many requests come in a month',
    answers: [traffic('1,000', 1_000), traffic('1 million', 1e6), traffic('1 billion', 1e9)],
  },
  {
    fact: 'traffic.shape',
    isOpen: (_, { shape }) => shape === undefined,
    question: 'is traffic steady, bursty (quiet and busy hours) or spiky (peaks of a hundred times the average)',
    answers: Object.values(TrafficShape).map(shaped),
  },
  {
    fact: 'eventSource',
    isOpen: ({ eventSource }) => eventSource === undefined,
    question: 'what starts the work: a request that somebody waits for, or an event',
    answers: Object.values(EventSource).map((eventSource) => put(eventSource, { eventSource })),
  },
  {
    fact: 'multiAgent',
    isOpen: ({ multiAgent }) => multiAgent === undefined,
    question: 'do several agents work together, and do they share memory',
    answers: Object.values(AgentCoupling).map((multiAgent) => put(multiAgent, { multiAgent })),
  },
  {
    fact: 'state.kind',
    isOpen: ({ state }) => state === undefined,
    question: 'what is kept between requests: nothing, a conversation, or records for days',
    answers: Object.values(StateKind).map((kind) => put(kind, { state: { kind } })),
  },
  {
    fact: 'payload.request',
    isOpen: ({ payload }) => payload?.request === undefined,
    question: 'how large is the largest request',
    answers: [put('10 KB', { payload: { request: Size.kibibytes(10) } }), put('20 MB', { payload: { request: Size.mebibytes(20) } })],
  },
  {
    fact: 'payload.response',
    isOpen: ({ payload }) => payload?.response === undefined,
    question: 'how large is the largest answer',
    answers: [put('10 KB', { payload: { response: Size.kibibytes(10) } }), put('20 MB', { payload: { response: Size.mebibytes(20) } })],
  },
];

/** Answers that together make a load heavy: what matters only beside other missing facts shows up here. */
const HEAVY: Readonly<Record<string, PossibleAnswer>> = {
  duration: seconds('1 s', 1),
  memory: megabytes('1 GB', 1_024),
  'traffic.requestsPerMonth': traffic('100 million', 1e8),
  'traffic.shape': shaped(TrafficShape.STEADY),
};

function heavyBeside(profile: WorkloadProfile, asked: Question): WorkloadProfile {
  const facts = factsOf(profile);
  const others = QUESTIONS.filter(
    (question) => question !== asked && HEAVY[question.fact] !== undefined && question.isOpen(profile, facts),
  );
  return others.reduce((filled, { fact }) => HEAVY[fact]!.put(filled), profile);
}

const openNow = (profile: WorkloadProfile) => {
  const facts = factsOf(profile);
  return QUESTIONS.filter(({ isOpen }) => isOpen(profile, facts));
};

function flipsIn(profile: WorkloadProfile, { fact, answers }: Question, together: string): OpenQuestion['flips'] {
  const now = decide(profile);
  return answers.flatMap(({ text, put }) => {
    const then = decide(put(profile));
    return sameAnswer(then, now)
      ? []
      : [{ fact, now: 'not known', at: text, becomes: `${answerText(then)}${together}`, verdict: then.verdict }];
  });
}

/** Missing facts that could change the answer, each with answers that would. */
export function openQuestionsOf(profile: WorkloadProfile): OpenQuestion[] {
  return openNow(profile).flatMap((question) => {
    const alone = flipsIn(profile, question, '');
    const flips = alone.length > 0 ? alone : flipsIn(heavyBeside(profile, question), question, ', under a steady load of many requests');
    return flips.length === 0 ? [] : [{ fact: question.fact, question: question.question, flips }];
  });
}
