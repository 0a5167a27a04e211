import { createHash } from 'node:crypto';
import type { ApprovalDecision } from '../../contract/envelope';
import type { Refusal, Standing } from './decide';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
pre{background:#f4f4f4;padding:1rem;overflow:auto;white-space:pre-wrap}textarea{width:100%;box-sizing:border-box;font:inherit}
button{font:inherit;padding:.5rem 1.5rem;margin:1rem 1rem 0 0}`;

/** Nothing may load, frame or receive anything, save the page's own form; the link must not leak through referrer or cache. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1>
${body}
</body></html>`;
}

export function requestPage({ approval, approver }: Standing, key: string): string {
  return page(
    approval.subject,
    `<p>Workflow ${escapeHtml(approval.workflow.name)}, step ${escapeHtml(approval.stepId)}. You decide as <strong>${escapeHtml(approver)}</strong>,
until ${new Date(approval.linksExpireAt * 1_000).toISOString()}.</p>
<pre>${escapeHtml(approval.view)}</pre>
<form method="post" action="${escapeHtml(approval.id)}">
<input type="hidden" name="key" value="${escapeHtml(key)}">
<label for="comment">Comment (optional)</label>
<textarea id="comment" name="comment" rows="4" maxlength="2000"></textarea>
<button name="decision" value="approve">Approve</button><button name="decision" value="reject">Reject</button>
</form>`,
  );
}

export function decisionPage(decision: ApprovalDecision, delivered: boolean): string {
  const comment = decision.comment ? `<pre>${escapeHtml(decision.comment)}</pre>` : '';
  const state = delivered ? 'The workflow knows.' : 'The decision is recorded; the workflow hears of it within minutes.';
  return page(
    decision.approved ? 'Approved' : 'Rejected',
    `<p>By ${escapeHtml(decision.by)} at ${escapeHtml(decision.at)}. ${state}</p>${comment}`,
  );
}

export function refusalPage({ title, text }: Pick<Refusal, 'title' | 'text'>): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}
