import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { LAMBDA_TIMEOUT } from '../quotas/lambda-quotas';

/** The function that an alias or a version stands for; undefined when it is not defined in this app. */
export function underlyingFunction(fn: lambda.IFunction): lambda.Function | undefined {
  if (fn instanceof lambda.Function) return fn;
  if (fn instanceof lambda.Alias) return underlyingFunction(fn.version.lambda);
  if (fn instanceof lambda.Version) return underlyingFunction(fn.lambda);
  return undefined;
}

/** The function's time-out, or undefined when this app does not define it. */
export function timeoutOf(fn: lambda.IFunction): Duration | undefined {
  const defined = underlyingFunction(fn);
  return defined === undefined ? undefined : (defined.timeout ?? Duration.seconds(LAMBDA_TIMEOUT.default as number));
}

/** The version that runs today, kept when a deployment replaces it; undefined when this app does not define it. */
export function pinnedVersion(fn: lambda.IFunction): lambda.Version | undefined {
  const version = fn instanceof lambda.Alias ? fn.version : fn instanceof lambda.Function ? fn.currentVersion : fn;
  if (!(version instanceof lambda.Version)) return undefined;
  version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return version;
}
