import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AuthorizationType, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { InterfaceVpcEndpointAwsService, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, type FunctionProps, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, JitterType, Map as MapState, StateMachine, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

/** CloudFormation takes no more in one stack. */
const STACK_RESOURCES = 500;
const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0';

/** A service of a product: an API over a table, a pipeline behind a bucket, a workflow, an agent in the network. */
class Service extends Construct {
  constructor(scope: Construct, id: string, vpc: IVpc) {
    super(scope, id);
    const table = new TableV2(this, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const letters = new Queue(this, 'Letters');
    const queue = new Queue(this, 'Jobs', {
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: letters, maxReceiveCount: 3 },
    });
    new Bucket(this, 'Files', { enforceSSL: true }).addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(queue));

    const [read, write, work, step] = ['Read', 'Write', 'Work', 'Step'].map((name) => this.fn(name)) as [
      LambdaFn,
      LambdaFn,
      LambdaFn,
      LambdaFn,
    ];
    table.grantReadData(read);
    table.grantReadWriteData(write);
    work.addEventSource(new SqsEventSource(queue, { maxConcurrency: 10 }));
    const api = new RestApi(this, 'Api', { defaultMethodOptions: { authorizationType: AuthorizationType.IAM } });
    api.root.addMethod('GET', new LambdaIntegration(read));
    api.root.addMethod('POST', new LambdaIntegration(write));

    const agent = this.fn('Agent', { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, timeout: Duration.minutes(2) });
    agent.addToRolePolicy(new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [MODEL] }));
    const live = agent.addAlias('live');
    new Rule(this, 'Asked', { eventPattern: { source: [id] }, targets: [new LambdaFunction(live, { deadLetterQueue: letters })] });

    const invoke = new LambdaInvoke(this, 'Invoke', { lambdaFunction: step, taskTimeout: Timeout.duration(Duration.minutes(1)) });
    invoke.addRetry({ errors: ['States.TaskFailed'], backoffRate: 2, jitterStrategy: JitterType.FULL });
    const each = new MapState(this, 'Each', { maxConcurrency: 5 }).itemProcessor(invoke);
    const machine = new StateMachine(this, 'Machine', { definitionBody: DefinitionBody.fromChainable(each), timeout: Duration.hours(1) });
    new Rule(this, 'Begun', {
      eventPattern: { source: [`${id}.start`] },
      targets: [new SfnStateMachine(machine, { deadLetterQueue: letters })],
    });
    new CfnOutput(this, 'Name', { value: table.tableName });
  }

  private fn(id: string, props: Partial<FunctionProps> = {}): LambdaFn {
    return new LambdaFn(this, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({});'),
      timeout: Duration.seconds(30),
      logGroup: new LogGroup(this, `${id}Logs`, { retention: RetentionDays.ONE_MONTH }),
      ...props,
    });
  }
}

/** Services in as many stacks as they need, up to so many resources. The network belongs to the first. */
export function buildServices(app: App, resources: number): void {
  let built = 0;
  let vpc: IVpc | undefined;
  for (let index = 0; built < resources; index++) {
    const stack = new Stack(app, `Stack${index}`, { env: { account: '111111111111', region: 'eu-west-1' } });
    vpc ??= network(stack);
    const most = Math.min(STACK_RESOURCES, resources - built);
    // One service is more than a small app has; it is what there is then.
    do new Service(stack, `Service${stack.node.children.length}`, vpc);
    while (count(stack) + PER_SERVICE <= most);
    built += count(stack);
  }
}

const PER_SERVICE = 48;

function network(stack: Stack): IVpc {
  const vpc = new Vpc(stack, 'Network', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  vpc.addInterfaceEndpoint('Bedrock', { service: InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME });
  return vpc;
}

function count(stack: Stack): number {
  return stack.node.findAll().filter((node) => 'cfnResourceType' in node).length;
}
