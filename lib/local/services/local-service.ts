import type { ServiceHandler } from '../gateway/service';

/** Where a service says which requests it answers, by signing name. */
export interface ServiceRegistry {
  register(service: string, handler: ServiceHandler): void;
}

/** A started stand-in for an AWS service. */
export interface LocalService {
  register(registry: ServiceRegistry): void;
  stop(): Promise<void>;
}
