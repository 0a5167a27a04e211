import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, Lazy, Token } from 'aws-cdk-lib/core';
import { RetryPolicy } from '../../../lib/workflow/retry-policy';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { WorkflowStore } from '../../../lib/workflow/workflow-store';
import { aliasOf, newStack, problemsOf, workflowOf } from './workflow-fixture';

type Steps = Parameters<typeof workflowOf>[0];

const wait = (id: string, seconds = 1) => WorkflowStep.wait(id, { duration: Duration.seconds(seconds) });
const problems = (steps: Steps) => problemsOf(() => workflowOf(steps));

test.each<[string, Steps, string[]]>([
  ['an empty workflow', () => [], ['steps must hold at least one step, got none; add one']],
  [
    'empty lists of steps',
    () => [
      WorkflowStep.parallel('Both', { branches: [[wait('A')], []] }),
      WorkflowStep.map('Each', { items: '{% [1] %}', steps: [] }),
      WorkflowStep.parallel('None', { branches: [] }),
    ],
    [
      'step "Both" branch 2 must hold at least one step, got none; add one',
      'step "Each" steps must hold at least one step, got none; add one',
      'step "None" branches must hold at least one branch, got none; add one',
    ],
  ],
  ['two steps of one id', () => [wait('Same'), wait('Same')], ['step id "Same" must be unique, got it twice; rename one']],
  [
    'two steps of one id, one of them nested',
    () => [wait('Same'), WorkflowStep.parallel('Both', { branches: [[wait('Same')], [wait('B')]] })],
    ['step id "Same" must be unique, got it twice; rename one'],
  ],
  [
    "a step with the name of another step's state",
    (fn) => [WorkflowStep.invoke('Call', { function: fn('Call') }), wait('Call failed')],
    ['state name "Call failed" must be unique, got it from step "Call" and from step "Call failed"; rename one'],
  ],
  [
    'an id with characters that no key may hold',
    () => [wait('a/b')],
    ['step id must start with a letter and hold letters, digits, space, dot, dash and underscore, got "a/b"; rename it'],
  ],
  [
    'goTo a step that does not exist',
    () => [WorkflowStep.choice('Which', { branches: [{ when: '{% true %}', goTo: 'Nowhere' }] }), wait('After')],
    ['step "Which" goTo must name a step, got "Nowhere", which does not exist; the steps it can go to are "Which", "After"'],
  ],
  [
    'goTo a step inside another',
    () => [
      WorkflowStep.choice('Which', { branches: [{ when: '{% true %}', goTo: 'Inside' }] }),
      WorkflowStep.parallel('Both', { branches: [[wait('Inside')]] }),
    ],
    ['step "Which" goTo must name a step in its own list or in one around it, got "Inside", which is inside another step; move it'],
  ],
  [
    'a cycle',
    () => [wait('Draft'), wait('Review'), WorkflowStep.choice('Good', { branches: [{ when: '{% false %}', goTo: 'Draft' }] })],
    ['step "Good" goTo must not make a cycle, got Draft -> Review -> Good -> Draft; set atMost to bound it'],
  ],
  [
    'a cycle out of a branch',
    () => [wait('Draft'), WorkflowStep.choice('Good', { branches: [{ when: '{% false %}', steps: [wait('Fix')], goTo: 'Draft' }] })],
    ['step "Good" goTo must not make a cycle, got Draft -> Good -> Draft; set atMost to bound it'],
  ],
  [
    'a bound on a way forward',
    () => [WorkflowStep.choice('Which', { branches: [{ when: '{% true %}', goTo: 'After', atMost: 2 }] }), wait('After')],
    ['step "Which" goTo "After" leads forward, so atMost 2 bounds nothing; drop it'],
  ],
  [
    'a step that nothing leads to',
    () => [
      WorkflowStep.choice('Which', { branches: [{ when: '{% true %}', goTo: 'End' }], otherwise: { goTo: 'End' } }),
      wait('Lost'),
      wait('End'),
    ],
    ['step "Lost" must be reachable, but every way of step "Which" leads elsewhere; drop it or go to it'],
  ],
  [
    'a branch that leads nowhere',
    () => [WorkflowStep.choice('Which', { branches: [{ when: '{% true %}' }] }), wait('After')],
    ['step "Which" branch 1 needs steps or goTo, got neither; set one'],
  ],
  [
    'conditions and lists that are no JSONata',
    () => [
      WorkflowStep.choice('Which', { branches: [{ when: '$.x > 1', goTo: 'Each' }] }),
      WorkflowStep.map('Each', { items: '{% $states.input.list[ %}', steps: [wait('W')] }),
      WorkflowStep.map('Empty', { items: ' ', steps: [wait('X')] }),
    ],
    [
      'step "Which" branch 1 when must be a JSONata expression in {% %}, got "$.x > 1"; write {% ... %}',
      'step "Each" items must be a JSONata expression, got "{% $states.input.list[ %}" with no ]; close it',
      'step "Empty" needs items, got none; set a JSONata expression that gives a list',
    ],
  ],
  [
    'a wait for nothing and one for two things',
    () => [WorkflowStep.wait('None', {}), WorkflowStep.wait('Two', { duration: Duration.days(1), timestamp: '{% $now() %}' })],
    [
      'step "None" needs either duration or timestamp, got neither; set one',
      'step "Two" needs either duration or timestamp, got both; set one',
    ],
  ],
  [
    'approvals that nobody can give',
    () => [WorkflowStep.approval('Ask', { approvers: [], subject: ' ', timeout: Duration.seconds(10) })],
    [
      'step "Ask" approvers must name at least one approver, got none; add one',
      'step "Ask" subject must say what is to be approved, got an empty text; add one',
      'step "Ask" timeout must be at least 60 s, got 10 s; nobody can decide in less',
    ],
  ],
  [
    'one approver twice',
    () => [WorkflowStep.approval('Ask', { approvers: ['a@b.c', 'a@b.c'], subject: 's' })],
    ['step "Ask" approvers must differ, got a@b.c twice; drop one'],
  ],
  [
    'a heartbeat as long as the timeout',
    (fn) => [WorkflowStep.callback('Ask', { function: fn('Ask'), timeout: Duration.seconds(60), heartbeat: Duration.seconds(60) })],
    ['step "Ask" heartbeat must be shorter than its timeout of 60 s, got 60 s; shorten it or leave it out'],
  ],
  [
    'a distributed map with two sources and impossible tolerance',
    (_, stack) => {
      const bucket = new WorkflowStore(stack, 'Other').bucket;
      return [
        WorkflowStep.distributedMap('Many', {
          items: '{% [] %}',
          itemsFrom: { bucket, key: 'k' },
          toleratedFailurePercentage: 101,
          maxConcurrency: 0,
          steps: [wait('W')],
        }),
      ];
    },
    [
      'step "Many" needs either items or itemsFrom, got both; drop one',
      'step "Many" maxConcurrency must be a whole number of at least 1, got 0; raise it or leave it out',
      'step "Many" toleratedFailurePercentage must be from 0 to 100, got 101; correct it',
    ],
  ],
  [
    'retries out of range',
    (fn) => [
      WorkflowStep.invoke('Call', {
        function: fn('Call'),
        retry: RetryPolicy.of({
          infrastructure: { maxAttempts: -1, backoffRate: 0.5 },
          throttling: { interval: Duration.seconds(10), maxDelay: Duration.seconds(10) },
          onErrors: ['States.ALL', 'Mine'],
        }),
      }),
    ],
    [
      'step "Call" retry.infrastructure.maxAttempts must be at least 0 attempts, got -1 attempts; set a value in that range or leave it out',
      'step "Call" retry.infrastructure.backoffRate must be at least 1 times, got 0.5 times; set a value in that range or leave it out',
      'step "Call" retry.throttling.maxDelay must be longer than the interval of 10 s, got 10 s; raise it or leave it out',
      'step "Call" retry.onErrors must hold States.ALL alone, got States.ALL, Mine; drop the other names',
    ],
  ],
])('fails when there is %s', (_, steps, expected) => {
  expect(problems(steps)).toEqual(expected);
});

