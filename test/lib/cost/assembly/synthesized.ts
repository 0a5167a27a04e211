import { App, Stack } from 'aws-cdk-lib';
import type { AssemblyLoad } from '../../../../lib/cost/assembly/assembly-load';
import { CostModel } from '../../../../lib/cost/cost-model';
import type { Estimate } from '../../../../lib/cost/estimate';
import type { EstimateOptions } from '../../../../lib/cost/estimate-options';

/** The assembly of an app. */
export function assemblyOf(build: (app: App) => void): string {
  // What is in the bundles does not matter here.
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  build(app);
  return app.synth().directory;
}

/** What one stack comes to. */
export function costOf(build: (stack: Stack) => void, load?: AssemblyLoad, options?: EstimateOptions): Estimate {
  return CostModel.estimateAssembly(
    assemblyOf((app) => build(new Stack(app, 'App'))),
    load,
    options,
  );
}

/** Amounts by item, to a hundredth of a cent. */
export function amounts({ lines }: Estimate): Record<string, number> {
  return Object.fromEntries(lines.map(({ item, amount }) => [item, Math.round(amount * 10_000) / 10_000]));
}
