import type { IncomingMessage } from 'node:http';
import type { ServiceHandler } from '../gateway/service';

/** Where a service says which requests it answers, by signing name. */
export interface ServiceRegistry {
  /** `operationOf` names the operation of a REST request, whose protocol does not. */
  register(
    service: string,
    handler: ServiceHandler,
    registration?: { readonly operationOf?: (request: IncomingMessage) => string | undefined },
  ): void;
}

/** A started stand-in for an AWS service. */
export interface LocalService {
  register(registry: ServiceRegistry): void;
  stop(): Promise<void>;
  /** Deletes everything that was stored and tells nobody; what the template made stays. */
  empty?(): Promise<void>;
}
