import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../../lib/cost/cost-model';
import type { Estimate } from '../../../../lib/cost/estimate';
import type { EstimateOptions } from '../../../../lib/cost/estimate-options';
import { ComputeTarget } from '../../../../lib/workload/compute-target';
import { EventSource, StateKind, TrafficShape, type WorkloadProfile } from '../../../../lib/workload/workload-profile';

const GB = Size.gibibytes(1);
const PROFILE: WorkloadProfile = { duration: { typical: Duration.seconds(1) }, memory: GB, traffic: { requestsPerMonth: 1_000_000 } };
const STEPS = [
  { name: 'search', duration: { typical: Duration.minutes(4) }, waiting: Duration.minutes(3) },
  { name: 'write', duration: { typical: Duration.minutes(6) }, memory: Size.gibibytes(2) },
];
const RESEARCH: WorkloadProfile = { steps: STEPS, memory: GB, traffic: { requestsPerMonth: 1000 } };

function of(target: ComputeTarget, more: Partial<WorkloadProfile> = {}, options: EstimateOptions = {}): Estimate {
  return CostModel.estimate({ ...PROFILE, ...more }, target, options);
}

const quantityOf = ({ lines }: Estimate, item: string) =>
  lines.filter((line) => line.item.startsWith(item)).map(({ quantity }) => quantity);

test('a workflow has a function for each step with its own memory, and waits without one', () => {
  const estimate = CostModel.estimate(RESEARCH, ComputeTarget.STEP_FUNCTIONS_STANDARD);
  expect(quantityOf(estimate, 'Step Functions Standard')).toEqual([3000]);
  expect(quantityOf(estimate, 'Lambda duration')).toEqual([60_000, 720_000]);
  expect(estimate.assumptions.join()).toContain('callback');
});

test('a durable execution pays for no wait, and for calls of 15 minutes at most', () => {
  const estimate = CostModel.estimate(RESEARCH, ComputeTarget.LAMBDA_DURABLE);
  expect(quantityOf(estimate, 'durable operations')).toEqual([4000]);
  expect(quantityOf(estimate, 'Lambda requests')).toEqual([2000]);
  expect(quantityOf(estimate, 'Lambda duration')[0]).toBeCloseTo(420_000, 3);
  const long = of(ComputeTarget.LAMBDA_DURABLE, { duration: { typical: Duration.minutes(46) }, traffic: { requestsPerMonth: 1 } });
  expect(quantityOf(long, 'Lambda requests')).toEqual([4]);
});

test('AgentCore pays for memory while it waits, and for no CPU', () => {
  const estimate = CostModel.estimate(RESEARCH, ComputeTarget.AGENTCORE_RUNTIME);
  expect(quantityOf(estimate, 'AgentCore Runtime active')[0]).toBeCloseTo((1000 * 7) / 60, 6);
  expect(quantityOf(estimate, 'AgentCore Runtime memory')[0]).toBeCloseTo((1000 * 10) / 60, 6);
});

test('what is asked over HTTP stays up on Fargate behind a load balancer; jobs start and stop', () => {
  const service = of(ComputeTarget.FARGATE, { eventSource: EventSource.HTTP });
  expect(service.lines.map(({ item }) => item)).toContain('application load balancer');
  expect(service.idleFloor).toBeGreaterThan(16.42);
  const jobs = of(ComputeTarget.FARGATE, { eventSource: EventSource.QUEUE, traffic: { requestsPerMonth: 10 } });
  expect(jobs.idleFloor).toBe(0);
  expect(quantityOf(jobs, 'Fargate vCPU')).toEqual([10 * 60 * 0.5]);
  expect(quantityOf(jobs, 'SQS')).toEqual([30]);
});

test('tasks are added when one is busy enough, for the hours in which requests come', () => {
  const busy = { requestsPerMonth: 730 * 3600, activeHoursPerDay: 12 };
  const estimate = of(ComputeTarget.FARGATE, { alwaysOn: true, traffic: busy });
  // Two pieces of work at once, each task busy for 70 % of its time: three tasks, two of them for half of the month.
  expect(quantityOf(estimate, 'Fargate vCPU')).toEqual([730 * 3600 * 0.5, 2 * 365 * 3600 * 0.5]);
  const four = of(ComputeTarget.FARGATE, { alwaysOn: true, traffic: busy }, { concurrencyPerTask: 4 });
  expect(quantityOf(four, 'Fargate vCPU')).toEqual([730 * 3600 * 0.5]);
});

