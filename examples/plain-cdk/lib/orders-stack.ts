import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { BlockPublicAccess, Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { OrderMachine } from './order-machine';

/** Orders come as files, are reserved item by item, shipped by a warehouse that answers in its own time, and counted every morning. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const orders = new TableV2(this, 'Orders', {
      partitionKey: { name: 'orderId', type: AttributeType.STRING },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stock = new TableV2(this, 'Stock', {
      partitionKey: { name: 'sku', type: AttributeType.STRING },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const inbox = new Bucket(this, 'Inbox', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    const lost = new Queue(this, 'LostShipments');
    const shipments = new Queue(this, 'Shipments', {
      // Six times the timeout of the warehouse, and what it waits for a batch to fill.
      visibilityTimeout: Duration.seconds(61),
      deadLetterQueue: { queue: lost, maxReceiveCount: 2 },
    });
    const news = new Topic(this, 'News');
    const customerCare = new Queue(this, 'CustomerCare');
    news.addSubscription(new SqsSubscription(customerCare, { rawMessageDelivery: true }));

    const validate = this.handler('Validate');
    const reserve = this.handler('Reserve', { STOCK_TABLE: stock.tableName });
    stock.grantReadWriteData(reserve);

    const { machine } = new OrderMachine(this, 'Process', { orders, shipments, news, validate, reserve });

    // The warehouse takes shipments from the queue and answers with the token of the order that waits.
    const warehouse = this.handler('Warehouse');
    warehouse.addEventSource(
      new SqsEventSource(shipments, { batchSize: 10, maxBatchingWindow: Duration.seconds(1), reportBatchItemFailures: true }),
    );
    machine.grantTaskResponse(warehouse);

    const receive = this.handler('Receive', { STATE_MACHINE_ARN: machine.stateMachineArn });
    inbox.grantRead(receive);
    machine.grantStartExecution(receive);
    inbox.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(receive), { prefix: 'orders/', suffix: '.json' });

    const report = this.handler('Report', { ORDERS_TABLE: orders.tableName, REPORT_BUCKET: inbox.bucketName });
    orders.grantReadData(report);
    inbox.grantPut(report, 'reports/*');
    new Rule(this, 'EveryMorning', {
      schedule: Schedule.cron({ minute: '0', hour: '6' }),
      targets: [new LambdaFunction(report, { retryAttempts: 2 })],
    });
  }

  private handler(name: string, environment: Record<string, string> = {}): NodejsFunction {
    return new NodejsFunction(this, name, {
      entry: join(__dirname, '..', 'handlers', `${name.toLowerCase()}.ts`),
      runtime: Runtime.NODEJS_24_X,
      timeout: Duration.seconds(10),
      memorySize: 256,
      environment,
    });
  }
}
