import { IMAGE_CHECKS } from '../images/image-checks';
import { LAMBDA_CONCURRENCY } from '../quotas/lambda-quotas';

/**
 * Warnings that this library's own constructs give at synth, by the rule that says the very same. Where one of them stands on the construct, or on one above
 * it, the plugin leaves the finding to it; and who acknowledged the warning has acknowledged the finding. A warning that only asks for attention is not here:
 * of endpoints that a VPC must have, the rule knows from the template whether they are there.
 */
export const SYNTH_WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'lambda-reserved-sum': [`serverless-ai:${LAMBDA_CONCURRENCY.id}`],
  'lambda-stream-vpc': ['serverless-ai:lambda.stream.vpc'],
  'step-functions-map-items': ['serverless-ai:sfn.history'],
  // Of its own image, ContainerInferenceFunction says the same.
  ...Object.fromEntries(IMAGE_CHECKS.map(({ id }) => [id, [`serverless-ai:${id}`]])),
};
