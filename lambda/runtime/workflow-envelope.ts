import { CLAIM_CHECK, type StepEnvelope } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { type ClaimCheckStore, isClaimCheck } from '../shared/claim-check';
import { NamedError } from '../shared/named-error';

/** Claim checks of one input that are fetched at once. */
const CONCURRENT_READS = 8;

/** The event as an envelope; every problem in one Step.InvalidInput. */
export function parseEnvelope(event: unknown): StepEnvelope {
  if (!isRecord(event)) throw invalid(`event must be a step envelope, got ${describe(event)}`);
  const problems: string[] = [];
  const workflow = section(event, 'workflow', problems);
  const step = section(event, 'step', problems);
  for (const field of ['executionArn', 'name', 'startedAt']) text(workflow, 'workflow', field, problems);
  text(step, 'step', 'id', problems);
  for (const field of ['attempt', 'redrive', 'maxInlineBytes']) count(step, field, problems);
  const expose = step?.['expose'];
  if (step && !(Array.isArray(expose) && expose.every((field) => typeof field === 'string'))) {
    problems.push(`step.expose must be a list of field names, got ${describe(expose)}`);
  }
  if (!('input' in event)) problems.push('input is missing');
  if (problems.length > 0) throw invalid(`step envelope is malformed: ${problems.join('; ')}`);
  return event as unknown as StepEnvelope;
}

/**
 * The input with every claim check in it replaced by what it stands for, at any depth: a parallel state hands on a list of
 * results of which each may be one. What a claim check holds is data and is not searched again.
 */
export async function resolveInput(input: unknown, claimChecks: ClaimCheckStore): Promise<unknown> {
  const reads: (() => Promise<void>)[] = [];
  const root = { input };
  collect(root, 'input', 'input', reads, claimChecks);
  for (let index = 0; index < reads.length; index += CONCURRENT_READS) {
    await Promise.all(reads.slice(index, index + CONCURRENT_READS).map((read) => read()));
  }
  return root.input;
}

function collect(holder: object, key: string, path: string, reads: (() => Promise<void>)[], claimChecks: ClaimCheckStore): void {
  const slots = holder as Record<string, unknown>;
  const value = slots[key];
  if (typeof value !== 'object' || value === null) return;
  if (!Object.hasOwn(value, CLAIM_CHECK)) {
    for (const entry of Object.keys(value)) {
      collect(value, entry, Array.isArray(value) ? `${path}[${entry}]` : `${path}.${entry}`, reads, claimChecks);
    }
    return;
  }
  const claim = (value as Record<string, unknown>)[CLAIM_CHECK];
  if (!isClaimCheck(claim)) throw invalid(`${path}.${CLAIM_CHECK} must hold bucket, key, sha256 and bytes, got ${describe(claim)}`);
  reads.push(async () => {
    const body = await claimChecks.get(claim);
    try {
      slots[key] = JSON.parse(body);
    } catch (cause) {
      throw new NamedError(ErrorName.ClaimCheckBroken, `claim check s3://${claim.bucket}/${claim.key} does not hold JSON`, { cause });
    }
  });
}

function section(event: Record<string, unknown>, name: string, problems: string[]): Record<string, unknown> | undefined {
  const value = event[name];
  if (isRecord(value)) return value;
  problems.push(`${name} must be an object, got ${describe(value)}`);
  return undefined;
}

function text(holder: Record<string, unknown> | undefined, name: string, field: string, problems: string[]): void {
  if (!holder) return;
  const value = holder[field];
  if (typeof value !== 'string' || value === '') problems.push(`${name}.${field} must be a non-empty string, got ${describe(value)}`);
}

function count(step: Record<string, unknown> | undefined, field: string, problems: string[]): void {
  if (!step) return;
  const value = step[field];
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    problems.push(`step.${field} must be a whole number of at least 0, got ${describe(value)}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}

function invalid(message: string): NamedError {
  return new NamedError(ErrorName.InvalidInput, message);
}
