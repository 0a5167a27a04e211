import { parseProfileId } from '../../../../quotas/profile-destinations';
import type { PolicyStatement } from '../../../../template/role-statements';
import { isWildcard, matches } from './action-pattern';

/** Converse and ConverseStream have no actions of their own. */
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** Who makes models on Amazon Bedrock: what stands after the geography of a profile's id. */
const PROVIDERS =
  'ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|stability|twelvelabs|writer|zai';
const PROVIDED = new RegExp(`^(${PROVIDERS})\\.`);

export function allowsInvocation({ effect, actions }: PolicyStatement): boolean {
  return effect === 'Allow' && actions.some(isInvocation);
}

export function isInvocation(action: string): boolean {
  return /^bedrock:/i.test(action) && INVOKE.some((one) => matches(action, one));
}

/** Whether a text is the id of a cross-Region inference profile: `us.amazon.nova-lite-v1:0`, and not `us.example.com`. */
export function isProfileId(text: string): boolean {
  return PROVIDED.test(parseProfileId(text)?.modelId ?? '');
}

/** What an ARN names after `<kind>/`; undefined when it is an ARN of another kind. */
export function resourceName(
  arn: string,
  kind: 'foundation-model' | 'inference-profile' | 'application-inference-profile',
): string | undefined {
  const at = arn.indexOf(`:${kind}/`);
  return at < 0 ? undefined : arn.slice(at + kind.length + 2);
}

/** Whether the resource of a statement takes in a foundation model in a Region; the empty Region is that of the ARN without one. */
export function coversModel(pattern: string, region: string, modelId: string): boolean {
  if (pattern === '*') return true;
  const service = pattern.indexOf(':bedrock:');
  return service >= 0 && matches(pattern.slice(service), `:bedrock:${region}::foundation-model/${modelId}`);
}

/** Whether it takes in an inference profile, wherever the profile is. */
export function coversProfile(pattern: string, profileId: string): boolean {
  const name = resourceName(pattern, 'inference-profile');
  return name === undefined ? pattern === '*' || (isWildcard(pattern) && /:bedrock:[^/]*\*$/.test(pattern)) : matches(name, profileId);
}
