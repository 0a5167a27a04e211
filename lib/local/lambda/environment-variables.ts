import { delimiter, join } from 'node:path';
import type { IssuedCredentials } from '../gateway/gateway';
import type { FunctionSpec } from './function-spec';
import { runtimeModules } from './runtime-modules';

export interface EnvironmentVariablesInput {
  readonly spec: FunctionSpec;
  readonly version: string;
  readonly runtime: string;
  readonly region: string;
  readonly endpointUrl: string;
  readonly credentials: IssuedCredentials;
  readonly runtimeApi: string;
  readonly logStream: string;
  readonly initializationType: 'on-demand' | 'provisioned-concurrency';
  readonly tmpDirectory: string;
}

/** Of this machine's variables only these pass: whatever else is set must not change how a function behaves. */
const PASSED = ['PATH', 'SystemRoot', 'LD_LIBRARY_PATH', 'PYENV_VERSION', 'PYENV_ROOT'];

/** The variables of a Lambda environment, with the local gateway as the endpoint of every AWS service. */
export function environmentVariables(input: EnvironmentVariablesInput): Record<string, string> {
  const { spec, version, runtime, region, endpointUrl, credentials, runtimeApi, logStream, tmpDirectory } = input;
  const passed = Object.fromEntries(PASSED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const modules = runtimeModules();
  return {
    ...passed,
    ...layerPaths(spec.layerDirectory, { ...passed, NODE_PATH: modules }),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_LAMBDA_LOG_FORMAT: 'Text',
    AWS_ENDPOINT_URL: endpointUrl,
    ...spec.environment,
    // Lambda reserves the names below: a function cannot set them.
    _HANDLER: handlerName(spec.handler),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: input.initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: spec.codeDirectory,
    LAMBDA_RUNTIME_DIR: spec.codeDirectory,
    TMPDIR: tmpDirectory,
    // Profiles and endpoints of this machine's user are no part of the function's world.
    HOME: tmpDirectory,
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** Where runtimes look for what layers bring. Source: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
function layerPaths(directory: string | undefined, passed: Readonly<Record<string, string | undefined>>): Record<string, string> {
  if (directory === undefined) return passed['NODE_PATH'] === undefined ? {} : { NODE_PATH: passed['NODE_PATH'] };
  const under = (...paths: readonly string[]) => paths.map((path) => join(directory, path));
  const before = (paths: readonly string[], name: string) =>
    [...paths, ...(passed[name] === undefined ? [] : [passed[name]])].join(delimiter);
  return {
    NODE_PATH: before(under('nodejs/node24/node_modules', 'nodejs/node22/node_modules', 'nodejs/node_modules'), 'NODE_PATH'),
    PYTHONPATH: under('python').join(delimiter),
    PATH: before(under('bin'), 'PATH'),
    LD_LIBRARY_PATH: before(under('lib'), 'LD_LIBRARY_PATH'),
  };
}

/** `app.py` as an image's CMD names a file; Lambda wants `app.handler`. */
function handlerName(handler: string): string {
  return handler.endsWith('.py') ? `${handler.slice(0, -'.py'.length)}.handler` : handler;
}
