import { CheckpointStore } from '../../../lambda/runtime/checkpoint-store';
import type { StepContext } from '../../../lambda/runtime/workflow-context';
import { Environment } from '../../../lambda/runtime/workflow-environment';
import { type StepHandler, stepHandler, type WorkflowStepOptions } from '../../../lambda/runtime/workflow-step';
import { ClaimCheckStore } from '../../../lambda/shared/claim-check';

let runs = 0;

/** A run of its own for each test, so that tests share a table. */
export function newRun(): string {
  runs += 1;
  return `run-${process.pid}-${runs}`;
}

export interface EnvelopeParts {
  readonly run: string;
  readonly attempt?: number;
  readonly redrive?: number;
  readonly id?: string;
  readonly input?: unknown;
  readonly maxInlineBytes?: number;
  readonly expose?: readonly string[];
}

export function envelope({
  run,
  attempt = 0,
  redrive = 0,
  id = 'Research',
  input = {},
  maxInlineBytes = 200_000,
  expose = [],
}: EnvelopeParts) {
  return {
    workflow: {
      executionArn: `arn:aws:states:us-east-1:000000000000:execution:Flow:${run}`,
      name: run,
      startedAt: '2026-11-24T00:00:00.000Z',
    },
    step: { id, attempt, redrive, maxInlineBytes, expose },
    input,
  };
}

/** A Lambda context whose function times out after so many milliseconds. */
export function timeout(ms: number) {
  const end = Date.now() + ms;
  return { getRemainingTimeInMillis: () => end - Date.now() };
}

export interface TestEnvironment {
  readonly handler: StepHandler;
  readonly exits: number[];
}

/** One execution environment: its own wrapper, and an exit that is only counted. */
export function environmentOf<Input = unknown>(
  fn: (ctx: StepContext, input: Input) => Promise<unknown> | unknown,
  options: WorkflowStepOptions<Input> = {},
): TestEnvironment {
  const exits: number[] = [];
  const services = {
    store: new CheckpointStore({ table: () => 'workflow-store', retentionSeconds: () => 3600 }),
    claimChecks: new ClaimCheckStore(() => 'workflow-bucket'),
    inlineResultBytes: options.inlineResultBytes ?? 32 * 1024,
  };
  return { handler: stepHandler(fn, options, services, new Environment((code) => exits.push(code), 20)), exits };
}

/** Name and message of what a call rejects with. */
export async function failureOf(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('the call was expected to fail');
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
