import { Duration, Size } from 'aws-cdk-lib/core';
import { coldStartSeconds, Packaging } from '../../advisor/cold-starts';
import type { FleetWorkload, InvocationTrace } from '../../fleet/fleet-workload';
import { LAMBDA_RUNTIMES } from '../../quotas/lambda-runtimes';
import { factsOf } from '../../workload/workload-facts';
import { EventSource, type WorkloadProfile } from '../../workload/workload-profile';
import { CommandError } from '../command-error';
import { readCount, readDuration, readSize } from './read-amount';
import { readObjective } from './read-objective';

/** What the command line says beside the file. */
export interface WarmOptions {
  readonly init?: string | undefined;
  readonly duration?: string | undefined;
  readonly memory?: string | undefined;
  readonly objective?: readonly string[] | undefined;
  readonly runtime?: string | undefined;
  readonly image?: boolean | undefined;
  readonly restore?: string | undefined;
  readonly reserved?: string | undefined;
}

/** The newest managed runtime of a language. */
function runtimeOf(language: string | undefined): string | undefined {
  if (language === undefined) return undefined;
  return LAMBDA_RUNTIMES.find((runtime) => language.toLowerCase().startsWith(runtime.language))?.successor;
}

/** Undefined options would hide what the profile says. */
function given<T>(text: string | undefined, read: (text: string) => T, otherwise: T | undefined): T | undefined {
  return text === undefined ? otherwise : read(text);
}

/** `80ms`, or `80ms..200ms` where one of 100 takes longer than the second. */
function readRange(text: string): FleetWorkload['duration'] {
  const [typical = '', worst] = text.split('..');
  return { typical: readDuration('--duration', typical), ...(worst !== undefined && { worst: readDuration('--duration', worst) }) };
}

/** The sum of the steps where the profile states no time of the whole. */
function rangeOf(typical: number | undefined, worst: number | undefined): FleetWorkload['duration'] {
  return typical === undefined ? undefined : { typical: Duration.millis(1_000 * typical), worst: Duration.millis(1_000 * worst!) };
}

/** What is simulated: the file, and what the options say in its place. `initAssumed` where neither tells how long a start takes. */
export function warmWorkload(
  source: { readonly profile?: WorkloadProfile; readonly trace?: InvocationTrace },
  options: WarmOptions,
): { readonly workload: FleetWorkload; readonly initAssumed: boolean } {
  const { profile = {}, trace } = source;
  const { language, containerImage } = profile.constraints ?? {};
  const image = options.image ?? containerImage ?? false;
  const { typicalSeconds, worstSeconds = typicalSeconds, memoryBytes } = factsOf(profile);
  const memory = given(
    options.memory,
    (text) => readSize('--memory', text),
    memoryBytes === undefined ? undefined : Size.bytes(memoryBytes),
  );
  if (memory === undefined)
    throw new CommandError(
      'Warm',
      'the memory of the function is not told',
      trace === undefined ? 'add memory to the profile' : 'add --memory "1 GB"',
    );
  const measured = Duration.millis(1_000 * coldStartSeconds(image ? Packaging.IMAGE : Packaging.ZIP, options.runtime ?? language));
  const objective = options.objective === undefined ? profile.latency : readObjective(options.objective);
  const optional = {
    duration: given(options.duration, readRange, rangeOf(typicalSeconds, worstSeconds)),
    traffic: profile.traffic,
    trace,
    objective: objective === undefined || Object.keys(objective).length === 0 ? undefined : objective,
    runtime: options.runtime ?? runtimeOf(language),
    restore: given(options.restore, (text) => readDuration('--restore', text), undefined),
    reservedConcurrency: given(options.reserved, (text) => readCount('--reserved', text), undefined),
  };
  return {
    workload: {
      init: given(options.init, (text) => readDuration('--init', text), measured)!,
      memory,
      containerImage: image,
      queued: profile.eventSource === EventSource.QUEUE,
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    },
    initAssumed: options.init === undefined,
  };
}
