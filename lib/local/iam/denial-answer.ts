import type { ErrorAnswer } from '../gateway/error-answer';

/** Code and status with which each service refuses; the others follow the JSON protocol's habit. */
const ANSWERS: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  s3: { code: 'AccessDenied', status: 403 },
  sqs: { code: 'AccessDeniedException', status: 403 },
  // Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  sns: { code: 'AuthorizationError', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
  monitoring: { code: 'AccessDenied', status: 403 },
  // Services of the REST protocol.
  lambda: { code: 'AccessDeniedException', status: 403 },
  bedrock: { code: 'AccessDeniedException', status: 403 },
  scheduler: { code: 'AccessDeniedException', status: 403 },
};

const JSON_PROTOCOL = { code: 'AccessDeniedException', status: 400 };

/** A key that the service may not use in the caller's name. */
const KEY_ANSWERS: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  sqs: { code: 'KmsAccessDenied', status: 400 },
  // Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  sns: { code: 'KMSAccessDenied', status: 400 },
};

/** A denial as the service of the call words it. */
export function denialAnswer(service: string, { action, message }: { readonly action: string; readonly message: string }): ErrorAnswer {
  const ofKey = action.startsWith('kms:') ? KEY_ANSWERS[service] : undefined;
  if (ofKey !== undefined) return { ...ofKey, message };
  return { ...(ANSWERS[service] ?? JSON_PROTOCOL), message };
}
