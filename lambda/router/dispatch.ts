import type { ResponseRecord, RoutedJob, RouteTargetData } from '../contract/routing';
import { answer, type HttpAnswer } from '../shared/http-event';

export interface Dispatched {
  /** Answer of a target that answers at once. */
  readonly answer?: HttpAnswer;
  /** ARN of a started execution, by which its state is asked later. */
  readonly executionArn?: string;
}

type Target<Kind extends RouteTargetData['kind']> = Extract<RouteTargetData, { kind: Kind }>;

/** One way to each kind of target. */
export interface TargetClients {
  invoke(target: Target<'function'>, job: RoutedJob): Promise<HttpAnswer>;
  call(target: Target<'endpoint'>, job: RoutedJob): Promise<HttpAnswer>;
  start(target: Target<'stateMachine'>, job: RoutedJob): Promise<string>;
  send(target: Target<'queue'>, job: RoutedJob): Promise<void>;
  /** Brings a service from zero to one task. */
  wake(service: NonNullable<Target<'queue'>['service']>): Promise<void>;
}

export interface DispatchTools {
  readonly clients: TargetClients;
  accept(userId: string, record: ResponseRecord): Promise<void>;
  now(): number;
  /** What follows the hand-over failed; the work goes on all the same. */
  onLateFailure(what: string, error: unknown): void;
}

/**
 * Hands a job to its target. A short target's answer is passed on. A long one takes the job first and is noted as accepted
 * afterwards: a crash in between leaves work whose caller was told nothing, never a promise without work.
 */
export async function dispatch(name: string, target: RouteTargetData, job: RoutedJob, tools: DispatchTools): Promise<HttpAnswer> {
  const { clients } = tools;
  if (target.kind === 'function') return clients.invoke(target, job);
  if (target.kind === 'endpoint') return clients.call(target, job);

  let executionArn: string | undefined;
  if (target.kind === 'stateMachine') executionArn = await clients.start(target, job);
  else await clients.send(target, job);

  const accepted: ResponseRecord = {
    status: 'accepted',
    responseId: job.responseId,
    target: name,
    at: new Date(tools.now()).toISOString(),
    ...(executionArn === undefined ? {} : { executionArn }),
  };
  const late = (what: string, work: Promise<void>) => work.catch((error) => tools.onLateFailure(what, error));
  const service = target.kind === 'queue' ? target.service : undefined;
  await Promise.all([
    late('noting the work', tools.accept(job.userId, accepted)),
    service && late('waking the service, which its scaling policy will do later', clients.wake(service)),
  ]);
  return answer(202, { responseId: job.responseId, status: 'accepted' }, { location: `/responses/${job.responseId}` });
}
