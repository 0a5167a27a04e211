import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { noFindings } from '../../../lib/validation/check-quota';
import { checkHistory, continuationsLeft, type Footprint } from '../../../lib/workflow/footprint';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { allStates, workflowOf } from './workflow-fixture';

const parts = fc.record({
  events: fc.nat(30_000),
  retryEvents: fc.nat(30_000),
  continuing: fc.integer({ min: 1, max: 500 }),
  seconds: fc.constant(0),
  assumedMaps: fc.constant(0),
});

test('all continuations together fit into the history beside the steps', () => {
  fc.assert(
    fc.property(parts, (footprint: Footprint) => {
      const each = continuationsLeft(footprint);
      expect(each).toBeGreaterThanOrEqual(0);
      if (each > 0) expect(footprint.events + 3 * footprint.continuing * each).toBeLessThanOrEqual(25_000);
    }),
  );
});

test('what passes the check leaves every step a continuation, unless retries may need the room', () => {
  fc.assert(
    fc.property(parts, (footprint: Footprint) => {
      const findings = noFindings();
      checkHistory(findings, 'it', footprint);
      if (findings.problems.length === 0) expect(continuationsLeft({ ...footprint, retryEvents: 0 })).toBeGreaterThan(0);
    }),
  );
});

const continuations = (definition: object) => allStates(definition)['Work'].Retry[0].MaxAttempts;

test('a step alone may continue 1000 times, and one of many items as often as the history leaves', () => {
  const alone = workflowOf((fn) => [WorkflowStep.invoke('Work', { function: fn('Work') })]);
  expect(continuations(alone.definition())).toBe(1_000);
  const many = workflowOf((fn) => [
    WorkflowStep.map('Each', { items: '{% [] %}', maxItems: 100, steps: [WorkflowStep.invoke('Work', { function: fn('Work') })] }),
  ]);
  const each = continuations(many.definition());
  expect(each).toBeGreaterThan(40);
  expect(100 * (2 + 2 + 5 + 3 * each)).toBeLessThan(25_000);
});

test('a child of a distributed map has a history of its own', () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.distributedMap('Many', { items: '{% [] %}', steps: [WorkflowStep.invoke('Work', { function: fn('Work') })] }),
  ]);
  expect(continuations(definition())).toBe(1_000);
});

test('nested maps of unknown size give a warning and not an error', () => {
  const { workflow, definition } = workflowOf((fn) => [
    WorkflowStep.map('Outer', {
      items: '{% [] %}',
      steps: [
        WorkflowStep.map('Inner', {
          items: '{% [] %}',
          steps: [
            WorkflowStep.invoke('Work', { function: fn('Work') }),
            WorkflowStep.wait('Pause', { duration: Duration.seconds(1) }),
            WorkflowStep.wait('Rest', { duration: Duration.seconds(1) }),
          ],
        }),
      ],
    }),
  ]);
  expect(continuations(definition())).toBe(100);
  const warnings = workflow.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
  expect(warnings).toEqual([
    expect.stringMatching(
      /^the workflow must have at most 25000 history events, got about \d+ and 1600 steps that may continue, with 40 items .*serverless-ai:sfn\.history/,
    ),
  ]);
});
