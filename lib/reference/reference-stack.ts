import { join } from 'node:path';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { AgentCode } from '../agent/agent-code';
import { AgentModel } from '../agent/agent-model';
import { AiAgentFunction } from '../agent/ai-agent-function';
import type { AiAgentFunctionProps } from '../agent/ai-agent-function-props';
import { isProfileId } from '../agent/inference-profile-regions';
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
import { acknowledge } from '../validation/acknowledge';
import { KeepWarmSchedule } from '../warming/keep-warm-schedule';
import { WarmingMode } from '../warming/warming-mode';
import { WorkflowStateMachine } from '../workflow/workflow-state-machine';
import { WorkflowStep } from '../workflow/workflow-step';
import { DocumentBucket } from './document-bucket';

export interface ReferenceStackProps extends StackProps {
  /**
   * Bedrock model that chat, reports, summaries and workers call: an inference profile such as `eu.amazon.nova-lite-v1:0`, or a foundation
   * model of the stack's own Region such as `amazon.nova-lite-v1:0`. The account needs access to it.
   *
   * @default 'us.amazon.nova-lite-v1:0'
   */
  readonly modelId?: string;

  /**
   * E-mail addresses of those who may approve a report. Each is asked by AWS to confirm the subscription, and then gets links of their own.
   *
   * @default - approver@example.com by name, and nobody is mailed
   */
  readonly approvers?: string[];

  /**
   * Leave out reserved and provisioned concurrency, and search fewer sources at once: a new account may run as few as 10 environments at
   * a time, and sets none of them aside.
   *
   * @default false
   */
  readonly smallAccount?: boolean;
}

/**
 * Every construct of this library once: a chat agent, a research workflow, an inference container, workers, a router in front, and a
 * pipeline behind a folder. Deploy it as it is, change it, or copy what you need.
 */
export class ReferenceStack extends Stack {
  constructor(scope: Construct, id: string, props: ReferenceStackProps = {}) {
    super(scope, id, { description: 'Serverless AI: chat, research, inference and routing', ...props });
    const model = modelOf(props.modelId ?? 'us.amazon.nova-lite-v1:0');
    const network = new PrivateNetwork(this, 'Network');
    const documents = new DocumentBucket(this, 'Documents');

    const chat = this.createChat(model, network, props);
    const sentiment = this.createSentiment();
    const research = this.createResearch(model, documents, sentiment, props);
    this.createPipeline(model, documents);
    const router = this.createRouter(model, network, sentiment, research);

    new CfnOutput(this, 'ChatEndpoint', { value: chat.streamEndpoint ?? '' });
    new CfnOutput(this, 'RouterEndpoint', { value: router.endpoint });
    new CfnOutput(this, 'ResearchArn', { value: research.stateMachineArn });
    new CfnOutput(this, 'DocumentBucket', { value: documents.bucketName });
  }

  /** A chat agent that streams its answers and remembers the conversation for an hour. */
  private createChat(model: AgentModel, network: PrivateNetwork, { smallAccount }: ReferenceStackProps): AiAgentFunction {
    return new AiAgentFunction(this, 'Chat', {
      code: shipped('agent'),
      models: [model],
      memory: ChatMemory.valkey(this, 'Memory', { network, ttl: Duration.hours(1) }),
      responseStreaming: true,
      ...(smallAccount ? {} : { reservedConcurrentExecutions: 20, concurrency: ProvisionedConcurrency.fixed(1) }),
    });
  }

  /** Sentiment and embeddings from a model inside a container image, two environments of it kept warm. */
  private createSentiment(): ContainerInferenceFunction {
    const sentiment = new ContainerInferenceFunction(this, 'Sentiment', {
      image: InferenceImage.fromDirectory(join(PACKAGE_ROOT, 'dist', 'images', 'sentiment')),
      model: ModelSource.bakedIn('model'),
    });
    new KeepWarmSchedule(this, 'Warm', {
      targets: [{ alias: sentiment.alias }],
      mode: WarmingMode.ping({ environments: 2, every: Duration.minutes(5) }),
    });
    return sentiment;
  }

