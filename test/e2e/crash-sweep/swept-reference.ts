import { type CrashSweepOptions, type CrashSweepReport, crashSweep, type Scenario } from '../../../lib/local/faults/crash-sweep';
import type { CrashPoint } from '../../../lib/local/faults/sweep-points';
import type { ServiceCall } from '../../../lib/local/gateway/gateway';
import { LocalRunner } from '../../../lib/local/local-runner';
import { type ReferenceAssembly, referenceAssembly } from '../reference-assembly';

/** The reference stack in a local run that waits for nothing, and how a sweep over it is proved. */
export class SweptReference {
  static async start(): Promise<SweptReference> {
    const assembly = referenceAssembly();
    return new SweptReference(assembly, await LocalRunner.fromAssembly(assembly.directory, { time: 'skipped' }));
  }

  private constructor(
    private readonly assembly: ReferenceAssembly,
    readonly local: LocalRunner,
  ) {}

  async stop(): Promise<void> {
    await this.local.stop();
    this.assembly.remove();
  }

  /** Sweeps, and holds the points against what the gateway has logged of the first run on its own. */
  async sweep(scenario: Scenario, options?: CrashSweepOptions): Promise<CrashSweepReport> {
    const logged: (readonly ServiceCall[])[] = [];
    let from = 0;
    const report = await crashSweep(
      this.local,
      async (local) => {
        logged.push(local.gateway.calls.slice(from));
        from = local.gateway.calls.length;
        return scenario(local);
      },
      options,
    );
    // What was logged between the start of the first run and that of the second one.
    const calls = (logged[1] ?? []).filter(({ caller }) => caller.environmentId !== undefined);
    const names = (points: readonly Pick<CrashPoint, 'service' | 'operation' | 'functionName'>[]) =>
      points.map(({ service, operation, functionName }) => `${functionName} ${service} ${operation}`).sort();
    const callNames = names(calls.map(({ caller: { functionName = '' }, ...call }) => ({ ...call, functionName })));
    const points = report.results.map(({ point }) => point);
    for (const when of new Set(points.map((point) => point.when))) {
      expect(names(points.filter((point) => point.when === when))).toEqual(callNames);
    }
    expect(callNames.filter((name) => name.endsWith('undefined'))).toEqual([]);
    expect(report.results.filter(({ reached }) => !reached).map(({ point }) => point)).toEqual([]);
    return report;
  }
}
