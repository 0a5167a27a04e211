import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib/core';
import { PACKAGE_ROOT } from '../handlers/handler-asset';
import { readAssembly } from '../template/read-assembly';
import type { TemplateSource } from '../template/template-source';
import { Acknowledgements, acknowledgedInMetadata, PLUGIN_NAME } from './acknowledgements';
import { type Judgement, judge } from './apply-rules';
import type { CheckOptions } from './check-options';
import { cdkValidates, isWarnedAtSynth } from './other-checks';
import { RULES } from './rules/rule-table';

/**
 * Finds in any CDK app what AWS refuses, throttles or bills although the template deploys: quotas broken, functions that cannot be reached, retries that
 * make an outage worse. An error fails the synth; warnings and advice stand in the report.
 *
 * A finding is acknowledged, with the reason, on its construct or on any above it:
 * `Validations.of(construct).acknowledge({ id: 'ServerlessAiChecks::function-url-public', reason: '...' })`.
 * What CDK's own validation reports on the same resource is left to it. All rules: docs/rules.md.
 *
 * @example
 *
 * Validations.of(app).addPlugins(new ServerlessAiChecks());
 */
export class ServerlessAiChecks implements IPolicyValidationPlugin {
  /** `ServerlessAiChecks`, the prefix of acknowledged rules. */
  public readonly name: string = PLUGIN_NAME;
  /** Version of this library. */
  public readonly version?: string;
  /** Every rule, as docs/rules.md lists them. */
  public readonly ruleIds?: string[];
  private readonly options: CheckOptions;

  /**
   * @param options what the checks cannot see in a template
   */
  constructor(options: CheckOptions = {}) {
    this.options = options;
    this.version = (JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }).version;
    this.ruleIds = RULES.map(({ id }) => id);
  }

  /** Called by CDK when the app is synthesized. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const sources = outermost(context.templatePaths.map((path) => dirname(path))).flatMap(readAssembly);
    const inMetadata = new Acknowledgements(acknowledgedInMetadata(sources));
    const leftToCdk = cdkValidates(context.appConstruct);
    const asked = new Set(context.templatePaths);
    const violations = judge(sources, RULES, this.options)
      .filter(({ resource }) => asked.has(deployed(resource.stack.source).file))
      .filter((judgement) => !(leftToCdk && isReportedByCdk(judgement)))
      .filter(({ finding: { path, rule } }) => !isWarnedAtSynth(context.appConstruct, path, rule))
      .filter((judgement) => inMetadata.of(judgement) === undefined)
      .map(violationOf);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }
}

/** Directories that lie in none of the others: the assembly of a stage is read with the one around it, so that references between them are followed. */
function outermost(directories: readonly string[]): string[] {
  const all = [...new Set(directories)];
  return all.filter((directory) => !all.some((other) => directory.startsWith(other + sep)));
}

/** The stack that is deployed on its own, of one nested in it. */
function deployed(source: TemplateSource): TemplateSource {
  return source.parent === undefined ? source : deployed(source.parent.source);
}

/** CDK validates the templates of stacks only, not those of stacks nested in them. */
function isReportedByCdk({ reportedByCdk, resource }: Judgement): boolean {
  return reportedByCdk !== undefined && resource.stack.source.parent === undefined;
}

/** CDK looks for acknowledgements by the construct's path; it finds the path itself where only the template and the logical id are known. */
function violationOf({ finding, resource }: Judgement): PolicyViolation {
  const place = { resourceLogicalId: resource.logicalId, templatePath: resource.stack.source.file, locations: [] };
  return {
    ruleName: finding.rule,
    description: finding.message,
    fix: `${finding.fix} (${finding.source})`,
    severity: finding.severity,
    ruleMetadata: { source: finding.source },
    violatingResources: [{ ...place, ...(finding.path !== null && { constructPath: finding.path }) }],
  };
}
