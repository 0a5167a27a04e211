import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, SystemClock } from '../clock';
import { credentialScope } from './credential-scope';
import { DualProtocolServer } from './dual-protocol-server';
import { answerError, type ErrorAnswer } from './error-answer';
import { operationName } from './operation-name';
import { proxyTo } from './proxy';
import type { Caller, CredentialOwner, ServiceHandler, ServiceRequest } from './service';

/** Temporary credentials; the access key tells the gateway who calls. */
export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One call of an AWS API, as tests read it. */
export interface ServiceCall {
  readonly service: string;
  readonly operation?: string;
  readonly caller: Caller;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Why the caller was refused, when its permissions did not suffice. */
  readonly denied?: string;
}

/**
 * Stands between a call and its service: it may answer itself, act before or after `next`, or break the connection. `next` may be given another
 * response, which then gets the answer instead of the caller.
 */
export type Interceptor = (
  request: ServiceRequest,
  response: ServerResponse,
  next: (response?: ServerResponse) => Promise<void>,
) => Promise<void>;

/** Decides before anything else whether a call may pass. The answer is what the caller gets in place of the service's; undefined lets it pass. */
export type Guard = (request: ServiceRequest) => ErrorAnswer | undefined;

export interface Registration {
  /** Names the operation of a REST request; without it, only protocols that carry the name are logged with one. */
  readonly operationOf?: (request: IncomingMessage) => string | undefined;
}

export interface GatewayOptions {
  /** @default - the system clock */
  readonly clock?: Clock;
}

interface Route {
  readonly handler: ServiceHandler;
  readonly operationOf?: (request: IncomingMessage) => string | undefined;
}

/** The one endpoint that every AWS client of a handler talks to. It tells the services apart by the signature of the request. */
export class Gateway {
  private readonly clock: Clock;
  private readonly routes = new Map<string, Route>();
  private readonly callers = new Map<string, Caller>();
  private readonly interceptors: Interceptor[] = [];
  private guard?: Guard;
  private readonly log: ServiceCall[] = [];
  private readonly server: DualProtocolServer;

  constructor({ clock = new SystemClock() }: GatewayOptions = {}) {
    this.clock = clock;
    this.server = new DualProtocolServer((request, response) => {
      this.receive(request, response).catch((error: Error) => {
        answerError(request, response, credentialScope(request)?.service, {
          status: 500,
          code: 'InternalFailure',
          message: `the local run failed to answer: ${error.message}`,
        });
      });
    });
  }

  start(): Promise<void> {
    return this.server.start();
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get port(): number {
    return this.server.port;
  }

  /** Value of AWS_ENDPOINT_URL. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Makes `handler` answer the requests signed for `service`. */
  register(service: string, handler: ServiceHandler, registration: Registration = {}): void {
    this.routes.set(service, { handler, ...registration });
  }

  /** A handler that passes requests on, unchanged, to a server on this machine. */
  proxyTo(host: string, port: number): ServiceHandler {
    return proxyTo(host, port);
  }

  /** Puts `interceptor` around every later call; the first one added is the outermost. Returns its removal. */
  intercept(interceptor: Interceptor): () => void {
    this.interceptors.push(interceptor);
    return () => {
      const index = this.interceptors.indexOf(interceptor);
      if (index !== -1) this.interceptors.splice(index, 1);
    };
  }

  /** Asks `guard` about every later call; what it refuses reaches no interceptor and no service, and is logged as denied. */
  guardWith(guard: Guard): void {
    this.guard = guard;
  }

  issueCredentials(owner: CredentialOwner): IssuedCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    this.callers.set(accessKeyId, { accessKeyId, ...owner });
    return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64'), sessionToken: randomBytes(48).toString('base64') };
  }

  /** Who signs with this access key; without a name when the local run did not issue it. */
  callerOf(accessKeyId: string): Caller {
    return this.callers.get(accessKeyId) ?? { accessKeyId };
  }

  /** Adds a call that reached its service on another way than this endpoint, such as a command of a cache. */
  record(call: Omit<ServiceCall, 'time'>): void {
    this.log.push({ ...call, time: this.clock.now() });
  }

  /** Every call so far, oldest first. */
  get calls(): readonly ServiceCall[] {
    return this.log;
  }

  clearCalls(): void {
    this.log.length = 0;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);

    const scope = credentialScope(request);
    if (scope === undefined) {
      answerError(request, response, undefined, {
        status: 403,
        code: 'MissingAuthenticationToken',
        message: 'the request is not signed, so the local run cannot tell which service it is for',
      });
      return;
    }
    const { service, accessKeyId } = scope;
    const route = this.routes.get(service);
    const operation = route?.operationOf?.(request) ?? operationName(request, body);
    const caller = this.callerOf(accessKeyId);

    const call: ServiceRequest = { service, operation, caller, body, request };
    const refused = route === undefined ? undefined : this.guard?.(call);
    this.record({ service, operation, caller, ...(refused && { denied: refused.message }) });
    if (refused !== undefined) {
      answerError(request, response, service, refused);
      return;
    }
    await this.pass(call, response, [...this.interceptors], async (answered) => {
      if (route !== undefined) await route.handler(call, answered);
      else {
        const message = `the local run does not emulate ${service}${operation ? ` (${operation})` : ''}; it answers ${this.known()}`;
        answerError(request, answered, service, { status: 501, code: 'UnknownService', message });
      }
    });
  }

  private async pass(
    call: ServiceRequest,
    response: ServerResponse,
    chain: Interceptor[],
    serve: (response: ServerResponse) => Promise<void>,
  ): Promise<void> {
    const [first, ...rest] = chain;
    if (first === undefined) await serve(response);
    else await first(call, response, (other = response) => this.pass(call, other, rest, serve));
  }

  /** Signing names of the services that are answered. */
  get services(): readonly string[] {
    return [...this.routes.keys()].sort();
  }

  private known(): string {
    return this.services.join(', ') || 'no service yet';
  }
}
