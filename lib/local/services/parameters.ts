import type { ParameterModel } from '../assembly/parameters';
import { arn } from '../assembly/physical-name';
import { type Clock, SystemClock } from '../clock';
import { type Input, jsonOperations, textOf } from './json-operations';
import type { LocalService, ServiceRegistry } from './local-service';
import { ServiceFailure } from './service-failure';

interface Version {
  readonly value: string;
  readonly type: string;
  readonly modified: number;
}

export interface ParametersOptions {
  readonly parameters?: readonly ParameterModel[];
  readonly clock?: Clock;
}

/** Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const MOST_NAMES = 10;

/** The Parameter Store. */
export class LocalParameters implements LocalService {
  private readonly clock: Clock;
  private readonly stored = new Map<string, Version[]>();

  constructor(private readonly options: ParametersOptions = {}) {
    this.clock = options.clock ?? new SystemClock();
    this.fill();
  }

  register(registry: ServiceRegistry): void {
    registry.register(
      'ssm',
      jsonOperations({
        GetParameter: (input) => ({ Parameter: this.found(textOf(input, 'Name')) }),
        GetParameters: (input) => this.several(input),
        GetParametersByPath: (input) => this.below(input),
        PutParameter: (input) => this.put(input),
        DeleteParameter: (input) => this.delete(textOf(input, 'Name')),
      }),
    );
  }

  async stop(): Promise<void> {}

  /** As the template has them. */
  async empty(): Promise<void> {
    this.stored.clear();
    this.fill();
  }

  private fill(): void {
    for (const { name, type, value } of this.options.parameters ?? []) this.stored.set(name, [{ value, type, modified: this.clock.now() }]);
  }

  private several(input: Input): object {
    const names = (input['Names'] ?? []) as readonly string[];
    if (names.length === 0 || names.length > MOST_NAMES) throw invalid(`Names must hold 1 to ${MOST_NAMES} names, got ${names.length}`);
    const found = names.map((name) => this.find(name));
    return {
      Parameters: found.filter((parameter) => parameter !== undefined),
      InvalidParameters: names.filter((_, index) => found[index] === undefined),
    };
  }

  private below(input: Input): object {
    const path = textOf(input, 'Path');
    if (!path.startsWith('/')) throw invalid(`Path must begin with /, got ${path}`);
    const folder = path.endsWith('/') ? path : `${path}/`;
    const inside = [...this.stored.keys()].filter((name) => {
      return name.startsWith(folder) && (input['Recursive'] === true || !name.slice(folder.length).includes('/'));
    });
    const from = Number(textOf(input, 'NextToken') || 0);
    const most = Number(input['MaxResults'] ?? MOST_NAMES);
    const page = inside.sort().slice(from, from + most);
    const more = from + most < inside.length;
    return { Parameters: page.map((name) => this.find(name)), ...(more && { NextToken: String(from + most) }) };
  }

  private put(input: Input): object {
    const name = textOf(input, 'Name');
    const versions = this.stored.get(name) ?? [];
    if (versions.length > 0 && input['Overwrite'] !== true) {
      const message = 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
      throw new ServiceFailure('ParameterAlreadyExists', message);
    }
    const type = textOf(input, 'Type') || versions.at(-1)?.type;
    if (type === undefined) throw invalid('a parameter that is new needs a Type: String, StringList or SecureString');
    this.stored.set(name, [...versions, { value: textOf(input, 'Value'), type, modified: this.clock.now() }]);
    return { Version: versions.length + 1, Tier: 'Standard' };
  }

  private delete(name: string): object {
    if (!this.stored.delete(name)) throw new ServiceFailure('ParameterNotFound', '');
    return {};
  }

  private found(name: string): object {
    const parameter = this.find(name);
    if (parameter === undefined) throw new ServiceFailure('ParameterNotFound', '');
    return parameter;
  }

  /** By name, ARN, or either with `:VERSION`. */
  private find(reference: string): object | undefined {
    const plain = reference.startsWith('arn:') ? this.nameOfArn(reference) : reference;
    const [, name = plain, number] = /^(.*?)(?::(\d+))?$/.exec(plain) ?? [];
    const versions = this.stored.get(name) ?? [];
    const version = number === undefined ? versions.length : Number(number);
    const found = versions[version - 1];
    if (found === undefined) return undefined;
    return {
      Name: name,
      Type: found.type,
      Value: found.value,
      Version: version,
      LastModifiedDate: found.modified / 1000,
      ARN: arn('ssm', `parameter/${name.replace(/^\//, '')}`),
      DataType: 'text',
      ...(number !== undefined && { Selector: `:${number}` }),
    };
  }

  private nameOfArn(reference: string): string {
    const name = reference.replace(/^.*?:parameter\//, '');
    return this.stored.has(`/${name.replace(/:\d+$/, '')}`) ? `/${name}` : name;
  }
}

function invalid(message: string): ServiceFailure {
  return new ServiceFailure('ValidationException', message);
}
