import type { Resource } from '../../../template/resource';
import { referencesIn, render, type Value, valueAt } from '../../../template/value';
import type { Rule, Violation } from '../../rule';

/**
 * Event rules, pipes and templated targets of Scheduler cannot name the execution that they start; a universal target of Scheduler can. An Express execution
 * has no name to speak of, and is made to be repeated.
 */
export const STEP_FUNCTIONS_START: Rule = {
  id: 'step-functions-start',
  title: 'Events start executions that have no name of their own',
  why: 'Events are delivered at least once, and each delivery starts an execution: the same event may do its work twice.',
  severity: 'info',
  fix: 'derive the name of the execution from the event (a small function that calls StartExecution, WorkflowStateMachine.startFrom), or make the steps idempotent',
  source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html',
  check: (graph) => STARTERS.flatMap(({ type, targets }) => graph.ofType(type).flatMap((starter) => started(starter, targets(starter)))),
};

const STARTERS: readonly { readonly type: string; readonly targets: (resource: Resource) => readonly (Value | undefined)[] }[] = [
  { type: 'AWS::Events::Rule', targets: (rule) => rule.list('Targets').map((target) => valueAt(target, ['Arn'])) },
  { type: 'AWS::Pipes::Pipe', targets: (pipe) => [pipe.get('Target')] },
  { type: 'AWS::Scheduler::Schedule', targets: (schedule) => [isNamed(schedule) ? undefined : schedule.get('Target')] },
];

/** A universal target passes on whatever its input says. */
function isNamed(schedule: Resource): boolean {
  return (
    /:aws-sdk:sfn:startExecution$/i.test(render(schedule.get('Target', 'Arn'))) && /"name"/i.test(render(schedule.get('Target', 'Input')))
  );
}

function started(starter: Resource, targets: readonly (Value | undefined)[]): Violation[] {
  const machines = targets.flatMap(referencesIn).map(({ resource }) => machineOf(resource));
  const standard = machines.filter((machine) => machine !== undefined && machine.get('StateMachineType') !== 'EXPRESS');
  return [...new Set(standard)].map((machine) => ({
    resource: starter,
    message: `events must start ${machine!.id} under a name that is derived from them, got a target that starts it under a random one`,
  }));
}

/** The machine itself, or that of an alias or a version. */
function machineOf(resource: Resource): Resource | undefined {
  if (resource.type === 'AWS::StepFunctions::StateMachine') return resource;
  if (resource.type === 'AWS::StepFunctions::StateMachineVersion') return resource.referent('StateMachineArn');
  if (resource.type !== 'AWS::StepFunctions::StateMachineAlias') return undefined;
  const [version] = [...resource.references('RoutingConfiguration'), ...resource.references('DeploymentPreference')];
  return version?.referent('StateMachineArn');
}
