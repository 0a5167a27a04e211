import { SFN_PAYLOAD } from '../../../quotas/step-functions-quotas';
import { ServiceError } from '../service-error';

/** The parameters of one request, read by name and type; what does not fit is refused in the words of the API. */
export class Parameters {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  optional(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string')
      throw new ServiceError('SerializationException', `${name} must be a string, got ${JSON.stringify(value)}`);
    return value;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw invalid(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.values[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.values[name];
    if (value !== undefined && value !== null && typeof value !== 'number') {
      throw new ServiceError('SerializationException', `${name} must be a number, got ${JSON.stringify(value)}`);
    }
    return value ?? undefined;
  }

  oneOf(name: string, allowed: readonly string[]): string | undefined {
    const value = this.optional(name);
    if (value !== undefined && !allowed.includes(value)) {
      throw invalid(
        `Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
      );
    }
    return value;
  }

  /** A JSON document, parsed; `error` is the exception for what is none. */
  json(name: string, error: string, say: (reason: string) => string, fallback?: string): unknown {
    const text = this.optional(name) ?? fallback ?? this.required(name);
    if (Buffer.byteLength(text) > SFN_PAYLOAD.max!) {
      throw invalid(`Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${SFN_PAYLOAD.max}`);
    }
    try {
      return JSON.parse(text);
    } catch (failure) {
      throw new ServiceError(error, say((failure as Error).message));
    }
  }

  /** ARN of a resource of Step Functions, of one of the given kinds. */
  arn(name: string, ...kinds: readonly string[]): string {
    const value = this.required(name);
    const kind = /^arn:[^:]+:states:[^:]*:[^:]*:([^:]+):./.exec(value)?.[1];
    if (kind === undefined) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${value}'`);
    if (!kinds.includes(kind)) throw new ServiceError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${kind}'`);
    return value;
  }
}

export function invalid(problem: string): ServiceError {
  return new ServiceError('ValidationException', `1 validation error detected: ${problem}`);
}
