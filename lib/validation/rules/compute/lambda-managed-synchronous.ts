import { LMI_TIMEOUT_SYNC } from '../../../quotas/managed-instances-quotas';
import { FUNCTION } from '../../../template/function-target';
import { type Invocation, invocationsOfFunction } from '../../../template/invocations';
import type { Rule } from '../../rule';
import { isOnManagedInstances, timeoutOf } from './function-settings';

export const LAMBDA_MANAGED_SYNCHRONOUS_RULE: Rule = {
  id: 'lambda-managed-synchronous',
  title: 'Synchronous caller of a function on Managed Instances that runs over 15 minutes',
  why: 'Only asynchronous calls and event source mappings (other than those of Amazon MQ and DocumentDB) may last longer; a call that waits is ended.',
  severity: 'warning',
  fix: 'call the function asynchronously or through a queue, or keep what is called synchronously within 15 minutes',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const timeout = timeoutOf(resource);
      const { max } = LMI_TIMEOUT_SYNC;
      if (!isOnManagedInstances(resource) || timeout === undefined || timeout <= max!) continue;
      const waiting = invocationsOfFunction(graph, resource).find(waits);
      if (waiting !== undefined)
        yield { resource, message: `calls by ${waiting.caller.id} end after ${max} s, got a timeout of ${timeout} s` };
    }
  },
};

function waits({ mode, caller }: Invocation): boolean {
  if (mode === 'polled') return ['AWS::AmazonMQ::Broker', 'AWS::DocDB::DBCluster'].includes(caller.referent('EventSourceArn')?.type ?? '');
  return mode === 'synchronous';
}
