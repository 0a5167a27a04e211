import type { Target } from './function-catalog';
import { LATEST, publishedVersions, versionOf } from './function-name';
import type { FunctionSpec } from './function-spec';
import type { Provisioning } from './provisioned-environments';
import { invalidParameter, LambdaServiceError } from './service-error';

export interface DescribableService {
  target(functionName: string, qualifier?: string): Target;
  provisioning(functionName: string, version: string): Provisioning;
}

/** A read of what is deployed. */
export interface FunctionQuery {
  readonly functionName: string;
  readonly query: URLSearchParams;
  /** Alias of `GetAlias`. */
  readonly alias?: string;
}

type Answer = (lambda: DescribableService, query: FunctionQuery) => unknown;

const ROUTES: readonly { readonly pattern: RegExp; readonly operation: string; readonly answer: Answer }[] = [
  route('2015-03-31', '', 'GetFunction', getFunction),
  route('2015-03-31', '/configuration', 'GetFunctionConfiguration', (lambda, query) => configurationOf(targetOf(lambda, query))),
  route('2015-03-31', '/versions', 'ListVersionsByFunction', listVersions),
  route('2015-03-31', '/aliases', 'ListAliases', listAliases),
  route('2015-03-31', '/aliases/([^/]+)', 'GetAlias', getAlias),
  route('2019-09-30', '/concurrency', 'GetFunctionConcurrency', getConcurrency),
  route('2019-09-30', '/provisioned-concurrency', 'GetProvisionedConcurrencyConfig', getProvisioned),
];

function route(version: string, path: string, operation: string, answer: Answer) {
  return { pattern: new RegExp(`^/${version}/functions/([^/]+)${path}/?$`), operation, answer };
}

/** The reading operation of a request; undefined when it is another. */
export function functionOperation(method: string | undefined, path: string) {
  if (method !== 'GET') return undefined;
  for (const { pattern, operation, answer } of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null) return { operation, answer, functionName: decodeURIComponent(match[1]!), alias: match[2] };
  }
  return undefined;
}

function targetOf(lambda: DescribableService, { functionName, query }: FunctionQuery): Target {
  return lambda.target(functionName, query.get('Qualifier') ?? undefined);
}

function getFunction(lambda: DescribableService, query: FunctionQuery): unknown {
  const target = targetOf(lambda, query);
  const { reservedConcurrency, codeDirectory } = target.spec;
  return {
    Configuration: configurationOf(target),
    Code: { Location: `file://${codeDirectory}` },
    ...(reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
  };
}

/** What the template and the local run know of a function; sizes and digests of its code are not among it. */
function configurationOf({ spec, qualifier, version }: Target): Record<string, unknown> {
  const { name, arn, runtime, roleArn, handler, timeoutMs, memoryMb, environment, durable, deadLetterArn, systemLogs } = spec;
  return {
    FunctionName: name,
    FunctionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    ...(runtime === undefined ? { PackageType: 'Image' } : { PackageType: 'Zip', Runtime: runtime, Handler: handler }),
    ...(roleArn !== undefined && { Role: roleArn }),
    Timeout: timeoutMs / 1000,
    MemorySize: memoryMb,
    Version: version,
    Environment: { Variables: environment },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: systemLogs?.json ? 'JSON' : 'Text', LogGroup: `/aws/lambda/${name}` },
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: deadLetterArn } }),
    ...(durable && { DurableConfig: { ExecutionTimeout: durable.executionTimeoutSeconds, RetentionPeriodInDays: durable.retentionDays } }),
  };
}

function listVersions(lambda: DescribableService, { functionName }: FunctionQuery): unknown {
  const { spec } = lambda.target(functionName);
  const versions = [LATEST, ...publishedVersions(spec)];
  return { Versions: versions.map((version) => configurationOf({ spec, qualifier: version, version })) };
}

function aliasOf(spec: FunctionSpec, name: string): Record<string, unknown> {
  const weights = spec.weights?.[name];
  return {
    AliasArn: `${spec.arn}:${name}`,
    Name: name,
    FunctionVersion: spec.aliases[name],
    ...(weights && { RoutingConfig: { AdditionalVersionWeights: weights } }),
  };
}

function listAliases(lambda: DescribableService, { functionName }: FunctionQuery): unknown {
  const { spec } = lambda.target(functionName);
  return { Aliases: Object.keys(spec.aliases).map((name) => aliasOf(spec, name)) };
}

function getAlias(lambda: DescribableService, { functionName, alias = '' }: FunctionQuery): unknown {
  const { spec } = lambda.target(functionName);
  const name = decodeURIComponent(alias);
  if (!Object.hasOwn(spec.aliases, name))
    throw new LambdaServiceError('ResourceNotFoundException', 404, `Cannot find alias arn: ${spec.arn}:${name}`);
  return aliasOf(spec, name);
}

function getConcurrency(lambda: DescribableService, { functionName }: FunctionQuery): unknown {
  const { reservedConcurrency } = lambda.target(functionName).spec;
  return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
}

function getProvisioned(lambda: DescribableService, { functionName, query }: FunctionQuery): unknown {
  const { spec, qualifier } = lambda.target(functionName, query.get('Qualifier') ?? undefined);
  if (qualifier === undefined) throw invalidParameter('a qualifier is needed: $LATEST has no provisioned concurrency');
  if (spec.provisioned?.[qualifier] === undefined) {
    const message = `No Provisioned Concurrency Config found for this function: ${spec.arn}:${qualifier}`;
    throw new LambdaServiceError('ProvisionedConcurrencyConfigNotFoundException', 404, message);
  }
  const { requested, available, status } = lambda.provisioning(functionName, versionOf(spec, qualifier));
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: available,
    AllocatedProvisionedConcurrentExecutions: available,
    Status: status,
    ...(status === 'FAILED' && { StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' }),
  };
}
