import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceHandler } from '../gateway/service';
import { type Backend, type BackendRequest, type BackendResponse, backendRequest, callBackend, replyWith } from './forward';
import { jsonBody, operationOf } from './reply';

const ANSWERS_A_URL = new Set(['CreateQueue', 'GetQueueUrl', 'ListQueues']);
const POLL_EVERY_MS = 25;
const LONGEST_WAIT_SECONDS = 20;

/** SQS by the engine. `waitOf` gives the wait of a queue that a receive without one of its own takes. */
export function queueHandler(backend: Backend, waitOf: (queueName: string) => number = () => 0): ServiceHandler {
  return async (request, response) => {
    const forwarded = backendRequest(request, response);
    const operation = operationOf(request);
    if (operation === 'ReceiveMessage') {
      const answer = await receive(backend, forwarded, jsonBody(request) ?? {}, waitOf);
      if (!response.destroyed) replyWith(response, answer);
      return;
    }
    const answer = await callBackend(backend, { ...forwarded, signal: undefined });
    if (!ANSWERS_A_URL.has(operation)) return replyWith(response, answer);
    // The SDK sends its requests to the host of the queue URL, so that must be where this client came from.
    const here = `http://${request.request.headers.host}/000000000000/`;
    const body = answer.body.toString('utf8').replaceAll(/https?:\/\/[^/"]+\/000000000000\//g, here);
    replyWith(response, { ...answer, body: Buffer.from(body) });
  };
}

/** Waits on this side of the engine, whose own long poll would take a message for a client that has left. */
async function receive(
  backend: Backend,
  request: BackendRequest,
  input: Record<string, unknown>,
  waitOf: (queueName: string) => number,
): Promise<BackendResponse> {
  const queue = String(input['QueueUrl'] ?? '').replace(/^.*\//, '');
  const wait = Number(input['WaitTimeSeconds'] ?? waitOf(queue));
  // The engine refuses what is out of range.
  if (!(wait >= 0 && wait <= LONGEST_WAIT_SECONDS)) return callBackend(backend, { ...request, signal: undefined });
  const body = Buffer.from(JSON.stringify({ ...input, WaitTimeSeconds: 0 }));
  const end = performance.now() + wait * 1000;
  for (;;) {
    const answer = await callBackend(backend, { ...request, body, signal: undefined });
    const found = answer.status !== 200 || answer.body.includes('"ReceiptHandle"');
    if (found || performance.now() >= end || request.signal?.aborted) return answer;
    await pause(POLL_EVERY_MS);
    if (request.signal?.aborted) return answer;
  }
}
