import { ApprovalWait } from '../approvals/approval-wait';
import { TaskTokenError } from '../asl/task-tokens';
import type { Deployment } from '../deployment';
import { ConsoleError } from './console-error';

type Body = Readonly<Record<string, unknown>>;
type Action = (deployment: Deployment, body: Body) => Promise<object> | object;

function textOf(body: Body, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ConsoleError('Body', `${name} must be a text that is not empty, got ${JSON.stringify(value)}`);
}

function optionalTextOf(body: Body, name: string): string | undefined {
  return body[name] === undefined || body[name] === '' ? undefined : textOf(body, name);
}

const start: Action = ({ executions }, body) => {
  const record = executions.start({
    stateMachineArn: textOf(body, 'workflow'),
    input: body['input'] ?? {},
    name: optionalTextOf(body, 'name'),
  });
  return { arn: record.executionArn, name: record.name };
};

const decide: Action = async ({ inbox, clock }, body) => {
  const decision = textOf(body, 'decision');
  if (decision !== 'approve' && decision !== 'reject') {
    throw new ConsoleError('Decision', `decision must be approve or reject, got ${JSON.stringify(decision)}`);
  }
  const approvalId = textOf(body, 'approvalId');
  const links = inbox.pending(textOf(body, 'arn')).find(([first]) => first.approvalId === approvalId);
  if (links === undefined) throw new ConsoleError('NoApproval', 'nobody is asked for this approval any more', 409);
  const [by, comment] = [optionalTextOf(body, 'by'), optionalTextOf(body, 'comment')];
  try {
    await new ApprovalWait(links, clock)[decision]({ by, comment });
  } catch (error) {
    // Whoever is no approver, or comes after somebody else has decided, made no mistake of this server.
    throw new ConsoleError('Decision', (error as Error).message, 409);
  }
  inbox.drop(approvalId);
  return { decision };
};

const answer: Action = ({ tokens }, body) => {
  const token = textOf(body, 'token');
  try {
    if (body['error'] === undefined) tokens.succeed(token, body['output'] ?? {});
    else tokens.fail(token, textOf(body, 'error'), optionalTextOf(body, 'cause') ?? '');
  } catch (error) {
    if (error instanceof TaskTokenError) throw new ConsoleError(error.name, error.message, 409);
    throw error;
  }
  return {};
};

const redrive: Action = ({ executions, inbox }, body) => {
  const arn = textOf(body, 'arn');
  const { redriveCount } = executions.redrive(arn);
  inbox.forget(arn);
  return { redriveCount };
};

const stop: Action = ({ executions }, body) => {
  executions.get(textOf(body, 'arn')).execution.stop('Console.Stopped', 'stopped on the page of the local run');
  return {};
};

const kill: Action = ({ lambda }, body) => {
  const environmentId = textOf(body, 'environmentId');
  try {
    lambda.kill(environmentId);
  } catch (error) {
    throw new ConsoleError('NoEnvironment', (error as Error).message, 409);
  }
  return {};
};

/** What the page can do, by the last part of the path that it posts to. */
export const ACTIONS: Readonly<Record<string, Action>> = { start, decide, answer, redrive, stop, kill };
