import { CLAIM_CHECK, type ClaimChecked, type StepEnvelope } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import type { ClaimCheckStore } from '../shared/claim-check';
import { NamedError } from '../shared/named-error';
import { runKey } from '../shared/run-key';
import { toJsonText } from './workflow-json';

/** Exposed fields travel through every later state; they are for decisions, not for content. */
const MAX_EXPOSED_BYTES = 4_096;

/** What travels on: the result itself, or a claim check with the exposed fields beside it. */
export async function packResult(value: unknown, envelope: StepEnvelope, claimChecks: ClaimCheckStore): Promise<unknown> {
  const { workflow, step } = envelope;
  if (value === undefined) return null;
  const text = toJsonText(value, 'result of the step');
  if (Buffer.byteLength(text) <= step.maxInlineBytes) return value;
  const exposed = exposedFields(JSON.parse(text), step.expose);
  const claim = await claimChecks.put(`${runKey(workflow)}/${step.id}`, text);
  return { ...exposed, [CLAIM_CHECK]: claim } satisfies ClaimChecked;
}

function exposedFields(value: unknown, expose: readonly string[]): Record<string, unknown> {
  if (expose.length === 0) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NamedError(ErrorName.InvalidResult, `a step that exposes ${expose.join(', ')} must return an object`);
  }
  const fields = Object.fromEntries(Object.entries(value).filter(([key]) => expose.includes(key)));
  const bytes = Buffer.byteLength(JSON.stringify(fields));
  if (bytes <= MAX_EXPOSED_BYTES) return fields;
  throw new NamedError(
    ErrorName.InvalidResult,
    `the exposed fields ${expose.join(', ')} must be at most ${MAX_EXPOSED_BYTES} bytes together, got ${bytes}; expose smaller ones`,
  );
}
