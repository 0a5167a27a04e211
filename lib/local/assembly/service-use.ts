import type { Check } from '../iam/access-control';
import { arn } from './physical-name';

/** What AWS itself does with a role of the template, on its own account and without a call of the app. */
export interface ServiceUse {
  /** Construct path of the resource that makes a service use the role. */
  readonly path: string;
  /** Who takes on the role: `lambda.amazonaws.com`. */
  readonly service: string;
  readonly roleArn: string;
  /** The resource that the service names as its reason. */
  readonly sourceArn?: string;
  readonly checks: readonly Check[];
  /** What AWS says when the role does not suffice. */
  readonly refusal: string;
}

/** The same resource for several actions. */
export function on(resource: string, ...actions: readonly string[]): Check[] {
  return actions.map((action) => ({ action, resource }));
}

/** A log group's ARN ends in a star in the template; what is written to is a stream of it. */
export function streamOf(groupName: string, stream = 'stream'): string {
  return arn('logs', `log-group:${groupName}:log-stream:${stream}`);
}
