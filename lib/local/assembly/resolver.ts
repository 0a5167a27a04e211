import { AssemblyError } from '../../template/assembly-error';
import { REGION } from './physical-name';
import { type Assembly, readAssembly } from './read-assembly';
import { ResolvedStack } from './resolved-stack';

export interface ResolverOptions {
  /** Values of CloudFormation parameters by name, before their defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Values of SSM parameters that templates name. */
  readonly ssmParameters?: Readonly<Record<string, string>>;
  /** Origin of queue URLs: the gateway's, because the SDK calls the host of a queue URL. @default - that of SQS */
  readonly queueOrigin?: string;
}

/** The stacks of an assembly with every intrinsic resolved on demand, as if they were deployed. */
export class Resolver {
  readonly stacks: readonly ResolvedStack[];
  private readonly endpoints = new Map<string, string>();
  private origin: string;

  constructor(
    readonly assembly: Assembly,
    readonly options: ResolverOptions = {},
  ) {
    this.origin = options.queueOrigin ?? `https://sqs.${REGION}.amazonaws.com`;
    this.stacks = assembly.stacks.map((source) => new ResolvedStack(source, this));
  }

  static read(directory: string, options?: ResolverOptions): Resolver {
    return new Resolver(readAssembly(directory), options);
  }

  /** The stack of a name or manifest id. */
  stack(name: string): ResolvedStack {
    const found = this.stacks.find((stack) => stack.name === name || stack.source.id === name);
    if (!found)
      throw new AssemblyError(
        `no stack ${name} in ${this.assembly.directory}; it has ${this.stacks.map((stack) => stack.name).join(', ')}`,
      );
    return found;
  }

  get queueOrigin(): string {
    return this.origin;
  }

  /** Says where queues are served. */
  setQueueOrigin(origin: string): void {
    this.origin = origin;
    this.forget();
  }

  /** Says where an API, a function URL (`http://127.0.0.1:1234`) or a cache (`127.0.0.1:6379`) is served; what refers to it then says so. */
  setEndpoint(stack: ResolvedStack, logicalId: string, endpoint: string): void {
    this.endpoints.set(`${stack.name}/${logicalId}`, endpoint.replace(/\/$/, ''));
    this.forget();
  }

  endpointOf(stack: ResolvedStack, logicalId: string): string | undefined {
    return this.endpoints.get(`${stack.name}/${logicalId}`);
  }

  /** @throws when no stack exports the name */
  exportedValue(name: string, where: string): unknown {
    for (const stack of this.stacks) {
      for (const [id, output] of Object.entries(stack.source.template.Outputs ?? {})) {
        if (output.Export && stack.value(output.Export.Name, `output ${id}`) === name) return stack.output(id, where);
      }
    }
    throw new AssemblyError(`${where}: no stack of the assembly exports ${name}`);
  }

  /** Addresses that the runner serves in place of those on AWS, in a text that was put together from parts. */
  localAddresses(text: string): string {
    if (!text.includes('.execute-api.')) return text;
    let result = text;
    for (const stack of this.stacks) {
      for (const { logicalId } of stack.resourcesOf('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api')) {
        const endpoint = this.endpointOf(stack, logicalId);
        if (endpoint) result = result.replaceAll(`https://${stack.identity(logicalId).name}.execute-api.${REGION}.amazonaws.com`, endpoint);
      }
    }
    return result;
  }

  private forget(): void {
    for (const stack of this.stacks) stack.forget();
  }
}