test('a GPU that holds the model is chosen', () => {
  const gpu = (modelGib: number) => of(ComputeTarget.ECS_GPU, { gpu: true, alwaysOn: true, modelSize: Size.gibibytes(modelGib) });
  expect(gpu(8).lines[0]?.item).toBe('EC2 g4dn.xlarge');
  expect(gpu(20).lines[0]?.item).toBe('EC2 g5.xlarge');
  expect(gpu(80).lines[0]?.item).toBe('EC2 g5.12xlarge');
});

test('Managed Instances never go below three', () => {
  expect(quantityOf(of(ComputeTarget.LAMBDA_MANAGED_INSTANCES), 'Managed Instances, EC2')).toEqual([3 * 730]);
});

test('hot and cold share the requests by the shape of the traffic', () => {
  const calls = (shape: TrafficShape) =>
    quantityOf(of(ComputeTarget.HOT_COLD, { traffic: { requestsPerMonth: 1000, shape } }), 'Lambda requests')[0];
  expect(calls(TrafficShape.STEADY)).toBeCloseTo(50, 6);
  expect(calls(TrafficShape.SPIKY)).toBeCloseTo(500, 6);
});

test('a hybrid sends the long requests to containers', () => {
  const estimate = of(ComputeTarget.HYBRID_ROUTER, { duration: { typical: Duration.seconds(1), worst: Duration.minutes(18) } });
  expect(quantityOf(estimate, 'Lambda requests')).toEqual([1_000_000, 900_000]);
  expect(estimate.assumptions.join()).toContain('10 % of the requests are long (duration.worst)');
});

test.each([
  [EventSource.SCHEDULE, 'EventBridge Scheduler invocations'],
  [EventSource.WEBSOCKET, 'API Gateway WebSocket messages'],
  [EventSource.QUEUE, 'SQS requests (standard)'],
])('what brings a request by %s is priced', (eventSource, item) => {
  expect(of(ComputeTarget.LAMBDA_ZIP, { eventSource }).lines.map((line) => line.item)).toContain(item);
});

test('tokens are priced where the profile states their prices', () => {
  const tokens = { input: 1000, output: 100 };
  const priced = of(ComputeTarget.LAMBDA_ZIP, { tokens: { ...tokens, inputPrice: 3, outputPrice: 15 } });
  expect(priced.monthly - of(ComputeTarget.LAMBDA_ZIP).monthly).toBeCloseTo(1000 * 3 + 100 * 15, 6);
  expect(of(ComputeTarget.LAMBDA_ZIP, { tokens }).assumptions.join()).toContain('tokens of the model are left out');
});

test('says what it leaves out, and whose prices stand in', () => {
  const { assumptions } = of(ComputeTarget.LAMBDA_ZIP, {
    constraints: { vpc: true, region: 'eu-central-1' },
    state: { kind: StateKind.CONVERSATION },
  });
  expect(assumptions).toEqual(
    expect.arrayContaining([
      'NAT gateways and endpoints of the VPC are left out',
      'the store of the state is left out',
      'prices of us-east-1 stand in for those of eu-central-1, which do not ship',
    ]),
  );
});

test('fails with the near name where there is no such target', () => {
  expect(() => of('lambda-imge' as ComputeTarget)).toThrow('unknown target "lambda-imge", did you mean lambda-image');
});

test.each([
  [{ traffic: { requestsPerMonth: -1 } }, {}, 'traffic.requestsPerMonth must be a number from 0 to 1000000000000000000, got -1'],
  [{ traffic: { requestsPerMonth: 1, activeHoursPerDay: 25 } }, {}, 'traffic.activeHoursPerDay must be over 0 and at most 24, got 25'],
  [{}, { utilization: 0 }, 'utilization must be over 0 and at most 1, got 0'],
  [{}, { concurrencyPerTask: 0.5 }, 'concurrencyPerTask must be at least 1, got 0.5'],
  [{}, { monthHours: 0 }, 'monthHours must be over 0 and at most 744, got 0'],
])('fails when %j and %j', (profile, options, message) => {
  expect(() => of(ComputeTarget.FARGATE, profile, options)).toThrow(message);
});
