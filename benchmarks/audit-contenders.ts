// One contender of the audit's benchmark in a process of its own: node audit-contenders.cjs CONTENDER ASSEMBLY RESOURCES
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readAssembly } from '../lib/template/read-assembly';
import { judge } from '../lib/validation/apply-rules';
import { RULES } from '../lib/validation/rules/rule-table';
import { buildServices } from './audit-app';

const [, , name = '', assembly = '', resources = ''] = process.argv;

/** Makes everything ready that the contender is given, and returns what is measured. */
const CONTENDERS: Readonly<Record<string, () => () => unknown>> = {
  audit: () => {
    const sources = readAssembly(assembly);
    return () => judge(sources, RULES);
  },
  nag: () => {
    const app = new App();
    buildServices(app, Number(resources));
    const checks = new AwsSolutionsChecks();
    return () => checks.validateScope(app);
  },
  cdk: () => {
    const templates = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
    const stackTemplates = templates.map((file) => ({
      templatePath: join(assembly, file),
      stackConstructPath: file,
      accountId: undefined,
      region: undefined,
    }));
    const appConstruct = new App();
    const plugin = new CloudFormationValidatePlugin();
    return () => plugin.validate({ templatePaths: stackTemplates.map(({ templatePath }) => templatePath), stackTemplates, appConstruct });
  },
};

const measured = CONTENDERS[name]!();
const before = process.cpuUsage();
measured();
const { user, system } = process.cpuUsage(before);
process.stderr.write(`cpu ${(user + system) / 1_000} rss ${process.resourceUsage().maxRSS}\n`);
