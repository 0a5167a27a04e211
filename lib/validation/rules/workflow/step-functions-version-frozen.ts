import type { Rule } from '../../rule';

export const STEP_FUNCTIONS_VERSION_FROZEN: Rule = {
  id: 'step-functions-version-frozen',
  title: 'A version of a state machine does not follow its definition',
  why: 'CloudFormation publishes the version once and never again, so an alias on it starts the first definition for ever.',
  severity: 'warning',
  fix: 'set StateMachineRevisionId to the attribute of the machine (stateMachineRevisionId: cfnStateMachine.attrStateMachineRevisionId), and retain old versions',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-stepfunctions-statemachineversion.html',
  check: (graph) =>
    graph.ofType('AWS::StepFunctions::StateMachineVersion').flatMap((resource) => {
      const machine = resource.referent('StateMachineArn');
      if (machine === undefined || resource.get('StateMachineRevisionId') !== undefined) return [];
      return [{ resource, message: `a version of ${machine.id} must have the machine's StateMachineRevisionId, got none` }];
    }),
};
