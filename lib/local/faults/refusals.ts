import type { ErrorAnswer } from '../gateway/error-answer';

/**
 * How each service refuses too many calls.
 * Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html,
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html, https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
const THROTTLED: Readonly<Record<string, ErrorAnswer>> = {
  dynamodb: {
    status: 400,
    code: 'ProvisionedThroughputExceededException',
    message:
      'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  },
  lambda: { status: 429, code: 'TooManyRequestsException', message: 'Rate Exceeded.' },
  s3: { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  bedrock: { status: 429, code: 'ThrottlingException', message: 'Too many requests, please wait before trying again.' },
  sns: { status: 400, code: 'Throttling', message: 'Rate exceeded' },
};
const OTHERS_THROTTLED: ErrorAnswer = { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };

export function throttled(service: string): ErrorAnswer {
  return THROTTLED[service] ?? OTHERS_THROTTLED;
}

/** Services with XML protocols say `ExpiredToken`. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function expired(service: string): ErrorAnswer {
  if (service === 's3') return { status: 400, code: 'ExpiredToken', message: 'The provided token has expired.' };
  const code = service === 'sns' || service === 'sts' ? 'ExpiredToken' : 'ExpiredTokenException';
  return { status: 403, code, message: 'The security token included in the request is expired' };
}
