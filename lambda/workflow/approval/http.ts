import { log } from '../../shared/logger';
import { decide, type Identity, lookUp, type Refusal } from './decide';
import { decisionPage, PAGE_HEADERS, refusalPage, requestPage } from './page';
import type { ApprovalServices } from './services';

/** The parts of an HTTP API event (payload version 2.0) that are read here. */
export interface HttpEvent {
  readonly rawPath?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly http: { readonly method: string };
    readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } };
  };
}

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MAX_BODY_BYTES = 16 * 1024;
const MAX_COMMENT_CHARACTERS = 2_000;

interface Answer {
  readonly status: number;
  readonly html: string;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Fields {
  readonly key?: unknown;
  readonly decision?: unknown;
  readonly comment?: unknown;
}

/** GET and HEAD show, POST decides: a mail scanner that follows a link must not decide anything. */
export async function answerHttp(event: HttpEvent, services: ApprovalServices): Promise<HttpResponse> {
  const { method } = event.requestContext.http;
  const answer = await answerTo(event, method, services).catch((error): Answer => {
    log.error('approval request failed', { error });
    return {
      ...plain(503, 'Not available', 'Something failed on our side; nothing is lost. Try again in a moment.'),
      headers: { 'retry-after': '5' },
    };
  });
  const asJson = wantsJson(event);
  const body = asJson ? JSON.stringify(answer.json) : answer.html;
  const type = asJson ? 'application/json' : 'text/html; charset=utf-8';
  return {
    statusCode: answer.status,
    headers: { ...PAGE_HEADERS, ...answer.headers, 'content-type': type },
    body: method === 'HEAD' ? '' : body,
  };
}

function answerTo(event: HttpEvent, method: string, services: ApprovalServices): Promise<Answer> {
  const id = event.pathParameters?.['id'] ?? /\/approvals\/([^/]+)\/?$/.exec(event.rawPath ?? '')?.[1];
  if (id === undefined) return Promise.resolve(plain(404, 'Not found', 'There is nothing here.'));
  if (method === 'GET' || method === 'HEAD') return show(id, event, services);
  if (method === 'POST') return post(id, event, services);
  return Promise.resolve({
    ...plain(405, 'Method not allowed', 'Use GET to look and POST to decide.'),
    headers: { allow: 'GET, HEAD, POST' },
  });
}

async function show(id: string, event: HttpEvent, services: ApprovalServices): Promise<Answer> {
  const key = event.queryStringParameters?.['key'];
  const standing = await lookUp({ id, key, identity: identityOf(event) }, services);
  if ('status' in standing) return refused(standing);
  const { approval, approver } = standing;
  const { decision, subject, view } = approval;
  if (decision) {
    const delivered = (await services.table.readUndelivered(approval)) === undefined;
    return { status: 200, html: decisionPage(decision, delivered), json: { status: 'decided', decision } };
  }
  const expiresAt = new Date(approval.linksExpireAt * 1_000).toISOString();
  return { status: 200, html: requestPage(standing, key ?? ''), json: { status: 'open', subject, approver, view, expiresAt } };
}

async function post(id: string, event: HttpEvent, services: ApprovalServices): Promise<Answer> {
  const fields = readFields(event);
  if ('status' in fields) return fields;
  const wish = readWish(fields);
  if (typeof wish === 'string') return plain(400, 'Malformed decision', wish);
  const key = fields.key ?? event.queryStringParameters?.['key'];
  const result = await decide({ id, key, identity: identityOf(event) }, wish, services);
  if (result.outcome === 'refused') return refused(result.refusal);
  const { decision, delivered } = result;
  return { status: delivered ? 200 : 202, html: decisionPage(decision, delivered), json: { status: 'decided', decision, delivered } };
}

function readFields(event: HttpEvent): Fields | Answer {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.byteLength > MAX_BODY_BYTES) return plain(413, 'Too large', `A decision must be at most ${MAX_BODY_BYTES} bytes.`);
  const text = body.toString('utf8');
  if (!/^application\/json\b/i.test(event.headers?.['content-type'] ?? '')) {
    const { key, decision, comment } = Object.fromEntries(new URLSearchParams(text));
    return { key, decision, comment };
  }
  try {
    const { key, decision, comment } = JSON.parse(text) as Record<string, unknown>;
    return { key, decision, comment };
  } catch {
    return plain(400, 'Malformed decision', 'The body is not a JSON object.');
  }
}

/** Only what is decided comes from the body; who decides never does. */
function readWish({ decision, comment }: Fields): { approved: boolean; comment?: string } | string {
  if (decision !== 'approve' && decision !== 'reject') return 'decision must be approve or reject.';
  const approved = decision === 'approve';
  if (comment === undefined || comment === null || comment === '') return { approved };
  if (typeof comment !== 'string') return 'comment must be a text.';
  if (comment.length > MAX_COMMENT_CHARACTERS) {
    return `comment must be at most ${MAX_COMMENT_CHARACTERS} characters, got ${comment.length}.`;
  }
  return { approved, comment };
}

/** An address that its provider does not vouch for is no identity. */
function identityOf(event: HttpEvent): Identity | undefined {
  const claims = event.requestContext.authorizer?.jwt?.claims;
  if (!claims) return undefined;
  const { email, sub } = claims;
  const verified = claims['email_verified'] === undefined || String(claims['email_verified']) === 'true';
  return {
    ...(typeof email === 'string' && verified ? { email } : {}),
    ...(typeof sub === 'string' ? { sub } : {}),
  };
}

function wantsJson({ headers }: HttpEvent): boolean {
  return /\bapplication\/json\b/i.test(headers?.['accept'] ?? '') || /^application\/json\b/i.test(headers?.['content-type'] ?? '');
}

function refused(refusal: Refusal): Answer {
  return plain(refusal.status, refusal.title, refusal.text);
}

function plain(status: number, title: string, text: string): Answer {
  return { status, html: refusalPage({ title, text }), json: { status: 'refused', title, text } };
}
