import { invocationsOf } from '../../../template/invocations';
import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { roleOf, statementsOf } from '../../../template/role-statements';
import { itemsOf, MapValue, partsOf, Reference, render, type Value, valueAt } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { matches } from './iam/action-pattern';

const BUCKET = 'AWS::S3::Bucket';

export const S3_RECURSION: Rule = {
  id: 's3-recursion',
  title: 'Function that may write where its own trigger watches',
  why: 'Each result starts the function again: a loop that is billed until Lambda notices it, or for ever when a service stands in between.',
  severity: 'warning',
  fix: 'write to another bucket, or watch one prefix, write under another, and grant no more than that one',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
  check: (graph) => triggersOf(graph).flatMap((trigger) => violation(graph, trigger) ?? []),
};

interface Trigger {
  readonly fn: Resource;
  readonly bucket: Resource;
  /** Only keys that begin like this. */
  readonly prefix: string;
  /** Whether some other condition on the key stands, of which nothing can be said. */
  readonly isNarrow: boolean;
}

function violation(graph: ResourceGraph, trigger: Trigger): Violation | undefined {
  const { fn, bucket, prefix, isNarrow } = trigger;
  const role = isNarrow ? undefined : roleOf(fn, 'Role');
  if (role === undefined) return undefined;
  const written = statementsOf(graph, role)
    .filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => /^s3:/i.test(action) && matches(action, 's3:PutObject')),
    )
    .flatMap(({ resources }) => resources.flatMap((resource) => keysIn(bucket, resource) ?? []));
  const key = written.find((pattern) => meets(prefix, pattern));
  if (key === undefined) return undefined;
  return {
    resource: fn,
    message: `is started by each object ${prefix === '' ? '' : `under ${prefix} `}of ${bucket.id} and may write ${key} there`,
  };
}

/** Who may write to the whole bucket and watches one prefix is taken to write elsewhere. */
function meets(prefix: string, pattern: string): boolean {
  const [head = ''] = pattern.split('*');
  if (prefix === '') return true;
  return head !== '' && (head.startsWith(prefix) || (pattern.includes('*') && prefix.startsWith(head)));
}

/** Keys of the bucket that a resource of a statement takes in: `*` of `<bucket>/*`. */
function keysIn(bucket: Resource, resource: Value): string | undefined {
  const [first, second, ...more] = partsOf(resource);
  const isOfBucket = first instanceof Reference && first.resource === bucket && typeof second === 'string' && more.length === 0;
  return isOfBucket && second.startsWith('/') ? second.slice(1) : undefined;
}

function triggersOf(graph: ResourceGraph): Trigger[] {
  return invocationsOf(graph).flatMap(({ caller, kind, target: { fn }, at }): Trigger[] => {
    if (kind === 'bucket') return notified(caller, fn, Number(at));
    return kind === 'event-rule' ? byEvent(caller, fn) : [];
  });
}

/** By a notification of the bucket itself, or by the one that CDK sets through a custom resource. */
function notified(caller: Resource, fn: Resource, index: number): Trigger[] {
  const isBucket = caller.type === BUCKET;
  const bucket = isBucket ? caller : caller.referent('BucketName');
  const configuration = caller.get('NotificationConfiguration', isBucket ? 'LambdaConfigurations' : 'LambdaFunctionConfigurations', index);
  const events = itemsOf(valueAt(configuration, [isBucket ? 'Event' : 'Events']));
  if (bucket?.type !== BUCKET || !events.some((event) => String(event).startsWith('s3:ObjectCreated:'))) return [];
  const filters = itemsOf(valueAt(configuration, isBucket ? ['Filter', 'S3Key', 'Rules'] : ['Filter', 'Key', 'FilterRules']));
  const isPrefix = (filter: Value) => render(valueAt(filter, ['Name'])).toLowerCase() === 'prefix';
  const prefix = filters.filter(isPrefix).map((filter) => render(valueAt(filter, ['Value'])))[0] ?? '';
  return [{ fn, bucket, prefix, isNarrow: filters.some((filter) => !isPrefix(filter)) }];
}

function byEvent(rule: Resource, fn: Resource): Trigger[] {
  const pattern = rule.get('EventPattern');
  const names = itemsOf(valueAt(pattern, ['detail', 'bucket', 'name']));
  const isCreation = itemsOf(valueAt(pattern, ['detail-type'])).includes('Object Created');
  if (!(pattern instanceof MapValue) || !isCreation) return [];
  const isNarrow = valueAt(pattern, ['detail', 'object']) !== undefined;
  return names.flatMap((name) =>
    name instanceof Reference && name.resource.type === BUCKET ? [{ fn, bucket: name.resource, prefix: '', isNarrow }] : [],
  );
}
