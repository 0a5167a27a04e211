import type { Resource } from '../../../template/resource';
import { render } from '../../../template/value';
import type { Rule } from '../../rule';
import { EVENT_SOURCE_MAPPING } from './queue-sources';

const STREAMS: ReadonlySet<string> = new Set(['AWS::Kinesis::Stream', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']);

/** As many as it takes until the record expires. */
const UNLIMITED = -1;

export const LAMBDA_STREAM_SOURCE_FAILURE_RULE: Rule = {
  id: 'lambda-stream-source-failure',
  title: 'Stream whose records are lost when the function fails on them',
  why: 'Lambda tries a batch again until it succeeds or expires, and takes nothing else from its shard meanwhile; what then expires, or is given up, is gone.',
  severity: 'warning',
  fix: 'set an on-failure destination, with a bound on retries and bisected batches',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  *check(graph) {
    for (const resource of graph.ofType(EVENT_SOURCE_MAPPING)) {
      if (!readsStream(resource) || resource.boolean('Enabled') === false) continue;
      if (resource.get('DestinationConfig', 'OnFailure', 'Destination') !== undefined) continue;
      const retries = resource.numberOr(UNLIMITED, 'MaximumRetryAttempts');
      const outcome = retries === UNLIMITED ? 'holds up its shard until it expires' : `is dropped after ${retries ?? 'some'} retries`;
      yield { resource, message: `a batch that fails ${outcome}, and goes to no destination` };
    }
  },
};

function readsStream(mapping: Resource): boolean {
  const source = mapping.referent('EventSourceArn');
  if (source !== undefined) return STREAMS.has(source.type);
  return /^arn:.*:(kinesis:.*:stream\/|dynamodb:.*\/stream\/)/.test(render(mapping.get('EventSourceArn')));
}
