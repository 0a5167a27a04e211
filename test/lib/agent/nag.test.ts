import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { App, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { AgentModel } from '../../../lib/agent/agent-model';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import { ProvisionedConcurrency } from '../../../lib/concurrency/provisioned-concurrency';
import { PrivateEndpoint } from '../../../lib/network/private-endpoint';
import { PrivateNetwork } from '../../../lib/network/private-network';
import { ChatMemory } from '../../../lib/state/chat-memory';
import { INLINE } from './agent-fixture';

const FRANKFURT: StackProps = { env: { account: '111122223333', region: 'eu-central-1' } };

function everything(context: Record<string, unknown>, props: StackProps): { app: App; stack: Stack } {
  const app = new App({ context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': false } });
  const stack = new Stack(app, 'Test', props);
  const network = new PrivateNetwork(stack, 'Network', { natGateways: 1 });
  network.requireEndpoint(PrivateEndpoint.SQS);
  new AiAgentFunction(stack, 'Chat', {
    code: INLINE,
    models: [AgentModel.inferenceProfile('eu.amazon.nova-lite-v1:0'), AgentModel.inferenceProfile('global.amazon.nova-2-lite-v1:0')],
    memory: ChatMemory.valkey(stack, 'Valkey', { network }),
    responseStreaming: true,
    concurrency: ProvisionedConcurrency.autoscaled({ min: 1, max: 2 }),
  });
  const secret = new secretsmanager.Secret(stack, 'Key');
  Validations.of(secret).acknowledge({ id: 'AwsSolutions::AwsSolutions-SMG4', reason: 'the key of a third party is rotated there' });
  new AiAgentFunction(stack, 'Plain', {
    code: INLINE,
    memory: ChatMemory.dynamoDb(stack, 'Dynamo'),
    models: [AgentModel.endpoint('https://api.example.com', secret)],
    responseStreaming: true,
  });
  new AiAgentFunction(stack, 'Durable', { code: INLINE, durable: { executionTimeout: Duration.days(1) } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return { app, stack };
}

describe.each([
  ['without feature flags in any environment', {}, {}],
  ['with the recommended flags in a known environment', recommendedFlags as Record<string, unknown>, FRANKFURT],
])('%s', (_name, context, props) => {
  test('nothing is found', () => {
    const { app, stack } = everything(context, props);
    expect(() => app.synth()).not.toThrow();
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('a wildcard that a user grants is still found', () => {
    const { app, stack } = everything(context, props);
    const agent = stack.node.findChild('Plain') as AiAgentFunction;
    agent.role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    expect(() => app.synth()).toThrow(/Test\/Plain\/Role\/DefaultPolicy\/Resource[\s\S]*IAM5\[Resource::\*\]/);
  });
});
