import { App } from 'aws-cdk-lib';
import { readTemplates } from '../../../../../lib/template/read-templates';
import { applyRules } from '../../../../../lib/validation/apply-rules';
import type { Finding } from '../../../../../lib/validation/finding';
import { WORKFLOW_RULES } from '../../../../../lib/validation/rules/workflow-rules';
import { fixture as slowerFunction } from '../../../../fixtures/bad/workflow/api-slower-function';
import { fixture as syncExecution } from '../../../../fixtures/bad/workflow/api-sync-execution';
import { fixture as duration } from '../../../../fixtures/bad/workflow/express-duration';
import { fixture as endlessLoop } from '../../../../fixtures/bad/workflow/step-functions-endless-loop';
import { fixture as events } from '../../../../fixtures/bad/workflow/step-functions-events';
import { fixture as mapItems } from '../../../../fixtures/bad/workflow/step-functions-map-items';
import { fixture as taskTimeout } from '../../../../fixtures/bad/workflow/step-functions-task-timeout';
import type { BadFixture } from '../../../../fixtures/bad-fixture';

function findingOf({ rule, bad }: BadFixture, variant: string): Finding {
  const app = new App();
  bad[variant]!(app);
  const findings = applyRules(readTemplates(app.synth().directory), WORKFLOW_RULES).filter((finding) => finding.rule === rule);
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

test.each([
  [slowerFunction, 'a second more, as advice', 'info'],
  [slowerFunction, 'a WebSocket API', 'warning'],
  [syncExecution, 'a Standard machine', 'error'],
  [syncExecution, 'an HTTP API', 'warning'],
  [duration, 'a wait alone', 'error'],
  [duration, 'direct, by the timeout of a function', 'warning'],
  [events, 'branches together', 'error'],
  [events, 'retries of a task that polls', 'warning'],
  [mapItems, 'JSONata', 'info'],
  [mapItems, 'a map in a map', 'warning'],
  [endlessLoop, 'pages, as advice', 'info'],
  [endlessLoop, 'a catcher that tries again', 'warning'],
  [taskTimeout, 'alias', 'info'],
  [taskTimeout, 'with a retry beside the first attempt', 'warning'],
] as const)('graded by what is at stake: %#', (fixture, variant, severity) => {
  expect(findingOf(fixture, variant).severity).toBe(severity);
});
