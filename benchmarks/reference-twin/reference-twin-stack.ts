import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createChat } from './chat';
import { createDocuments } from './documents';
import { createSentiment } from './inference';
import { createNetwork } from './network';
import { createPipeline } from './pipeline';
import { createResearch } from './research';
import { createResponses, createRouter } from './router';
import { keepWarm } from './warming';
import { createWorkers } from './workers';

export interface ReferenceTwinStackProps {
  /** The folder that holds the bundled handlers and the images. */
  readonly dist: string;
}

/** The reference stack as it would be written without this library: what its constructs cost is the difference between the two. */
export class ReferenceTwinStack extends Stack {
  constructor(scope: Construct, id: string, { dist }: ReferenceTwinStackProps) {
    super(scope, id, { description: 'Serverless AI: chat, research, inference and routing' });
    const modelId = 'us.amazon.nova-lite-v1:0';
    const artifacts = { dist };
    const documents = createDocuments(this);
    const network = createNetwork(this);
    const chat = createChat(this, artifacts, network, modelId);
    const { alias: sentiment } = createSentiment(this, artifacts);
    keepWarm(this, artifacts, sentiment);
    const research = createResearch(this, artifacts, { documents, sentiment, modelId, approvers: ['approver@example.com'] });
    createPipeline(this, artifacts, documents, modelId);
    const responses = createResponses(this);
    const workers = createWorkers(this, artifacts, { network, responses, modelId });
    const router = createRouter(this, artifacts, { responses, sentiment, research, workers });

    new CfnOutput(this, 'ChatEndpoint', { value: chat.url });
    new CfnOutput(this, 'RouterEndpoint', { value: router.url });
    new CfnOutput(this, 'ResearchArn', { value: research.alias.attrArn });
    new CfnOutput(this, 'DocumentBucket', { value: documents.bucketName });
  }
}
