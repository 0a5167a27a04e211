import { randomUUID } from 'node:crypto';
import { ACCOUNT, token } from '../assembly/physical-name';
import { type Clock, SystemClock } from '../clock';
import { answerError } from '../gateway/error-answer';
import type { IssuedCredentials } from '../gateway/gateway';
import type { Caller, CredentialOwner, ServiceHandler } from '../gateway/service';
import type { LocalService, ServiceRegistry } from './local-service';
import { refuseOperation } from './reply';

export interface IdentityOptions {
  /** Gives credentials out. @default - no role can be assumed */
  readonly issueCredentials?: (owner: CredentialOwner) => IssuedCredentials;
  /** Role that a function runs under. */
  readonly roleOfFunction?: (functionName: string) => string | undefined;
  /** Unique id of a role, as `aws:userid` has it. */
  readonly roleId?: (roleArn: string) => string | undefined;
  readonly clock?: Clock;
}

const SHORTEST_SESSION = 900;
const LONGEST_SESSION = 43_200;
const USUAL_SESSION = 3600;

/** STS: says who calls, and lets a caller take on another role. Whether it may is decided before the call comes here. */
export class LocalIdentity implements LocalService {
  constructor(private readonly options: IdentityOptions = {}) {}

  register(registry: ServiceRegistry): void {
    registry.register('sts', this.handle);
  }

  async stop(): Promise<void> {}

  private readonly handle: ServiceHandler = (request, response) => {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const action = form.get('Action') ?? 'no action';
    const reply = (content: string) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${content}</${action}Result>` +
          `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
      );
    };
    if (action === 'GetCallerIdentity') return reply(this.callerIdentity(request.caller));
    const { issueCredentials } = this.options;
    if (action !== 'AssumeRole' || issueCredentials === undefined) return refuseOperation(response, { ...request, operation: action });
    const problem = problemOf(form);
    if (problem !== undefined)
      return answerError(request.request, response, 'sts', { status: 400, code: 'ValidationError', message: problem });
    reply(this.assumed(form, issueCredentials));
  };

  private callerIdentity(caller: Caller): string {
    const { functionName, accessKeyId } = caller;
    const roleArn = caller.roleArn ?? (functionName === undefined ? undefined : this.options.roleOfFunction?.(functionName));
    const session = caller.sessionName ?? functionName ?? 'local';
    // Credentials that nobody here gave out are the developer's.
    if (roleArn === undefined && functionName === undefined) return identity(`arn:aws:iam::${ACCOUNT}:root`, ACCOUNT);
    if (roleArn === undefined) return identity(`arn:aws:sts::${ACCOUNT}:assumed-role/${session}/${session}`, `${accessKeyId}:${session}`);
    return identity(sessionArn(roleArn, session), `${this.roleId(roleArn)}:${session}`);
  }

  private roleId(roleArn: string): string {
    return this.options.roleId?.(roleArn) ?? `AROA${token(roleArn, 17)}`;
  }

  private assumed(form: URLSearchParams, issue: (owner: CredentialOwner) => IssuedCredentials): string {
    const roleArn = form.get('RoleArn') ?? '';
    const sessionName = form.get('RoleSessionName') ?? '';
    const { accessKeyId, secretAccessKey, sessionToken } = issue({ roleArn, sessionName });
    const lasting = Number(form.get('DurationSeconds') ?? USUAL_SESSION);
    const expiration = new Date((this.options.clock ?? new SystemClock()).now() + lasting * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
    return (
      `<AssumedRoleUser><Arn>${sessionArn(roleArn, sessionName)}</Arn><AssumedRoleId>${this.roleId(roleArn)}:${sessionName}</AssumedRoleId></AssumedRoleUser>` +
      `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
      `<SessionToken>${sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials>`
    );
  }
}

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function problemOf(form: URLSearchParams): string | undefined {
  const session = form.get('RoleSessionName') ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    return `RoleSessionName must be 2 to 64 of the characters A-Z a-z 0-9 _ + = , . @ -, got ${session}`;
  const lasting = Number(form.get('DurationSeconds') ?? USUAL_SESSION);
  if (!(lasting >= SHORTEST_SESSION && lasting <= LONGEST_SESSION)) {
    return `DurationSeconds must be ${SHORTEST_SESSION} to ${LONGEST_SESSION}, got ${lasting}`;
  }
  const unserved = [...form.keys()].find((name) => /^(Policy|PolicyArns|Tags)/.test(name));
  return unserved === undefined ? undefined : `the local run does not narrow sessions by ${unserved.replace(/\..*$/, '')}; leave it out`;
}

function identity(arn: string, userId: string): string {
  return `<Arn>${arn}</Arn><UserId>${userId}</UserId><Account>${ACCOUNT}</Account>`;
}

function sessionArn(roleArn: string, session: string): string {
  return `arn:aws:sts::${roleArn.split(':')[4]}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${session}`;
}
