import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  Map as ForEach,
  type IChainable,
  IntegrationPattern,
  JsonPath,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoAttributeValue,
  DynamoPutItem,
  DynamoUpdateItem,
  LambdaInvoke,
  SnsPublish,
  SqsSendMessage,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

export interface OrderMachineProps {
  readonly orders: TableV2;
  readonly shipments: Queue;
  readonly news: Topic;
  readonly validate: IFunction;
  readonly reserve: IFunction;
}

/** One order from its file to its end. */
export class OrderMachine extends Construct {
  readonly machine: StateMachine;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OrderMachineProps,
  ) {
    super(scope, id);
    const { news, shipments } = props;

    const shipped = this.record('Record shipment', 'SHIPPED').next(new Succeed(this, 'Shipped'));
    const rejected = this.record('Record rejection', 'REJECTED')
      .next(
        new SnsPublish(this, 'Tell customer care', {
          topic: news,
          subject: 'An order failed',
          message: TaskInput.fromObject({ orderId: JsonPath.stringAt('$.orderId'), error: JsonPath.stringAt('$.failure.Error') }),
          resultPath: JsonPath.DISCARD,
        }),
      )
      .next(
        new Fail(this, 'Rejected', { errorPath: JsonPath.stringAt('$.failure.Error'), causePath: JsonPath.stringAt('$.failure.Cause') }),
      );
    const late = this.record('Record delay', 'LATE').next(
      new Fail(this, 'Late', { error: 'Warehouse.Late', cause: 'nobody shipped it in time' }),
    );
    const onFailure = (state: { addCatch(handler: IChainable, props: object): unknown }) =>
      state.addCatch(rejected, { resultPath: '$.failure' });

    const validate = new LambdaInvoke(this, 'Validate order', { lambdaFunction: props.validate, payloadResponseOnly: true });
    const receive = new DynamoPutItem(this, 'Record order', {
      table: props.orders,
      item: {
        orderId: DynamoAttributeValue.fromString(JsonPath.stringAt('$.orderId')),
        state: DynamoAttributeValue.fromString('RECEIVED'),
        total: DynamoAttributeValue.numberFromString(JsonPath.stringAt("States.Format('{}', $.total)")),
        startedBy: DynamoAttributeValue.fromString(JsonPath.stringAt('$$.Execution.Name')),
      },
      conditionExpression: 'attribute_not_exists(orderId)',
      resultPath: JsonPath.DISCARD,
    });
    onFailure(receive);

    const reserve = new LambdaInvoke(this, 'Reserve item', {
      lambdaFunction: props.reserve,
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
    });
    reserve.addRetry({ errors: ['StockBusy'], interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 3 });
    const reserveAll = new ForEach(this, 'Reserve items', {
      itemsPath: '$.items',
      itemSelector: {
        orderId: JsonPath.stringAt('$.orderId'),
        position: JsonPath.numberAt('$$.Map.Item.Index'),
        item: JsonPath.objectAt('$$.Map.Item.Value'),
      },
      maxConcurrency: 2,
      resultPath: '$.reservations',
    }).itemProcessor(reserve);
    onFailure(reserveAll);

    const ship = new SqsSendMessage(this, 'Ship', {
      queue: shipments,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      messageBody: TaskInput.fromObject({
        token: JsonPath.taskToken,
        orderId: JsonPath.stringAt('$.orderId'),
        items: JsonPath.objectAt('$.items'),
      }),
      taskTimeout: Timeout.duration(Duration.days(2)),
      resultPath: '$.shipment',
    });
    ship.addCatch(late, { errors: ['States.Timeout'], resultPath: '$.failure' });
    onFailure(ship);
    ship.next(shipped);

    // Large orders can still be called back before they leave.
    const hold = new Wait(this, 'Time to call it back', { time: WaitTime.duration(Duration.hours(4)) });
    const size = new Choice(this, 'Is it large?')
      .when(Condition.and(Condition.numberGreaterThan('$.total', 500), Condition.booleanEquals('$.express', false)), hold.next(ship))
      .otherwise(ship);

    this.machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(validate.next(receive).next(reserveAll).next(size)),
      timeout: Duration.days(7),
    });
    shipments.grantSendMessages(this.machine);
  }

  private record(id: string, state: string): DynamoUpdateItem {
    return new DynamoUpdateItem(this, id, {
      table: this.props.orders,
      key: { orderId: DynamoAttributeValue.fromString(JsonPath.stringAt('$.orderId')) },
      updateExpression: 'SET #state = :state',
      expressionAttributeNames: { '#state': 'state' },
      expressionAttributeValues: { ':state': DynamoAttributeValue.fromString(state) },
      resultPath: JsonPath.DISCARD,
    });
  }
}
