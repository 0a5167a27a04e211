import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DURABLE_RETENTION } from '../../quotas/durable-quotas';
import { AssemblyError } from '../../template/assembly-error';
import type { DurableSpec, FunctionSpec, SystemLogs } from '../lambda/function-spec';
import { asyncSettings } from './async-settings';
import { versionsOf } from './function-versions';
import { layOutImage } from './image-layout';
import { layOutLayers } from './layers';
import { token } from './physical-name';
import type { ResolvedStack, Resource } from './resolved-stack';

export interface FunctionSpecsOptions {
  /** Where images and inline code are laid out. @default - `.cache/cdk-serverless-ai` in the home directory, which no other user can write */
  readonly cacheDirectory?: string;
  /** Its node_modules stand in for those that a Dockerfile installs. @default - the working directory */
  readonly projectDirectory?: string;
  /** Takes functions that cannot run here; without it they fail the call. */
  readonly onUnusable?: (resource: Resource, problem: Error) => void;
}

type Code = Pick<FunctionSpec, 'codeDirectory' | 'handler' | 'environment' | 'runtime'>;

/** The functions of a stack, ready to run. */
export function functionSpecs(stack: ResolvedStack, options: FunctionSpecsOptions = {}): FunctionSpec[] {
  return stack.resourcesOf('AWS::Lambda::Function').flatMap((resource) => {
    try {
      return [functionSpec(stack, resource, options)];
    } catch (error) {
      if (!options.onUnusable) throw error;
      options.onUnusable(resource, error as Error);
      return [];
    }
  });
}

function functionSpec(stack: ResolvedStack, resource: Resource, options: FunctionSpecsOptions): FunctionSpec {
  const { logicalId } = resource;
  const { name, arn = '' } = stack.identity(logicalId);
  const reserved = stack.property(logicalId, 'ReservedConcurrentExecutions');
  const role = stack.property(logicalId, 'Role');
  const layerDirectory = layOutLayers(stack, resource, options.cacheDirectory ?? defaultCache());
  const systemLogs = systemLogsOf(stack, logicalId);
  const durable = durableOf(stack, logicalId);
  return {
    logicalId,
    name,
    arn,
    ...codeOf(stack, resource, options),
    timeoutMs: stack.number(logicalId, 'Timeout', 3) * 1000,
    memoryMb: stack.number(logicalId, 'MemorySize', 128),
    ...(reserved !== undefined && { reservedConcurrency: Number(reserved) }),
    ...(role !== undefined && { roleArn: String(role) }),
    ...versionsOf(stack, name, arn),
    ...asyncSettings(stack, logicalId, name, arn),
    ...(layerDirectory !== undefined && { layerDirectory }),
    ...(systemLogs && { systemLogs }),
    ...(durable && { durable }),
  };
}

function codeOf(stack: ResolvedStack, { logicalId, path }: Resource, options: FunctionSpecsOptions): Code {
  const { cacheDirectory = defaultCache(), projectDirectory = process.cwd() } = options;
  const variables = ((stack.property(logicalId, 'Environment') as { Variables?: Record<string, unknown> } | undefined)?.Variables ??
    {}) as Record<string, unknown>;
  const own = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
  const environment = { ...loggingOf(stack, logicalId), ...own };
  const code = (stack.property(logicalId, 'Code') ?? {}) as { S3Key?: string; ZipFile?: string; ImageUri?: string };
  if (code.ImageUri !== undefined) return imageCode(stack, logicalId, code.ImageUri, environment, { cacheDirectory, projectDirectory });
  const settings = { handler: stack.text(logicalId, 'Handler'), runtime: stack.text(logicalId, 'Runtime'), environment };
  if (code.ZipFile !== undefined) return { ...settings, codeDirectory: inlineCode(code.ZipFile, settings.runtime, cacheDirectory) };
  const staged = stack.source.assets.files.get(code.S3Key ?? '');
  if (!staged) throw new AssemblyError(`${path}: its code ${code.S3Key ?? ''} is not an asset of the assembly`);
  if (!existsSync(staged)) throw new AssemblyError(`${path}: its code ${staged} is missing; synthesize again`);
  if (!statSync(staged).isDirectory())
    throw new AssemblyError(`${path}: its code ${staged} is an archive; give the directory to Code.fromAsset`);
  return { ...settings, codeDirectory: staged };
}

