import { Duration } from 'aws-cdk-lib';
import { CostModel } from '../../../../lib/cost/cost-model';
import { plainOrders, reference, referenceInEurope, referenceOfANewAccount, supportDesk } from '../../../fixtures/good/ours';
import { amounts, assemblyOf } from './synthesized';

// The example imports the package by its name, as any app does.
jest.mock('cdk-serverless-ai', () => jest.requireActual('../../../../lib/index'), { virtual: true });

/** Times of the calls that the stack's own schedules make, as they were measured. */
const SCHEDULED = [
  { resource: 'Sentiment/Function', scheduledDuration: Duration.millis(270) },
  { resource: 'Warm/Warmer', scheduledDuration: Duration.seconds(1) },
  { resource: 'Research/Approvals/Handler/Function', scheduledDuration: Duration.millis(100) },
];

/** The table of the README: endpoints, cache, provisioned concurrency, the time of keep-warm rounds. */
const TABLE = {
  'Reference/Network/Endpoint-bedrock-runtime: interface endpoints': 14.6,
  'Reference/Network/Endpoint-ecr.api: interface endpoints': 14.6,
  'Reference/Network/Endpoint-ecr.dkr: interface endpoints': 14.6,
  'Reference/Network/Endpoint-logs: interface endpoints': 14.6,
  'Reference/Network/Endpoint-sqs: interface endpoints': 14.6,
  'Reference/Memory: ElastiCache Serverless data (valkey)': 6.132,
  'Reference/Sentiment/Function: Lambda duration (arm64)': 0.109,
  'Reference/Warm/Warmer: Lambda duration (arm64)': 0.0292,
};
const CHAT = { 'Reference/Chat/Function: Lambda provisioned concurrency (arm64)': 15.1335 };

/** What the README leaves out of its table and names below it, or what comes to a cent. */
const BESIDE = {
  'Reference/Sentiment/Function: Lambda requests': 0.0035,
  'Reference/Warm/Warmer: Lambda requests': 0.0018,
  'Reference/Warm/Schedule: EventBridge Scheduler invocations': 0.0088,
  'Reference/Research/Approvals/Handler/Function: Lambda requests': 0.0018,
  'Reference/Research/Approvals/Handler/Function: Lambda duration (arm64)': 0.0029,
  'Reference/Research/Approvals/Sweep: EventBridge Scheduler invocations': 0.0088,
  'Reference/Workers/Waiting: CloudWatch alarms': 0.2,
  'Reference/Workers/Backlog: CloudWatch alarms': 0.6,
  'Reference/Workers/Idle: CloudWatch alarms': 0.2,
};

const sumOf = (lines: Record<string, number>) => Object.values(lines).reduce((sum, amount) => sum + amount, 0);

describe('the reference stack', () => {
  let directory: string;
  beforeAll(() => {
    directory = assemblyOf(reference);
  });

  test('costs while idle what the README says, line by line, and alarms beside it', () => {
    const estimate = CostModel.estimateAssembly(directory, { resources: SCHEDULED });
    expect(amounts(estimate)).toEqual({ ...TABLE, ...CHAT, ...BESIDE });
    expect(sumOf({ ...TABLE, ...CHAT })).toBeCloseTo(94.4, 2);
    expect(estimate.monthly).toBe(estimate.idleFloor);
  });

  test('of a new account it has no provisioned concurrency', () => {
    const estimate = CostModel.estimateAssembly(assemblyOf(referenceOfANewAccount), { resources: SCHEDULED });
    expect(amounts(estimate)).toEqual({ ...TABLE, ...BESIDE });
    expect(sumOf(TABLE)).toBeCloseTo(79.27, 2);
  });

  test('what it takes for granted is said', () => {
    const { assumptions } = CostModel.estimateAssembly(directory);
    expect(assumptions).toEqual(
      expect.arrayContaining([
        'the assembly names no Region: prices are those of us-east-1',
        'no load is stated: only what is due while nothing is requested is counted',
        'Reference/Warm/Warmer calls Reference/Sentiment/Function 2 times: 17,520 a month',
        'the time of the scheduled calls of Reference/Warm/Warmer is not stated (scheduledDuration): only their number is counted',
        'the metrics of Container Insights of Reference/Workers/Cluster are not counted',
        'the storage of 2 container images that a deployment pushes to ECR is not counted',
      ]),
    );
    expect(assumptions.filter((sentence) => sentence.startsWith('not priced'))).toEqual([]);
  });

  test('in another Region it is estimated with the prices that ship, and says so', () => {
    const { assumptions } = CostModel.estimateAssembly(assemblyOf(referenceInEurope));
    expect(assumptions[0]).toBe('prices of us-east-1 stand in for those of eu-central-1, which do not ship');
  });

  test('a load goes through its workflow', () => {
    const estimate = CostModel.estimateAssembly(directory, {
      resources: [
        ...SCHEDULED,
        { resource: 'Research', requestsPerMonth: 1_000, mapItems: [{ state: 'Search sources', items: 4 }] },
        { resource: 'Search/Function', duration: Duration.seconds(3) },
      ],
    });
    const calls = estimate.lines.find(({ item, idle }) => item === 'Reference/Search/Function: Lambda requests' && !idle);
    expect(calls?.quantity).toBe(4_000);
  });
});

describe('the examples', () => {
  test('support-desk: every resource is priced or free', () => {
    const estimate = CostModel.estimateAssembly(assemblyOf(supportDesk));
    expect(estimate.assumptions.filter((sentence) => sentence.startsWith('not priced'))).toEqual([]);
    expect(amounts(estimate)).toEqual({
      'SupportDesk/PagerKey: Secrets Manager secrets': 0.4,
      'SupportDesk/FrontFails: CloudWatch alarms': 0.1,
      'SupportDesk/Tickets/Approvals/Handler/Function: Lambda requests': 0.0018,
      'SupportDesk/Tickets/Approvals/Sweep: EventBridge Scheduler invocations': 0.0088,
    });
  });

  test('plain-cdk: an app without constructs of ours', () => {
    const estimate = CostModel.estimateAssembly(assemblyOf(plainOrders));
    expect(estimate.assumptions.filter((sentence) => sentence.startsWith('not priced'))).toEqual([]);
    expect(estimate.lines).toEqual([
      expect.objectContaining({ item: 'PlainOrders/Report: Lambda requests', quantity: expect.closeTo(730 / 24, 6), idle: true }),
    ]);
    expect(estimate.monthly).toBeLessThan(0.01);
  });
});
