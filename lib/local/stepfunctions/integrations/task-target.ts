import type { Pattern } from './task-call';

/** What the Resource of a Task state asks for. */
export type TaskTarget =
  | { readonly kind: 'function'; readonly arn: string }
  | { readonly kind: 'sdk'; readonly service: string; readonly operation: string; readonly pattern: Pattern }
  | { readonly kind: 'optimised'; readonly name: string; readonly operation: string; readonly pattern: Pattern }
  | { readonly kind: 'other'; readonly arn: string };

const FUNCTION = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/;
const SERVICE = /^arn:[^:]+:states:::(aws-sdk:)?(\w+):(\w+)(\.sync(?::2)?|\.waitForTaskToken)?$/;

export function taskTarget(resource: string): TaskTarget {
  if (FUNCTION.test(resource)) return { kind: 'function', arn: resource };
  const [whole, sdk, service = '', action = '', pattern = ''] = SERVICE.exec(resource) ?? [];
  if (whole === undefined) return { kind: 'other', arn: resource };
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  if (sdk !== undefined) return { kind: 'sdk', service, operation, pattern: pattern as Pattern };
  return { kind: 'optimised', name: `${service}:${action}`, operation, pattern: pattern as Pattern };
}
