import { join } from 'node:path';
import { Duration, Size } from 'aws-cdk-lib/core';
import { imageSkeleton, zipSkeleton } from '../../../../lib/advisor/skeletons/function-skeletons';
import { TARGET_TABLE } from '../../../../lib/advisor/targets/target-table';
import { FleetMechanism, type FleetResult } from '../../../../lib/fleet/fleet-result';
import { factsOf } from '../../../../lib/workload/workload-facts';
import { EventSource, StateKind, type WorkloadProfile } from '../../../../lib/workload/workload-profile';
import { errorsIn } from '../../../compile-samples';

const second = { typical: Duration.seconds(1) };
const steps = [
  { name: 'Read the document', duration: { typical: Duration.minutes(2) }, memory: Size.gibibytes(4) },
  { name: '2nd look', duration: { typical: Duration.minutes(40) }, gpu: true },
  { name: "it's done", duration: second, waiting: Duration.millis(500) },
];

const PROFILES: Readonly<Record<string, WorkloadProfile>> = {
  empty: {},
  stepped: { steps, memory: Size.gibibytes(2) },
  streaming: { duration: second, streaming: true, eventSource: EventSource.HTTP },
  vpc: { duration: second, constraints: { vpc: true } },
  conversation: { duration: second, state: { kind: StateKind.CONVERSATION }, latency: { coldBudget: Duration.millis(10) } },
  model: { duration: second, memory: Size.gibibytes(9), modelSize: Size.gibibytes(4), latency: { coldBudget: Duration.millis(10) } },
  gpu: { duration: { typical: Duration.hours(3) }, gpu: true, memory: Size.gibibytes(40), alwaysOn: true },
  all: {
    steps,
    memory: Size.gibibytes(2),
    streaming: true,
    modelSize: Size.mebibytes(200),
    state: { kind: StateKind.CONVERSATION },
    constraints: { vpc: true, containerImage: true },
    traffic: { requestsPerMonth: 1e6, peakPerSecond: 20 },
  },
};

const OWN = TARGET_TABLE.filter(({ comparisonOnly }) => comparisonOnly !== true);

test('every skeleton of a target on AWS compiles', () => {
  const programs = new Map(
    OWN.flatMap(({ target, skeleton }) =>
      Object.entries(PROFILES).map(([name, profile]): [string, string] => [
        join(__dirname, `${target}-${name}.ts`),
        skeleton(factsOf(profile)),
      ]),
    ),
  );
  expect(programs.size).toBe(OWN.length * Object.keys(PROFILES).length);
  for (const mechanism of [FleetMechanism.PING, FleetMechanism.PROVISIONED, FleetMechanism.NOTHING]) {
    const best = { mechanism, environments: 3 } as FleetResult;
    programs.set(join(__dirname, `lambda-zip-${mechanism}.ts`), zipSkeleton(factsOf(PROFILES['all']!), best));
    programs.set(join(__dirname, `lambda-image-${mechanism}.ts`), imageSkeleton(factsOf(PROFILES['model']!), best));
  }
  for (const program of programs.values()) expect(program).toMatch(/export class \w+ extends Stack/);
  expect(errorsIn(programs)).toEqual([]);
}, 300_000);

test('targets that stand there to compare have none', () => {
  const compared = TARGET_TABLE.filter(({ comparisonOnly }) => comparisonOnly === true);
  expect(compared.map(({ skeleton }) => skeleton(factsOf({})))).toEqual(compared.map(() => ''));
});
