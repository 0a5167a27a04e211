import type { Check } from '../access-control';
import type { RequestContext } from '../context';
import type { EncryptionModel } from '../encryption-checks';

/** What the table of actions may ask about the stacks. */
export interface Directory {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** Name of the partition key of a table; undefined when the table is not known. */
  partitionKeyOf(table: string): string | undefined;
  /** ARN of a secret by name, ARN or partial ARN. */
  secretArn(id: string): string | undefined;
  /** ARN of a key by id, ARN or alias. */
  keyArn(id: string): string | undefined;
  /** ARN of the key with which a ciphertext was made. */
  keyOfCiphertext?(ciphertext: string): string | undefined;
  /** ARN of the machine whose task waits with the token. */
  machineOfToken(token: string): string | undefined;
  /** The customer managed key of a resource; undefined when it has none. */
  encryptionOf(resourceArn: string): EncryptionModel | undefined;
  /** Roles that a task definition hands to ECS. */
  rolesOfTask(taskDefinition: string): readonly string[];
}

/** One call of an AWS API, taken apart. */
export interface ActionCall {
  readonly operation: string;
  /** Fields of a JSON request, or of a form; empty for REST. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly directory: Directory;
}

/** The permissions that the operations of a service need. An operation that is not there has no mapping and is refused by name. */
export type ActionTable = Readonly<Record<string, (call: ActionCall) => readonly Check[]>>;

export function arnOf({ directory }: Pick<ActionCall, 'directory'>, service: string, resource: string): string {
  return `arn:${directory.partition}:${service}:${directory.region}:${directory.accountId}:${resource}`;
}

/** The whole ARN where one is given, else the one that the name makes. */
export function arnOrName(call: Pick<ActionCall, 'directory'>, value: unknown, service: string, prefix: string): string {
  const text = String(value ?? '');
  return text.startsWith('arn:') ? text : arnOf(call, service, `${prefix}${text}`);
}

export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** Entries whose value is there. */
export function present(context: Readonly<Record<string, unknown>>): RequestContext {
  const entries = Object.entries(context).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return Object.fromEntries(entries.map(([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)]));
}
