import { type FunctionReference, LATEST, parseFunctionName, versionOf } from './function-name';
import type { FunctionSpec } from './function-spec';
import { functionNotFound } from './service-error';

/** What a function name leads to. */
export interface Target {
  readonly spec: FunctionSpec;
  /** As the caller gave it. */
  readonly qualifier?: string;
  readonly version: string;
}

export interface FunctionCatalogOptions {
  readonly functions: readonly FunctionSpec[];
  readonly region: string;
  readonly accountId: string;
  /** Picks a version behind an alias that shares its calls: 0 or more, less than 1. @default Math.random */
  readonly random?: () => number;
}

/** The functions of a run, found as the API finds them. */
export class FunctionCatalog {
  private readonly specs: ReadonlyMap<string, FunctionSpec>;
  private readonly random: () => number;

  constructor(private readonly options: FunctionCatalogOptions) {
    this.specs = new Map(options.functions.map((spec) => [spec.name, spec]));
    this.random = options.random ?? Math.random;
  }

  get all(): readonly FunctionSpec[] {
    return [...this.specs.values()];
  }

  /** @throws LambdaServiceError when there is no such function, version or alias */
  resolve(functionName: string, qualifier?: string): Target {
    const reference = parseFunctionName(functionName, qualifier);
    const spec = this.find(reference);
    return { spec, qualifier: reference.qualifier, version: this.weighted(spec, reference.qualifier) };
  }

  /** The function that a name, with or without a qualifier, belongs to. */
  spec(functionName: string): FunctionSpec {
    return this.find(parseFunctionName(functionName));
  }

  private find({ name, qualifier }: FunctionReference): FunctionSpec {
    const spec = this.specs.get(name);
    if (spec !== undefined) return spec;
    const { region, accountId } = this.options;
    throw functionNotFound(`arn:aws:lambda:${region}:${accountId}:function:${qualifier ? `${name}:${qualifier}` : name}`);
  }

  /** An alias with weights sends each call to one of its versions at random. Source: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
  private weighted(spec: FunctionSpec, qualifier: string | undefined): string {
    const version = versionOf(spec, qualifier);
    let rest = this.random();
    for (const [other, weight] of Object.entries(spec.weights?.[qualifier ?? LATEST] ?? {})) {
      if (rest < weight) return other;
      rest -= weight;
    }
    return version;
  }
}