interface LoggingConfig {
  readonly LogFormat?: string;
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
}

function systemLogsOf(stack: ResolvedStack, logicalId: string): SystemLogs | undefined {
  const logging = stack.property(logicalId, 'LoggingConfig') as LoggingConfig | undefined;
  return logging?.LogFormat === 'JSON' ? { json: true, reports: logging.SystemLogLevel !== 'WARN' } : undefined;
}

function durableOf(stack: ResolvedStack, logicalId: string): DurableSpec | undefined {
  const config = stack.property(logicalId, 'DurableConfig') as { ExecutionTimeout?: unknown; RetentionPeriodInDays?: unknown } | undefined;
  if (config === undefined) return undefined;
  return {
    executionTimeoutSeconds: Number(config.ExecutionTimeout),
    retentionDays: Number(config.RetentionPeriodInDays ?? DURABLE_RETENTION.default),
  };
}

/** How the runtime writes logs. Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
function loggingOf(stack: ResolvedStack, logicalId: string): Record<string, string> {
  const logging = stack.property(logicalId, 'LoggingConfig') as LoggingConfig | undefined;
  if (logging?.LogFormat !== 'JSON') return {};
  return { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: logging.ApplicationLogLevel ?? 'INFO' };
}

function imageCode(
  stack: ResolvedStack,
  logicalId: string,
  uri: string,
  environment: Record<string, string>,
  options: { readonly cacheDirectory: string; readonly projectDirectory: string },
): Code {
  const image = stack.source.assets.images.get(uri.slice(uri.lastIndexOf(':') + 1));
  if (!image)
    throw new AssemblyError(`${stack.name}/${logicalId}: image ${uri} is not built from the assembly, so the local run has not its files`);
  const layout = layOutImage(image, options);
  const configured = (stack.property(logicalId, 'ImageConfig') as { Command?: string[] } | undefined)?.Command;
  const command = configured ?? layout.command ?? [];
  const [handler = ''] = command;
  if (command.length !== 1 || !/^[\w./-]+\.\w+$/.test(handler)) {
    throw new AssemblyError(
      `${stack.name}/${logicalId}: CMD must name a handler such as ["index.handler"] to run locally, got ${JSON.stringify(command)}`,
    );
  }
  const codeDirectory = join(layout.root, 'var', 'task');
  const module = join(codeDirectory, handler.slice(0, handler.lastIndexOf('.')));
  if (!['.js', '.mjs', '.cjs', '.py'].some((extension) => existsSync(module + extension))) {
    throw new AssemblyError(`${stack.name}/${logicalId}: CMD names ${handler}, but the Dockerfile copies no such module to /var/task`);
  }
  // Paths of the image that were laid out are where they are now.
  const local = Object.entries({ ...layout.environment, ...environment, LAMBDA_TASK_ROOT: codeDirectory }).map(([name, value]) => [
    name,
    value.startsWith('/') && !value.startsWith(layout.root) && existsSync(join(layout.root, value)) ? join(layout.root, value) : value,
  ]);
  return { codeDirectory, handler, environment: Object.fromEntries(local.filter(([name]) => !RUNTIME_SETTINGS.has(name!))) };
}

/** Given by the runtime, not by the configuration. */
const RUNTIME_SETTINGS = new Set(['LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR', 'PATH', 'HOME']);

function inlineCode(source: string, runtime: string, cacheDirectory: string): string {
  const directory = join(cacheDirectory, `inline-${token(runtime + source, 32, 'hex')}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, runtime.startsWith('python') ? 'index.py' : 'index.js'), source);
  return directory;
}

/** Where images and inline code are laid out unless told otherwise. */
export function defaultCache(): string {
  return join(homedir(), '.cache', 'cdk-serverless-ai');
}
