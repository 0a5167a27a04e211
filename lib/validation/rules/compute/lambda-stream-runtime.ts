import { type LambdaRuntime, lambdaRuntime } from '../../../quotas/lambda-runtimes';
import { LAMBDA_STREAM_RUNTIMES } from '../../../quotas/lambda-streaming-quotas';
import type { Resource } from '../../../template/resource';
import { render } from '../../../template/value';
import type { Rule } from '../../rule';
import { isImage, variable } from './function-settings';
import { streamsOf } from './streams';

export const LAMBDA_STREAM_RUNTIME_RULE: Rule = {
  id: 'lambda-stream-runtime',
  title: 'Streamed response from a runtime that cannot stream',
  why: 'Among the managed runtimes only Node.js writes a response in pieces. Any other answers all at once at the end, without the prelude that a streamed answer begins with: clients get raw JSON, or an error.',
  severity: 'error',
  fix: 'write the function for Node.js, put the Lambda Web Adapter in front of it (as a layer, or in a container image), or let it answer buffered',
  source: LAMBDA_STREAM_RUNTIMES.source,
  *check(graph) {
    for (const { resource, target, what } of streamsOf(graph)) {
      const runtime = lambdaRuntime(target.fn.text('Runtime') ?? '');
      if (isImage(target.fn) || runtime === undefined || streams(runtime) || hasWebAdapter(target.fn)) continue;
      yield {
        resource,
        message: `${what} needs a runtime that streams (Node.js, or one of your own), got ${runtime.id} of ${target.fn.id}`,
      };
    }
  },
};

/** Runtimes for the operating system alone bring a client of their own, which can stream. */
function streams({ streaming, language }: LambdaRuntime): boolean {
  return streaming || language === 'none';
}

/** The adapter is a layer, and starts by a wrapper script; any other wrapper may do as it does. */
function hasWebAdapter(fn: Resource): boolean {
  if (variable(fn, 'AWS_LAMBDA_EXEC_WRAPPER') !== undefined) return true;
  return fn.list('Layers').some((layer) => render(layer).includes('LambdaAdapterLayer'));
}
