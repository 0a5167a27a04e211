import type { IConstruct } from 'constructs';
import { SYNTH_WARNINGS } from './synth-warnings';

const CDK_PLUGIN_NAME = 'CloudFormation Validate';

/** What CDK keeps to itself; where a version of it has other names, it is taken to validate, as it does by default. */
interface AppInternals {
  readonly _builtinCloudFormationValidation?: boolean;
  readonly _validationPlugins?: readonly { readonly name: string }[];
}

/** Whether CDK's own template validation runs on the app, so that what it reports need not be said again. */
export function cdkValidates(app: IConstruct): boolean {
  const { _builtinCloudFormationValidation: builtIn = true, _validationPlugins: plugins = [] } = app as AppInternals;
  if (plugins.some(({ name }) => name === CDK_PLUGIN_NAME)) return true;
  return builtIn && process.env['CDK_VALIDATION'] !== 'false';
}

/** Whether a construct at the path, or above it, gave the warning that says the same as the rule, or had it acknowledged. */
export function isWarnedAtSynth(app: IConstruct, path: string | null, rule: string): boolean {
  const warnings = SYNTH_WARNINGS[rule];
  if (warnings === undefined || path === null) return false;
  return lineage(app, path).some(({ node }) =>
    node.metadata.some(({ type, data }) => {
      if (type === 'aws:cdk:warning') return warnings.some((id) => String(data).includes(`${id}]`));
      return type === 'aws:cdk:acknowledged-rules' && warnings.some((id) => `Annotation::${id}` in (data as object));
    }),
  );
}

/** The constructs on the way to a path, as far as they exist. */
function lineage(app: IConstruct, path: string): IConstruct[] {
  const found = [app];
  for (const id of path.split('/')) {
    const next = found.at(-1)!.node.tryFindChild(id);
    if (next === undefined) break;
    found.push(next);
  }
  return found;
}
