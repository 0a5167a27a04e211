import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../lib/local/local-runner';
import { until } from '../lib/local/lambda/local-functions';
import { inlineFunction, runSmall, stopAll } from '../lib/local/small-app';

jest.setTimeout(120_000);

const notices: string[] = [];
let local: LocalRunner;

/** An ordinary stack that moves everything by events: nothing of it is made by this package. */
beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const topic = new sns.Topic(stack, 'Uploads');
      const announce = inlineFunction(
        stack,
        'Announce',
        `const { SNSClient, PublishCommand } = require(process.env.SDK);
         const key = decodeURIComponent(event.Records[0].s3.object.key.replaceAll('+', ' '));
         await new SNSClient({}).send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: key }));`,
        { timeout: Duration.seconds(30) },
      );
      announce.addEnvironment('TOPIC', topic.topicArn).addEnvironment('SDK', require.resolve('@aws-sdk/client-sns'));
      topic.grantPublish(announce);
      const bucket = new s3.Bucket(stack, 'Docs', { bucketName: 'plain-docs' });
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(announce), { suffix: '.txt' });

      const queue = new sqs.Queue(stack, 'Jobs', { visibilityTimeout: Duration.seconds(60) });
      topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
      const work = inlineFunction(stack, 'Work', 'return event.Records.map(({ body }) => body);', { timeout: Duration.seconds(10) });
      work.addEventSource(new SqsEventSource(queue));

      const machine = new sfn.StateMachine(stack, 'Nightly', {
        definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Clean')),
      });
      const input = scheduler.ScheduleTargetInput.fromObject({ at: scheduler.ContextAttribute.scheduledTime });
      new scheduler.Schedule(stack, 'EveryNight', {
        schedule: scheduler.ScheduleExpression.rate(Duration.hours(24)),
        target: new StepFunctionsStartExecution(machine, { input }),
      });

      const api = new apigatewayv2.HttpApi(stack, 'Api', {
        defaultAuthorizer: new HttpJwtAuthorizer('Users', 'https://users.example.com', { jwtAudience: ['web'] }),
      });
      const who = inlineFunction(stack, 'Who', 'return { hello: event.requestContext.authorizer.jwt.claims.sub };');
      api.addRoutes({ path: '/who', integration: new HttpLambdaIntegration('WhoIs', who) });
      new CfnOutput(stack, 'ApiUrl', { value: api.apiEndpoint });
    },
    { time: 'manual', onNotice: (notice) => notices.push(notice) },
  );
});

afterAll(stopAll);

test('an upload goes by notification, function, topic and queue to the worker', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new S3Client({ endpoint: local.gateway.url, forcePathStyle: true, region: 'us-east-1', credentials });
  await client.send(new PutObjectCommand({ Bucket: 'plain-docs', Key: 'in/ä file.txt', Body: 'x' }));
  await client.send(new PutObjectCommand({ Bucket: 'plain-docs', Key: 'in/picture.png', Body: 'x' }));
  client.destroy();
  await until(() => local.function('Work').invocations.some(({ result }) => result !== undefined));
  expect(local.function('Work').invocations.map(({ result }) => result)).toEqual([['in/ä file.txt']]);
});

test('a schedule starts the machine under its own role when its time has come', async () => {
  await local.advance(Duration.hours(47));
  await local.settled();
  const starts = local.calls({ service: 'states', operation: 'StartExecution' });
  expect(starts).toHaveLength(1);
  expect(starts[0]?.caller.roleArn).toMatch(/:role\//);
});

test('an API asks who calls', async () => {
  const url = `${local.output('ApiUrl')}/who`;
  expect((await fetch(url)).status).toBe(401);
  const response = await fetch(url, { headers: { authorization: `Bearer ${local.token('Api', { sub: 'ana' })}` } });
  expect([response.status, await response.json()]).toEqual([200, { hello: 'ana' }]);
});

test('nothing of it is left out or denied', () => {
  expect(notices).toEqual([]);
  expect(local.permissions.denials).toEqual([]);
});
