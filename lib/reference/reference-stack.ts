import { join } from 'node:path';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { AgentCode } from '../agent/agent-code';
import { AgentModel } from '../agent/agent-model';
import { AiAgentFunction } from '../agent/ai-agent-function';
import { ProvisionedConcurrency } from '../concurrency/provisioned-concurrency';
import { handlerDirectory, PACKAGE_ROOT } from '../handlers/handler-asset';
import { ContainerInferenceFunction } from '../inference/container-inference-function';
import { InferenceImage } from '../inference/inference-image';
import { ModelSource } from '../inference/model-source';
import { PrivateNetwork } from '../network/private-network';
import { HybridRouter } from '../routing/hybrid-router';
import { QueueWorkerService } from '../routing/queue-worker-service';
import { RouteTarget } from '../routing/route-target';
import { RoutingPolicy } from '../routing/routing-policy';
import { ChatMemory } from '../state/chat-memory';
import { KeepWarmSchedule } from '../warming/keep-warm-schedule';
import { WarmingMode } from '../warming/warming-mode';
import { WorkflowStateMachine } from '../workflow/workflow-state-machine';
import { WorkflowStep } from '../workflow/workflow-step';

export interface ReferenceStackProps extends StackProps {
  /**
   * Bedrock inference profile that the agents call.
   *
   * @default 'us.amazon.nova-lite-v1:0'
   */
  readonly modelId?: string;

  /**
   * Who approves a report, usually an e-mail address.
   *
   * @default ['approver@example.com']
   */
  readonly approvers?: string[];

  /**
   * Leave out reserved and provisioned concurrency: a new account has too little concurrency for either.
   *
   * @default false
   */
  readonly smallAccount?: boolean;
}

/** Every construct of this library once: change it, or copy what you need. */
export class ReferenceStack extends Stack {
  constructor(scope: Construct, id: string, props: ReferenceStackProps = {}) {
    super(scope, id, props);
    const model = AgentModel.inferenceProfile(props.modelId ?? 'us.amazon.nova-lite-v1:0');
    const provisioned = props.smallAccount ? undefined : ProvisionedConcurrency.fixed(1);

    const documents = new s3.Bucket(this, 'Documents', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      eventBridgeEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    const network = new PrivateNetwork(this, 'Network');

    // A chat agent that streams its answers and remembers the conversation.
    const memory = ChatMemory.valkey(this, 'Memory', { network, ttl: Duration.hours(1) });
    const chat = new AiAgentFunction(this, 'Chat', {
      code: shipped('agent'),
      models: [model],
      memory,
      concurrency: provisioned,
      responseStreaming: true,
    });

    // Sentiment and embeddings from a model inside a container image, kept warm.
    const sentiment = new ContainerInferenceFunction(this, 'Sentiment', {
      image: InferenceImage.fromDirectory(join(PACKAGE_ROOT, 'dist', 'images', 'sentiment')),
      model: ModelSource.bakedIn('model'),
    });
    new KeepWarmSchedule(this, 'Warm', {
      targets: [{ alias: sentiment.alias }],
      mode: WarmingMode.ping({ environments: 2, every: Duration.minutes(5) }),
    });

    // A research workflow that may take days, since a person approves the report.
    const step = (name: string, options: { timeout?: Duration; model?: boolean } = {}) => {
      const agent = new AiAgentFunction(this, name, {
        code: shipped(`reference-${name.toLowerCase()}`),
        timeout: options.timeout,
        models: options.model ? [model] : undefined,
        environment: { [Env.documentBucket]: documents.bucketName },
      });
      return agent;
    };
    const plan = step('Plan', { timeout: Duration.minutes(1) });
    const search = step('Search');
    const analyse = step('Analyse');
    const report = step('Report', { timeout: Duration.minutes(10), model: true });
    const deliver = step('Deliver', { timeout: Duration.minutes(1) });
    documents.grantRead(plan.function, 'library/*');
    documents.grantRead(search.function, 'library/*');
    documents.grantPut(deliver.function, 'reports/*');
    analyse.function.addEnvironment(Env.embeddingFunctionArn, sentiment.alias.functionArn);
    sentiment.grantInvoke(analyse.function);

    const research = new WorkflowStateMachine(this, 'Research', {
      steps: [
        WorkflowStep.invoke('Plan sources', { function: plan.alias }),
        WorkflowStep.map('Search sources', {
          items: '{% $states.input.sources %}',
          maxItems: 8,
          steps: [WorkflowStep.invoke('Search source', { function: search.alias })],
        }),
        WorkflowStep.invoke('Analyse', { function: analyse.alias }),
        WorkflowStep.invoke('Write report', { function: report.alias }),
        WorkflowStep.approval('Approve', {
          approvers: props.approvers ?? ['approver@example.com'],
          subject: 'Research report',
          timeout: Duration.days(3),
        }),
        WorkflowStep.invoke('Deliver', { function: deliver.alias }),
      ],
    });

    // An uploaded document becomes plain text in the library and a summary beside it.
    const extract = step('Extract', { timeout: Duration.minutes(2) });
    const summarise = step('Summarise', { model: true });
    documents.grantRead(extract.function, 'inbox/*');
    documents.grantPut(extract.function, 'library/*');
    documents.grantPut(summarise.function, 'summaries/*');
    const pipeline = new WorkflowStateMachine(this, 'Pipeline', {
      steps: [
        WorkflowStep.invoke('Extract text', { function: extract.alias }),
        WorkflowStep.invoke('Summarise', { function: summarise.alias }),
      ],
    });
    pipeline.startFromRule(
      new events.Rule(this, 'Uploaded', {
        eventPattern: {
          source: ['aws.s3'],
          detailType: ['Object Created'],
          detail: { bucket: { name: [documents.bucketName] }, object: { key: [{ prefix: 'inbox/' }] } },
        },
      }),
    );

    // A router in front: short texts go to the sentiment function, long ones to containers that start from zero.
    const workers = new QueueWorkerService(this, 'Workers', {
      network,
      imageDirectory: join(PACKAGE_ROOT, 'dist', 'images', 'worker'),
    });
    const router = new HybridRouter(this, 'Router', {
      targets: {
        sentiment: RouteTarget.function(sentiment.alias),
        research: RouteTarget.stateMachine(research),
        workers: RouteTarget.queue(workers),
      },
      policy: RoutingPolicy.of({
        rules: [
          { name: 'research', when: { capabilities: ['research'] }, target: 'research' },
          { name: 'short', when: { maxTokens: 2_000, maxAttachments: 0 }, target: 'sentiment' },
        ],
        defaultTarget: 'workers',
      }),
    });

    new CfnOutput(this, 'ChatEndpoint', { value: chat.streamEndpoint ?? '' });
    new CfnOutput(this, 'RouterEndpoint', { value: router.endpoint });
    new CfnOutput(this, 'ResearchArn', { value: research.stateMachineArn });
    new CfnOutput(this, 'DocumentBucket', { value: documents.bucketName });
  }
}

function shipped(name: string): AgentCode {
  return AgentCode.directory(handlerDirectory(name));
}