  /** Research over the documents in `library/`: searched side by side, reported, approved by a person within days, written to `reports/`. */
  private createResearch(
    model: AgentModel,
    documents: DocumentBucket,
    sentiment: ContainerInferenceFunction,
    { approvers = [], smallAccount }: ReferenceStackProps,
  ): WorkflowStateMachine {
    const plan = this.createStep('Plan', { timeout: Duration.minutes(1) });
    const search = this.createStep('Search');
    const analyse = this.createStep('Analyse', { environment: { [Env.embeddingFunctionArn]: sentiment.alias.functionArn } });
    const report = this.createStep('Report', { timeout: Duration.minutes(10), models: [model] });
    const deliver = this.createStep('Deliver', { timeout: Duration.minutes(1) });
    documents.list(plan, 'library');
    documents.read(search, 'library');
    documents.write(deliver, 'reports');
    sentiment.grantInvoke(analyse.function);

    const research = new WorkflowStateMachine(this, 'Research', {
      comment: 'Answers a question from the documents in the library',
      steps: [
        WorkflowStep.invoke('Plan sources', { function: plan.alias }),
        WorkflowStep.map('Search sources', {
          items: '{% $states.input.sources %}',
          maxItems: 8,
          maxConcurrency: smallAccount ? 2 : 8,
          steps: [WorkflowStep.invoke('Search source', { function: search.alias })],
        }),
        WorkflowStep.invoke('Analyse', { function: analyse.alias }),
        WorkflowStep.invoke('Write report', { function: report.alias }),
        WorkflowStep.approval('Approve', {
          approvers: approvers.length > 0 ? approvers : ['approver@example.com'],
          subject: 'Research report',
          timeout: Duration.days(3),
        }),
        WorkflowStep.invoke('Deliver', { function: deliver.alias }),
      ],
    });
    if (research.approvalTopic) mailLinks(research.approvalTopic, approvers);
    return research;
  }

  /** A document that is uploaded to `inbox/` becomes text in `library/` and a summary in `summaries/`. */
  private createPipeline(model: AgentModel, documents: DocumentBucket): void {
    const extract = this.createStep('Extract', { timeout: Duration.minutes(2) });
    const summarise = this.createStep('Summarise', { models: [model] });
    documents.read(extract, 'inbox');
    documents.write(extract, 'library');
    documents.write(summarise, 'summaries');

    const pipeline = new WorkflowStateMachine(this, 'Pipeline', {
      comment: 'Takes an uploaded document into the library',
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
  }

  /** One front door: short texts to the sentiment function, research to its workflow, the rest to containers that start from zero. */
  private createRouter(
    model: AgentModel,
    network: PrivateNetwork,
    sentiment: ContainerInferenceFunction,
    research: WorkflowStateMachine,
  ): HybridRouter {
    const workers = new QueueWorkerService(this, 'Workers', {
      network,
      imageDirectory: join(PACKAGE_ROOT, 'dist', 'images', 'worker'),
      models: [model],
    });
    return new HybridRouter(this, 'Router', {
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
  }

  /** A function that does one step of a workflow. */
  private createStep(id: string, props: Omit<AiAgentFunctionProps, 'code'> = {}): AiAgentFunction {
    return new AiAgentFunction(this, id, { ...props, code: shipped(`reference-${id.toLowerCase()}`) });
  }
}

/** The code of a handler that comes with this package. */
function shipped(name: string): AgentCode {
  return AgentCode.directory(handlerDirectory(name));
}

/** To each approver the links that were made for them, and no others. */
function mailLinks(topic: sns.ITopic, approvers: readonly string[]): void {
  for (const approver of approvers) {
    const filterPolicy = { approver: sns.SubscriptionFilter.stringFilter({ allowlist: [approver] }) };
    topic.addSubscription(new subscriptions.EmailSubscription(approver, { filterPolicy }));
  }
  acknowledge(topic, {
    id: 'Serverless::Serverless-SNSRedrivePolicy',
    reason:
      'a dead-letter queue would keep links, which are credentials; an approval that nobody answers expires, and a redrive sends new links',
  });
}

function modelOf(modelId: string): AgentModel {
  return isProfileId(modelId) ? AgentModel.inferenceProfile(modelId) : AgentModel.bedrock(modelId);
}
