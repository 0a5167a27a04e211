import type { OpenQuestion, Recommendation } from '../../../../lib/advisor/recommendation';
import { type Interviewer, interview } from '../../../../lib/cli/advise/interview';
import type { Question } from '../../../../lib/cli/advise/questions';

interface Asked {
  readonly question: Question;
  readonly problems: (string | undefined)[];
}

/** Answers by fact; an answer that the check refuses is followed by the next one of its list. */
class Answers implements Interviewer {
  readonly asked: Asked[] = [];

  constructor(private readonly answers: Readonly<Record<string, string | readonly string[]>>) {}

  async ask(question: Question, check: (answer: string) => string | undefined): Promise<string | undefined> {
    const given = this.answers[question.fact];
    const entry: Asked = { question, problems: [] };
    this.asked.push(entry);
    for (const answer of typeof given === 'string' ? [given] : (given ?? [])) {
      const problem = check(answer);
      if (problem === undefined) return answer;
      entry.problems.push(problem);
    }
    return undefined;
  }

  get facts(): string[] {
    return this.asked.map(({ question }) => question.fact);
  }
}

const asking =
  (...facts: string[]) =>
  () =>
    ({
      openQuestions: facts.map((fact): OpenQuestion => ({ fact, question: `what is ${fact}?`, flips: [] })),
    }) as unknown as Recommendation;

test('the answers make a profile as a file would hold it', async () => {
  const answers = new Answers({
    name: 'chat',
    eventSource: 'http',
    'duration.typical': '8 s',
    'duration.worst': '2 min',
    memory: '1 GB',
    gpu: 'false',
    'traffic.requestsPerMonth': '100,000',
    'traffic.shape': 'spiky',
    alwaysOn: 'true',
  });
  await expect(interview(answers, asking())).resolves.toEqual({
    name: 'chat',
    eventSource: 'http',
    duration: { typical: '8 s', worst: '2 min' },
    memory: '1 GB',
    gpu: false,
    traffic: { requestsPerMonth: 100_000, shape: 'spiky' },
    alwaysOn: true,
  });
});

test('an answer that cannot be is refused before it is taken', async () => {
  const answers = new Answers({ 'duration.typical': ['90 parsecs', '90 s'], 'traffic.requestsPerMonth': ['-5', 'many', '10'] });
  await expect(interview(answers, asking())).resolves.toEqual({ duration: { typical: '90 s' }, traffic: { requestsPerMonth: 10 } });
  const problems = answers.asked.flatMap(({ problems: found }) => found);
  expect(problems).toEqual([
    expect.stringMatching(/^duration\.typical .*90 parsecs/),
    expect.stringMatching(/^traffic\.requestsPerMonth must not be negative, got -5$/),
    expect.stringMatching(/^traffic\.requestsPerMonth must be a number, got "many"/),
  ]);
});

test('what is not known is left out, and without a usual time the worst one is not asked for', async () => {
  const answers = new Answers({});
  await expect(interview(answers, asking())).resolves.toEqual({});
  expect(answers.facts).not.toContain('duration.worst');
});

test('what the advisor misses is asked for once each, with the choices there are', async () => {
  const answers = new Answers({ name: 'x', multiAgent: 'tight', 'latency.p99': '2 s' });
  const draft = await interview(answers, asking('multiAgent', 'latency.p99', 'constraints.vpc', 'nobody.knows'));
  expect(draft).toEqual({ name: 'x', multiAgent: 'tight', latency: { p99: '2 s' } });
  expect(answers.facts.slice(-3)).toEqual(['multiAgent', 'latency.p99', 'constraints.vpc']);
  const choices = Object.fromEntries(answers.asked.map(({ question }) => [question.fact, question.choices]));
  expect(choices).toMatchObject({ multiAgent: ['none', 'loose', 'tight'], 'latency.p99': undefined, 'constraints.vpc': ['false', 'true'] });
});
