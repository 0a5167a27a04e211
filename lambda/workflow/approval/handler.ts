import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SNSClient } from '@aws-sdk/client-sns';
import { Env } from '../../contract/env';
import { readEnv } from '../../shared/read-env';
import { publishEvent } from '../event-bus';
import { ApprovalTable } from './approval-table';
import { sweep } from './deliver';
import { answerHttp, type HttpEvent } from './http';
import { mintLinks } from './mint';
import type { ApprovalServices } from './services';

let sfn: SFNClient | undefined;
let sns: SNSClient | undefined;

const services: ApprovalServices = {
  table: new ApprovalTable(),
  baseUrl: () => readEnv(Env.approvalUrl),
  publish: publishEvent,
  tellWorkflow: async (taskToken, decision) => {
    const { SFNClient: Client, SendTaskSuccessCommand } = await import('@aws-sdk/client-sfn');
    sfn ??= new Client({});
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(decision) }));
  },
  send: async ({ approver, subject, text }) => {
    const { SNSClient: Client, PublishCommand } = await import('@aws-sdk/client-sns');
    sns ??= new Client({});
    const TopicArn = readEnv(Env.approvalTopicArn);
    const MessageAttributes = { approver: { DataType: 'String', StringValue: approver } };
    // A subject is at most 100 printable ASCII characters. Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    const Subject = subject.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
    await sns.send(new PublishCommand({ TopicArn, Subject, Message: text, MessageAttributes }));
  },
};

/** Step Functions asks for links, the HTTP API shows and decides, a schedule sweeps. */
export const handler = (event: unknown): Promise<unknown> => {
  const { requestContext, sweep: isSweep } = (event ?? {}) as { requestContext?: { http?: unknown }; sweep?: unknown };
  if (requestContext?.http) return answerHttp(event as HttpEvent, services);
  if (isSweep === true) return sweep(services);
  return mintLinks(event, services);
};
