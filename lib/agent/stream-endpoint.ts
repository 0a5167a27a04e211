import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { APIGW_REST_STREAM } from '../quotas/api-gateway-quotas';
import { acknowledge } from '../validation/acknowledge';
import { seconds } from '../validation/check-quota';

const LOG_POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

export interface StreamApiProps {
  readonly alias: lambda.Alias;
  readonly functionTimeout: Duration;
  readonly authorizer?: apigateway.IAuthorizer;
  readonly throttle?: apigateway.ThrottleSettings;
  readonly logRetention: logs.RetentionDays;
}

/** A regional REST API that passes the function's answer on as it comes, behind IAM or a given authorizer. */
export class StreamApi extends Construct {
  readonly api: apigateway.RestApi;
  private readonly method: apigateway.Method;

  constructor(scope: Construct, id: string, props: StreamApiProps) {
    super(scope, id);
    this.api = this.createApi(props);
    this.method = this.addChatMethod(props);
    this.acknowledgeFindings(props);
  }

  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns: [this.method.methodArn] });
  }

  private createApi(props: StreamApiProps): apigateway.RestApi {
    const accessLog = new logs.LogGroup(this, 'AccessLog', { retention: props.logRetention });
    return new apigateway.RestApi(this, 'Api', {
      description: 'Streams the answers of an agent',
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // Access logs reach CloudWatch only when the account has a role for API Gateway; a new account has none.
      cloudWatchRole: true,
      deployOptions: {
        tracingEnabled: true,
        metricsEnabled: true,
        accessLogDestination: new apigateway.LogGroupLogDestination(accessLog),
        accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
        throttlingRateLimit: props.throttle?.rateLimit ?? 10,
        throttlingBurstLimit: props.throttle?.burstLimit ?? 20,
      },
    });
  }

  private addChatMethod(props: StreamApiProps): apigateway.Method {
    const longest = Duration.seconds(APIGW_REST_STREAM.max ?? 0);
    const functionSeconds = seconds(props.functionTimeout) ?? longest.toSeconds();
    const integration = new apigateway.LambdaIntegration(props.alias, {
      responseTransferMode: apigateway.ResponseTransferMode.STREAM,
      timeout: Duration.seconds(Math.min(functionSeconds, longest.toSeconds())),
      allowTestInvoke: false,
    });
    return this.api.root.addMethod('POST', integration, {
      ...(props.authorizer ? { authorizer: props.authorizer } : { authorizationType: apigateway.AuthorizationType.IAM }),
      requestValidator: new apigateway.RequestValidator(this, 'Validator', {
        restApi: this.api,
        validateRequestBody: true,
        validateRequestParameters: true,
      }),
      requestModels: {
        'application/json': this.api.addModel('Request', {
          contentType: 'application/json',
          schema: { schema: apigateway.JsonSchemaVersion.DRAFT4, type: apigateway.JsonSchemaType.OBJECT },
        }),
      },
    });
  }

  private acknowledgeFindings(props: StreamApiProps): void {
    const accept = (scope: Construct, id: string, reason: string) => acknowledge(scope, { id: `AwsSolutions::AwsSolutions-${id}`, reason });
    accept(this.api, 'APIG3', 'a web ACL is the choice of the account; associate one with streamApi.deploymentStage');
    accept(this.api, 'APIG6', 'execution logs would hold prompts and answers; access logs, metrics and traces are on');
    accept(
      this.api,
      `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${LOG_POLICY}]`,
      'AWS keeps the policy with which API Gateway writes logs',
    );
    const who = props.authorizer ? 'the given authorizer decides who calls' : 'callers sign their requests with IAM credentials';
    accept(this.api, 'COG4', who);
  }
}

/** A function URL that streams, for signed requests only. */
export function addStreamUrl(alias: lambda.Alias): lambda.FunctionUrl {
  return alias.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM, invokeMode: lambda.InvokeMode.RESPONSE_STREAM });
}
