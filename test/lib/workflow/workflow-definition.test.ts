import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { isPartOfStep } from '../../../lambda/contract/states';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { aliasOf, allStates, workflowOf } from './workflow-fixture';

const wait = (name: string) => WorkflowStep.wait(name, { duration: Duration.seconds(1) });

test('states that a step renders beside its own say whose part they are, and no other state does', () => {
  const { definition } = workflowOf((fn, stack) => [
    WorkflowStep.invoke('Plan', { function: fn('Plan') }),
    WorkflowStep.map('Search', { items: '{% [1] %}', steps: [WorkflowStep.invoke('Look', { function: fn('Look') })] }),
    WorkflowStep.parallel('Both', { branches: [[wait('Left')], [wait('Right')]] }),
    WorkflowStep.choice('Good', {
      branches: [{ when: '{% false %}', steps: [], goTo: 'Plan', atMost: 2 }],
    }),
    WorkflowStep.custom('Own', new sfn.Pass(stack, 'Mine', { comment: 'a comment of my own' })),
    WorkflowStep.approval('Approve', { approvers: ['a@example.com'], subject: 'x', timeout: Duration.days(1) }),
    WorkflowStep.callback('Ask', { function: aliasOf(stack, 'Ask'), timeout: Duration.hours(1) }),
  ]);
  const states = Object.entries(allStates(definition()));
  const parts = states.filter(([, { Comment }]) => isPartOfStep(Comment)).map(([name, { Comment }]) => [name, Comment]);
  expect(Object.fromEntries(parts)).toEqual({
    'Good count': 'Part of step Good',
    'Plan failed': 'Part of step Plan',
    'Search item': 'Part of step Search',
    'Look failed': 'Part of step Look',
    'Approve decision': 'Part of step Approve',
    'Approve failed': 'Part of step Approve',
    'Ask failed': 'Part of step Ask',
  });
  const steps = states.map(([name]) => name).filter((name) => !parts.some(([part]) => part === name));
  expect(steps.sort()).toEqual(['Approve', 'Ask', 'Both', 'Good', 'Left', 'Look', 'Mine', 'Plan', 'Right', 'Search']);
});
