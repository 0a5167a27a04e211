import { join } from 'node:path';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import { AgentModel, HybridRouter, RetryPolicy, RouteTarget, RoutingPolicy, WorkflowStateMachine, WorkflowStep } from 'cdk-serverless-ai';
import type { Construct } from 'constructs';
import { dueDate } from './due-date';
import { PagerTarget } from './pager-target';
import { TeamAgent } from './team-agent';

export interface SupportDeskStackProps extends StackProps {
  /** API that sends answers to customers. */
  readonly helpDeskUrl: string;
  /** Who reads a draft before it is sent. */
  readonly approvers: string[];
}

export class SupportDeskStack extends Stack {
  constructor(scope: Construct, id: string, props: SupportDeskStackProps) {
    super(scope, id, props);

    const classify = new TeamAgent(this, 'Classify', { entry: handler('classify') });
    const draft = new TeamAgent(this, 'Draft', {
      entry: handler('draft'),
      models: [AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0')],
      timeout: Duration.minutes(2),
    });
    const send = new TeamAgent(this, 'Send', { entry: handler('send'), environment: { HELP_DESK_URL: props.helpDeskUrl } });

    // An escape hatch: a property that no construct here has.
    (send.function.node.defaultChild as CfnFunction).addPropertyOverride('RecursiveLoop', 'Terminate');

    const tickets = new WorkflowStateMachine(this, 'Tickets', {
      comment: 'Answers a support ticket',
      steps: [
        WorkflowStep.invoke('Classify', { function: classify.alias }),
        dueDate(this, { urgent: Duration.hours(1), normal: Duration.days(2) }),
        WorkflowStep.invoke('Draft', { function: draft.alias }),
        WorkflowStep.approval('Approve', {
          approvers: props.approvers,
          subject: '{% "Answer to " & $states.input.customer %}',
          timeout: Duration.days(2),
        }),
        WorkflowStep.invoke('Send', {
          function: send.alias,
          retry: RetryPolicy.of({ onErrors: ['HelpDesk.Unavailable'], onErrorsBackoff: { interval: Duration.seconds(1) } }),
        }),
      ],
    });

    const router = new HybridRouter(this, 'Front', {
      targets: {
        tickets: RouteTarget.stateMachine(tickets),
        pager: new PagerTarget(new Secret(this, 'PagerKey')),
      },
      policy: RoutingPolicy.of({
        rules: [{ name: 'outage', when: { capabilities: ['outage'] }, target: 'pager' }],
        defaultTarget: 'tickets',
      }),
    });
    router.metricErrors().createAlarm(this, 'FrontFails', { threshold: 1, evaluationPeriods: 1 });
  }
}

function handler(name: string): string {
  return join(__dirname, '..', 'handlers', `${name}.ts`);
}