test.each([
  [71, []],
  [72, ['step id must have at most 71 characters, got 72 in "%"; shorten it, since names of further states are made from it']],
])('an id of %i characters', (length, expected) => {
  const id = 'x'.repeat(length);
  expect(problems(() => [wait(id)])).toEqual(expected.map((text) => text.replace('%', id)));
});

test.each([
  [40, []],
  [41, ['step "Each" maxConcurrency must be at most 40 iterations, got 41 iterations; use WorkflowStep.distributedMap for more']],
])('a map with %i iterations at once', (maxConcurrency, expected) => {
  expect(problems(() => [WorkflowStep.map('Each', { items: '{% [] %}', maxConcurrency, maxItems: 2, steps: [wait('W')] })])).toEqual(
    expected,
  );
});

test.each([
  [10_000, []],
  [10_001, ['step "Many" maxConcurrency must be at most 10000 executions, got 10001 executions; lower it']],
])('a distributed map with %i children at once', (maxConcurrency, expected) => {
  expect(problems(() => [WorkflowStep.distributedMap('Many', { items: '{% [] %}', maxConcurrency, steps: [wait('W')] })])).toEqual(
    expected,
  );
});

test('fails when the waits add up to more than a year, but not at a year', () => {
  expect(problems(() => [wait('Half', 15_768_000), wait('Other half', 15_768_000)])).toEqual([]);
  expect(problems(() => [wait('Half', 15_768_000), wait('Other half', 15_768_001)])).toEqual([
    'sum of the timeouts and waits on the longest path must be at most 31536000 s, got 31536001 s; shorten them, or split the workflow in two',
  ]);
});

