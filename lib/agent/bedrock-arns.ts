import * as iam from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';

/** Converse and ConverseStream have no IAM actions of their own; they are authorized as these two. */
const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** One ARN for each Region; the empty Region is that of models which a `global.` profile reaches. */
export function foundationModelArns(stack: Stack, modelId: string, regions: readonly string[]): string[] {
  return regions.map((region) =>
    stack.formatArn({ service: 'bedrock', region, account: '', resource: 'foundation-model', resourceName: modelId }),
  );
}

export function inferenceProfileArn(stack: Stack, profileId: string): string {
  return stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: profileId });
}

/** Lets a role call models; `through` narrows it to calls that arrive by that inference profile. */
export function modelStatement(resources: string[], through?: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: INVOKE_ACTIONS,
    resources,
    conditions: through ? { StringEquals: { 'bedrock:InferenceProfileArn': through } } : undefined,
  });
}

/** `amazon.nova-lite-v1:0`: provider, a dot, model. */
export function isModelId(text: string): boolean {
  return /^[\w-]+\.[\w.:-]+$/.test(text);
}
