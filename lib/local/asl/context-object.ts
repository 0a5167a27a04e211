import { isObject } from './definition/problems';

/** The value of one item while its Map state iterates over it. */
export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
  /** Set when the items are the members of an object. */
  readonly Key?: string;
  /** Only items of a Distributed Map say where they come from: `STATE_DATA` or the address of a bucket or an object. */
  readonly Source?: string;
}

/** What `$$` and `$states.context` hold. */
export interface ContextObject {
  readonly Execution: {
    readonly Id: string;
    readonly Input: unknown;
    readonly StartTime: string;
    readonly Name: string;
    readonly RoleArn?: string;
    readonly RedriveCount: number;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly State?: { readonly Name: string; readonly EnteredTime: string; readonly RetryCount?: number };
  readonly Task?: { readonly Token: string };
  readonly Map?: { readonly Item: MapItem };
}

/** `extra` laid over `base`, object by object. */
export function mergeContext<T extends object>(base: T, extra: object): T {
  const merged = { ...base } as Record<string, unknown>;
  for (const [key, value] of Object.entries(extra)) {
    const present = merged[key];
    merged[key] = isObject(present) && isObject(value) ? mergeContext(present, value) : value;
  }
  return merged as T;
}
