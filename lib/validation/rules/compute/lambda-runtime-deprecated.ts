import { type LambdaRuntime, lambdaRuntime } from '../../../quotas/lambda-runtimes';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Severity } from '../../finding';
import type { Rule } from '../../rule';

/** Days ahead for which an end of support is told. */
const AHEAD = 90;
const DAY = 86_400_000;

/** Deprecated runtimes that CDK's own validation (2.276) does not know to be so. */
const UNKNOWN_TO_CDK: ReadonlySet<string> = new Set(['python3.10', 'dotnet8']);

export const LAMBDA_RUNTIME_DEPRECATED_RULE: Rule = {
  id: 'lambda-runtime-deprecated',
  title: 'Runtime without support',
  why: 'A deprecated runtime gets no security patches; later no function can be created with it, and then none that has it can be updated.',
  severity: 'warning',
  fix: 'move the function to a supported runtime',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  *check(graph, { today = new Date().toISOString().slice(0, 10) }) {
    for (const resource of graph.ofType(FUNCTION)) {
      const runtime = lambdaRuntime(resource.text('Runtime') ?? '');
      const judged = runtime && judge(runtime, today);
      if (judged === undefined) continue;
      const { severity, message } = judged;
      const seen = severity !== 'info' && seenByCdk(resource, runtime!);
      yield {
        resource,
        message,
        severity,
        fix: `move the function to ${runtime!.successor}`,
        ...(seen && { reportedByCdk: checkOfCdk(runtime!, today) }),
      };
    }
  },
};

function judge(runtime: LambdaRuntime, today: string): { severity: Severity; message: string } | undefined {
  const { id, deprecatedOn, createBlockedOn, updateBlockedOn } = runtime;
  const since = (date: string | undefined) => date !== undefined && date <= today;
  if (since(updateBlockedOn))
    return { severity: 'error', message: `functions with runtime ${id} cannot be updated since ${updateBlockedOn}` };
  if (since(createBlockedOn))
    return { severity: 'error', message: `functions with runtime ${id} cannot be created since ${createBlockedOn}` };
  const then = createBlockedOn === undefined ? '' : `; functions with it cannot be created from ${createBlockedOn}`;
  if (since(deprecatedOn)) return { severity: 'warning', message: `runtime ${id} is deprecated since ${deprecatedOn}${then}` };
  if (deprecatedOn === undefined || Date.parse(deprecatedOn) - Date.parse(today) > AHEAD * DAY) return undefined;
  return { severity: 'info', message: `runtime ${id} will be deprecated on ${deprecatedOn}${then}` };
}

/** It reads what is written out, also under a condition; not what a mapping or a parameter holds. */
function seenByCdk(fn: Resource, { id }: LambdaRuntime): boolean {
  const raw = JSON.stringify(fn.source.Properties?.['Runtime']).replaceAll('"Fn::If"', '').replaceAll('{"Ref":"AWS::NoValue"}', '');
  return !raw.includes('"Fn::') && !raw.includes('"Ref"') && !UNKNOWN_TO_CDK.has(id);
}

function checkOfCdk({ createBlockedOn, updateBlockedOn }: LambdaRuntime, today: string): string {
  if (updateBlockedOn !== undefined && updateBlockedOn <= today) return 'E2533';
  return createBlockedOn !== undefined && createBlockedOn <= today ? 'E2531' : 'W2531';
}
