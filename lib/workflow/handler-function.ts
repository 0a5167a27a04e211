import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { handlerDirectory } from '../handlers/handler-asset';
import { acknowledge } from '../validation/acknowledge';
import { acknowledgeWildcards } from './acknowledge-wildcards';

export interface HandlerFunctionProps {
  /** Name under which the handler was bundled. */
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** Where failed calls go, since it is not to a queue of the function: says cdk-nag why. */
  readonly onFailure: string;
}

/** A function of ours with the code that ships in this package, and a role that may write its own logs and traces and nothing else. */
export class HandlerFunction extends Construct {
  readonly function: lambda.Function;
  readonly alias: lambda.Alias;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.function = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(handlerDirectory(props.handler)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      description: props.description,
      memorySize: 256,
      timeout: props.timeout,
      environment: { ...props.environment },
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      tracing: lambda.Tracing.ACTIVE,
    });
    this.alias = new lambda.Alias(this, 'Alias', { aliasName: 'live', version: this.function.currentVersion });
    acknowledge(this.function, { id: 'Serverless::Serverless-LambdaDLQ', reason: props.onFailure });
    acknowledgeWildcards(role, ['*'], 'X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords accept a wildcard only');
  }

  allow(actions: string[], resources: string[]): void {
    this.function.addToRolePolicy(new iam.PolicyStatement({ actions, resources }));
  }
}
