import type { StepEnvelope } from '../contract/envelope';

/**
 * Names a run within a store. Execution names are unique per state machine only, and a store may serve several machines
 * that one event started under the same derived name.
 */
export function runKey(workflow: StepEnvelope['workflow']): string {
  // arn:partition:states:region:account:execution:MACHINE[/mapRunLabel]:name
  const machine = workflow.executionArn.split(':')[6]?.split('/')[0] ?? '';
  return `${machine}/${workflow.name}`;
}
