import type { ServerResponse } from 'node:http';
import { answerError, type ErrorAnswer } from '../gateway/error-answer';
import type { Interceptor } from '../gateway/gateway';
import type { ServiceRequest } from '../gateway/service';
import type { AccessControl } from './access-control';
import { AccessDeniedError } from './access-denied';
import type { Directory } from './actions/action-call';
import { checksOf, UnmappedCallError } from './call-checks';
import { principalOf } from './caller-principal';
import { denialAnswer } from './denial-answer';
import { PolicyError } from './policy-error';
import type { Principal } from './principal';

export interface PermissionGuardOptions {
  readonly access: AccessControl;
  readonly directory: Directory;
  readonly onNotice: (notice: string) => void;
}

/** Operations whose answer about a missing object depends on whether the caller may list the bucket. */
const READS = new Set(['GetObject', 'HeadObject']);

/** Stands before the services and lets through what the caller may do. */
export class PermissionGuard {
  constructor(private readonly options: PermissionGuardOptions) {}

  /** The answer that the caller gets instead of the service's; undefined when the call may pass. */
  readonly refuse = (call: ServiceRequest): ErrorAnswer | undefined => {
    const { access, directory, onNotice } = this.options;
    const principal = this.principal(call);
    try {
      access.authorize(principal, checksOf(call, directory));
      return undefined;
    } catch (error) {
      if (error instanceof AccessDeniedError) return denialAnswer(call.service, error);
      if (!(error instanceof UnmappedCallError) && !(error instanceof PolicyError)) throw error;
      // Nobody wrote down what a rare call of the developer needs, and nothing in the stacks depends on it.
      if (error instanceof UnmappedCallError && principal.kind === 'administrator') return undefined;
      onNotice(error.message);
      return access.mode === 'reported' ? undefined : { status: 501, code: error.name, message: error.message };
    }
  };

  /**
   * S3 says that an object is missing only to those who may list its bucket.
   * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
   */
  readonly hideMissingObjects: Interceptor = async (call, response, next) => {
    const principal = this.principal(call);
    if (
      call.service !== 's3' ||
      !READS.has(call.operation ?? '') ||
      principal.kind === 'administrator' ||
      this.options.access.mode === 'reported'
    ) {
      return next();
    }
    const [object] = checksOf(call, this.options.directory);
    const bucket = object?.resource.split('/')[0] ?? '';
    if (this.options.access.permits(principal, { action: 's3:ListBucket', resource: bucket })) return next();
    const hidden = hide404(response, () => {
      const because = { allowed: false, explicit: false, part: 'identity' } as const;
      const error = new AccessDeniedError(
        { principal, action: 's3:ListBucket', resource: bucket },
        because,
        this.options.directory.accountId,
      );
      answerError(call.request, response, 's3', denialAnswer('s3', error));
    });
    await next();
    hidden();
  };

  private principal(call: ServiceRequest): Principal {
    return principalOf(call.caller, (name) => this.options.access.account.roleOfFunction(name));
  }
}

/** Puts another answer in place of a 404. Returns the restoration of the response. */
function hide404(response: ServerResponse, answer: () => void): () => void {
  const { writeHead, end } = response;
  let missing = false;
  const restore = () => {
    response.writeHead = writeHead;
    response.end = end;
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status !== 404) return (writeHead as (...all: unknown[]) => ServerResponse).call(response, status, ...rest);
    missing = true;
    return response;
  }) as typeof writeHead;
  response.end = ((...rest: unknown[]) => {
    restore();
    if (!missing) return (end as (...all: unknown[]) => ServerResponse).call(response, ...rest);
    answer();
    return response;
  }) as typeof end;
  return restore;
}
