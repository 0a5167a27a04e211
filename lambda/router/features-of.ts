import type { RequestFeatures } from '../contract/routing';
import { estimateTokens } from '../shared/estimate-tokens';
import type { RoutedRequest } from './parse-request';

/** What a policy decides on. Size and tokens are measured here, never taken from the caller. */
export function featuresOf(request: RoutedRequest): RequestFeatures {
  const text = typeof request.input === 'string' ? request.input : JSON.stringify(request.input);
  return {
    bytes: Buffer.byteLength(text),
    estimatedTokens: estimateTokens(text),
    attachments: request.attachments,
    capabilities: request.capabilities,
    ...(request.deadlineMs === undefined ? {} : { deadlineMs: request.deadlineMs }),
    ...(request.tenant === undefined ? {} : { tenant: request.tenant }),
    ...(request.override === undefined ? {} : { override: request.override }),
  };
}