test('side by side only the longest branch counts', () => {
  const branches = [[wait('One', 31_000_000)], [wait('Two', 31_000_000)]];
  expect(problems(() => [WorkflowStep.parallel('Both', { branches })])).toEqual([]);
});

test('fails when declared items need more history than a run has', () => {
  const each =
    (maxItems: number): Steps =>
    () => [WorkflowStep.map('Each', { items: '{% [] %}', maxItems, steps: [wait('W')] })];
  // 6 events an item (iteration, item state, wait), 4 of the map, 2 of the run.
  expect(problems(each(4_165))).toEqual([]);
  expect(problems(each(4_166))).toEqual([
    'the workflow must have at most 25000 history events, got about 25002; lower maxItems, ' +
      'or use WorkflowStep.distributedMap, whose children have a history each',
  ]);
});

test('all problems come in one error that names the construct', () => {
  const build = () => workflowOf(() => [wait('a/b'), WorkflowStep.wait('None', {})]);
  expect(build).toThrow(
    'Test/Workflow: step id must start with a letter and hold letters, digits, space, dot, dash and underscore, got "a/b"; rename it; ' +
      'step "None" needs either duration or timestamp, got neither; set one [WorkflowStateMachine.InvalidProps]',
  );
});

test.each([
  [
    'approvalAuthorizer',
    () => ({ approvalAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['a'] }) }),
  ],
])('fails when %s is set and nobody approves', (prop, props) => {
  expect(problemsOf(() => workflowOf(() => [wait('W')], props))).toEqual([
    `${prop} needs an approval step, got none; add one or drop the prop`,
  ]);
});

test.each([
  [44, []],
  [
    43,
    [
      'store retention must be at least 3801600 s, the timeout of 2592000 s and 1209600 s in which a failed run can be redriven, ' +
        'got 3715200 s; raise it or lower the timeout',
    ],
  ],
])('a store that keeps records for %i days under the timeout of 30 days', (days, expected) => {
  const store = (stack: ReturnType<typeof newStack>) => ({ store: new WorkflowStore(stack, 'Own', { retention: Duration.days(days) }) });
  expect(problemsOf(() => workflowOf(() => [wait('W')], store))).toEqual(expected);
});

test('fails when the timeout is longer than a year', () => {
  expect(
    problemsOf(() =>
      workflowOf(
        () => [wait('W')],
        () => ({ timeout: Duration.days(366) }),
      ),
    ),
  ).toEqual(['timeout must be at most 31536000 s, got 31622400 s; split the workflow in two']);
});

test('tokens pass', () => {
  const token = Duration.seconds(Token.asNumber(Lazy.number({ produce: () => 5 })));
  const { definition } = workflowOf(
    (fn) => [WorkflowStep.invoke('Call', { function: fn('Call', token), timeout: Duration.minutes(1) })],
    () => ({ timeout: token }),
  );
  expect(definition().States.Call.TimeoutSeconds).toBe(60);
});

test('fails when pinCode meets a function that this app does not define', () => {
  const stack = newStack();
  const imported = lambda.Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:eu-west-1:123456789012:function:other');
  const steps = [WorkflowStep.invoke('Call', { function: imported, timeout: Duration.minutes(1) })];
  expect(problemsOf(() => new WorkflowStateMachine(stack, 'Workflow', { steps, pinCode: true }))).toEqual([
    'pinCode needs functions that this app defines, got an imported one in step "Call"; define it here or drop pinCode',
  ]);
});

test('a definition over 1 MiB is refused', () => {
  const stack = newStack();
  const call = aliasOf(stack, 'Call');
  const steps = Array.from({ length: 450 }, (_, at) => WorkflowStep.invoke(`Call ${at}`, { function: call }));
  expect(problemsOf(() => new WorkflowStateMachine(stack, 'Workflow', { steps }))).toEqual([
    expect.stringMatching(/^definition must be at most 1048576 bytes, got \d+ bytes; split the workflow in two$/),
  ]);
});
