import { LAMBDA_STREAM_RUNTIMES } from '../../../quotas/lambda-streaming-quotas';
import type { Rule } from '../../rule';
import { urlStreams } from './streams';

export const LAMBDA_STREAM_VPC_RULE: Rule = {
  id: 'lambda-stream-vpc',
  title: 'Function URL that streams from a function in a VPC',
  why: 'AWS does not support it: function URLs do not stream responses within a VPC.',
  severity: 'error',
  fix: 'stream through a REST API ("responseTransferMode: STREAM"), or take the function out of the VPC',
  source: LAMBDA_STREAM_RUNTIMES.source,
  *check(graph) {
    for (const { resource, target } of urlStreams(graph))
      if (target.fn.list('VpcConfig', 'SubnetIds').length > 0)
        yield {
          resource,
          message: `a function URL in RESPONSE_STREAM mode must be on a function outside a VPC, got ${target.fn.id}, which is in one`,
        };
  },
};
