import { AslError } from '../asl/asl-error';
import type { CredentialOwner } from '../gateway/service';
import { ConnectionFailure, failureOf, requestIdOf } from './api-failure';
import type { GatewayClient } from './gateway-client';
import { SDK_SERVICES, type SdkService } from './services';
import { type JsonObject, UnknownParameter, type WireAnswer } from './wire';

/** On whose behalf a call is made, and until when it matters. */
export interface CallContext {
  readonly owner: CredentialOwner;
  readonly signal: AbortSignal;
}

export interface ServiceAnswer {
  /** With the names of the API. */
  readonly value: JsonObject;
  readonly answer: WireAnswer;
  readonly requestId: string;
}

/** Calls of AWS APIs as the SDK of a state machine makes them. */
export class ServiceCalls {
  constructor(
    private readonly client: GatewayClient,
    /** Tells the clock that a call is real work. */
    private readonly busy: <T>(work: Promise<T>) => Promise<T>,
  ) {}

  /**
   * `service` is the name in SDK integrations, `operation` that of the API.
   *
   * @throws ApiFailure when the service refuses, ConnectionFailure when its answer is lost
   */
  async call(service: string, operation: string, parameters: JsonObject, { owner, signal }: CallContext): Promise<ServiceAnswer> {
    const { signingName, protocol } = SDK_SERVICES[service] as SdkService;
    const request = requestOf(() => protocol.request(operation, parameters));
    const answer = await this.busy(this.client.send(signingName, owner, request, signal)).catch((error: Error) => {
      if (signal.aborted) throw error;
      throw new ConnectionFailure(`Unable to execute HTTP request: ${error.message}`);
    });
    if (answer.status >= 300) throw failureOf(operation, answer);
    return { value: protocol.result(operation, answer), answer, requestId: requestIdOf(answer) };
  }
}

function requestOf<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof UnknownParameter) throw new AslError('LocalRun.UnsupportedParameter', error.message);
    throw error;
  }
}
