import { Duration } from 'aws-cdk-lib/core';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { allStates, workflowOf } from './workflow-fixture';

const KIB_200 = 204_800;

/** The threshold that the step `Work` is told, with the steps around it given. */
function thresholdIn(around: (work: WorkflowStep) => WorkflowStep): number {
  const { definition } = workflowOf((fn) => [around(WorkflowStep.invoke('Work', { function: fn('Work') }))]);
  return allStates(definition())['Work'].Arguments.Payload.step.maxInlineBytes;
}

const idle = (id: string) => [WorkflowStep.wait(id, { duration: Duration.seconds(1) })];
const map = (id: string, maxItems: number | undefined, steps: WorkflowStep[]) =>
  WorkflowStep.map(id, { items: '{% [] %}', maxItems, steps });

test.each<[string, (work: WorkflowStep) => WorkflowStep, number]>([
  ['alone', (work) => work, KIB_200],
  ['in a choice', (work) => WorkflowStep.choice('Which', { branches: [{ when: '{% true %}', steps: [work] }] }), KIB_200],
  ['in one of four branches', (work) => WorkflowStep.parallel('P', { branches: [[work], idle('A'), idle('B'), idle('C')] }), KIB_200 / 4],
  ['for each of at most 100 items', (work) => map('M', 100, [work]), KIB_200 / 100],
  ['for each of an unknown number of items', (work) => map('M', undefined, [work]), 0],
  [
    'for 10 items in one of two branches',
    (work) => WorkflowStep.parallel('P', { branches: [[map('M', 10, [work])], idle('A')] }),
    KIB_200 / 20,
  ],
  ['for 3 items of 7', (work) => map('Outer', 7, [map('Inner', 3, [work])]), 9_752],
  ['for an unknown number inside a known one', (work) => map('Outer', 7, [map('Inner', undefined, [work])]), 0],
  [
    'in a distributed map inside a map, whose children join nothing',
    (work) => map('Outer', 7, [WorkflowStep.distributedMap('D', { items: '{% [] %}', steps: [work] })]),
    KIB_200,
  ],
])('a result %s may travel inline up to its share', (_, around, expected) => {
  expect(thresholdIn(around)).toBe(expected);
});
