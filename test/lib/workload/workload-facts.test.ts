import { Duration, Size } from 'aws-cdk-lib/core';
import { factsOf } from '../../../lib/workload/workload-facts';
import { EventSource, TrafficShape, type WorkloadProfile } from '../../../lib/workload/workload-profile';

const MONTH = 730 * 3_600;
const GIB = 1024 ** 3;

const STEPS: WorkloadProfile = {
  memory: Size.gibibytes(1),
  steps: [
    { name: 'a', duration: { typical: Duration.minutes(2), worst: Duration.minutes(5) } },
    { name: 'b', duration: { typical: Duration.minutes(10) }, waiting: Duration.minutes(8), memory: Size.gibibytes(4), gpu: true },
  ],
};

test('nothing is known of an empty profile but what has a documented default', () => {
  const told = Object.entries(factsOf({})).filter(([, value]) => value !== undefined && value !== false);
  expect(Object.fromEntries(told)).toEqual({ steps: [], modelBytes: 0, gpuSteps: 0 });
});

test('times of the whole are the sum of the steps, and the longest step is the one that works longest', () => {
  expect(factsOf(STEPS)).toMatchObject({ typicalSeconds: 720, worstSeconds: 900, longestStepSeconds: 300, gpuSteps: 1 });
});

test('a duration that is told goes before the sum, since steps may run beside one another', () => {
  expect(factsOf({ ...STEPS, duration: { typical: Duration.minutes(11) } })).toMatchObject({ typicalSeconds: 660, worstSeconds: 660 });
});

test('work without steps is one step', () => {
  expect(factsOf({ duration: { typical: Duration.seconds(1), worst: Duration.seconds(9) }, gpu: true })).toMatchObject({
    longestStepSeconds: 9,
    gpuSteps: 1,
  });
});

test('the memory of the whole is that of its largest part, and not known where one part is not', () => {
  expect(factsOf(STEPS)).toMatchObject({ memoryBytes: 4 * GIB, stepMemoryBytes: 4 * GIB });
  expect(factsOf({ steps: STEPS.steps }).stepMemoryBytes).toBeUndefined();
});

test('concurrency is arrivals times the typical time, in the hours in which requests come', () => {
  const facts = factsOf({
    duration: { typical: Duration.seconds(4), worst: Duration.seconds(60) },
    traffic: { requestsPerMonth: MONTH, peakPerSecond: 50, activeHoursPerDay: 12 },
  });
  expect(facts.averagePerSecond).toBeCloseTo(1, 9);
  expect(facts.averageConcurrency).toBeCloseTo(8, 9);
  expect(facts.peakConcurrency).toBe(200);
});

test.each([
  [2, TrafficShape.STEADY],
  [3, TrafficShape.STEADY],
  [4, TrafficShape.BURSTY],
  [99, TrafficShape.BURSTY],
  [100, TrafficShape.SPIKY],
])('a peak of %d times the average is %s where no shape is told', (peakPerSecond, shape) => {
  expect(factsOf({ traffic: { requestsPerMonth: MONTH, peakPerSecond } }).shape).toBe(shape);
  expect(factsOf({ traffic: { requestsPerMonth: MONTH, peakPerSecond, shape: TrafficShape.SPIKY } }).shape).toBe(TrafficShape.SPIKY);
});

test('code is what is known of package and model together', () => {
  expect(factsOf({}).codeBytes).toBeUndefined();
  expect(factsOf({ modelSize: Size.gibibytes(2) }).codeBytes).toBe(2 * GIB);
  expect(factsOf({ packageSize: Size.gibibytes(1), modelSize: Size.gibibytes(2) }).codeBytes).toBe(3 * GIB);
});

test('somebody waits for an answer over HTTP and WebSocket, and for no event', () => {
  const waits = Object.values(EventSource).filter((eventSource) => factsOf({ eventSource }).interactive);
  expect(waits).toEqual([EventSource.HTTP, EventSource.WEBSOCKET]);
  expect(factsOf({}).interactive).toBeUndefined();
});
