import type { StepEnvelope } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';
import { type InferenceResult, infer } from './infer';
import { invalid, parseRequest } from './inference-request';
import type { SentenceModel } from './sentence-model';

/** What a function URL and both kinds of API Gateway send, as far as it matters here. */
interface ProxyEvent {
  readonly body: string | null;
  readonly isBase64Encoded?: boolean;
}

export interface ProxyResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type LoadModel = () => Promise<SentenceModel>;

/** Answers a plain call, a workflow step or an HTTP request, each in the form its caller expects. */
export async function answer(load: LoadModel, event: unknown): Promise<InferenceResult | ProxyResponse> {
  if (isProxyEvent(event)) return respond(load, event);
  if (isStep(event)) return stepResult(await run(load, event.input), event.step);
  return run(load, event);
}

async function run(load: LoadModel, input: unknown): Promise<InferenceResult> {
  const request = parseRequest(input);
  return infer(await load(), request);
}

/** An HTTP caller gets its mistake as 400; anything else is ours and is thrown, so that it counts as an error of the function. */
async function respond(load: LoadModel, event: ProxyEvent): Promise<ProxyResponse> {
  try {
    return json(200, await run(load, parseBody(event)));
  } catch (error) {
    if (error instanceof NamedError && error.name === ErrorName.InvalidInput) {
      return json(400, { error: error.name, message: error.message });
    }
    throw error;
  }
}

function parseBody({ body, isBase64Encoded }: ProxyEvent): unknown {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('the body is not JSON', { cause });
  }
}

/** A result that does not fit the state machine's payload would fail the run with an error that nothing can catch. */
function stepResult(result: InferenceResult, step: StepEnvelope['step']): InferenceResult {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes > step.maxInlineBytes) {
    throw invalid(`the result has ${bytes} bytes, the step takes ${step.maxInlineBytes}; ask for fewer texts or without embeddings`);
  }
  return result;
}

function json(statusCode: number, body: unknown): ProxyResponse {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function isProxyEvent(event: unknown): event is ProxyEvent {
  return hasKeys(event, ['body', 'requestContext']);
}

function isStep(event: unknown): event is StepEnvelope {
  return hasKeys(event, ['workflow', 'step', 'input']);
}

function hasKeys(event: unknown, keys: readonly string[]): boolean {
  return typeof event === 'object' && event !== null && keys.every((key) => key in event);
}
