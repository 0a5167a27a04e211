import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../lib/reference/reference-stack';
import { quotasPage } from '../scripts/quotas-page';
import { errorsIn } from './compile-samples';

const ROOT = join(__dirname, '..');

function markdownBelow(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownBelow('docs'), ...markdownBelow('examples')];
const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** What the short samples of the README take as given. Longer samples state their imports. */
const FIXTURE = `import * as sdk from 'cdk-serverless-ai';
import { Duration, Size, Stack } from 'aws-cdk-lib/core';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Rule } from 'aws-cdk-lib/aws-events';
const { AgentCode, AgentModel, AiAgentFunction, ChatMemory, ContainerInferenceFunction, HybridRouter, InferenceImage } = sdk;
const { KeepWarmSchedule, ModelSource, PrivateNetwork, QueueWorkerService, RouteTarget, RoutingPolicy, WarmingMode } = sdk;
const { WorkflowStateMachine, WorkflowStep } = sdk;
declare const stack: Stack, caller: IRole, rule: Rule;
declare const agent: sdk.AiAgentFunction, sentiment: sdk.ContainerInferenceFunction, network: sdk.PrivateNetwork;
`;

/** The sample as a module. A short one is a block of its own, so that it may name what it makes as the fixture does. */
function moduleOf(sample: string): string {
  return /^import /m.test(sample) ? sample : `${FIXTURE}{\n${sample}\n}\n`;
}

function samplesOf(page: string): [string, string][] {
  return [...textOf(page).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, sample], index) => [
    join(ROOT, dirname(page), `${page.replace(/\W/g, '-')}-${index + 1}.ts`),
    moduleOf(sample ?? ''),
  ]);
}

test('every sample compiles', () => {
  const samples = new Map(PAGES.filter((page) => page === 'README.md' || page.startsWith('docs')).flatMap(samplesOf));
  expect(samples.size).toBeGreaterThan(15);
  const wrong = join(ROOT, 'docs', 'wrong-on-purpose.ts');
  samples.set(wrong, moduleOf(`new WorkflowStateMachine(stack, 'Workflow', { stepz: [] });`));
  const errors = errorsIn(samples);
  expect(errors.filter((error) => !error.startsWith(relative(ROOT, wrong)))).toEqual([]);
  expect(errors).toEqual([expect.stringContaining("'stepz' does not exist")]);
}, 300_000);

test('the first sample stands on the first screen', () => {
  const lines = textOf('README.md').split('\n');
  expect(lines.indexOf('```ts')).toBeLessThan(8);
  expect(lines.indexOf('```')).toBeLessThan(45);
});

/** `## One door, many rooms` is reached by `#one-door-many-rooms`. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title ?? '')
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test.each(PAGES)('links of %s lead somewhere', (page) => {
  const links = [
    ...textOf(page)
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, link]) => link ?? '');
  const broken = links
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [file, anchor] = link.split('#') as [string, string | undefined];
      const target = file === '' ? page : join(dirname(page), file);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
    });
  expect(broken).toEqual([]);
});

test('the page of quotas is that of the data', () => {
  expect(textOf('docs/quotas.md')).toBe(quotasPage());
});

test('the command line that the README names is the one that is tested here', () => {
  const { devDependencies } = JSON.parse(textOf('package.json')) as { devDependencies: Record<string, string> };
  expect(textOf('README.md')).toContain(`npm i -D aws-cdk@${devDependencies['aws-cdk']} `);
});

describe('the cost floor in the README', () => {
  const rows = [...textOf('README.md').matchAll(/^\| (.+?) \| (.*?) ?\| (\**[\d.]+\**) \|$/gm)].map(
    ([, what = '', quantity = '', usd = '']) => ({
      what,
      factors: quantity.split(' × ').map((factor) => Number.parseFloat(factor.replaceAll(',', ''))),
      usd: Number(usd.replaceAll('*', '')),
    }),
  );
  const priced = rows.filter(({ factors }) => factors.length > 1);
  const row = (text: string) => priced.find(({ what }) => what.includes(text))!;

  const template = Template.fromStack(new ReferenceStack(new App(), 'ServerlessAi'));
  const propertiesOf = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>);

  test('multiplies and adds up', () => {
    expect(priced).toHaveLength(4);
    for (const { factors, usd } of priced) expect(usd).toBe(Number(factors.reduce((product, factor) => product * factor).toFixed(2)));
    const total = priced.reduce((sum, { usd }) => sum + usd, 0);
    expect(rows.find(({ what }) => what.startsWith('**all'))?.usd).toBeCloseTo(total, 2);
    expect(rows.find(({ what }) => what.includes('`smallAccount`'))?.usd).toBeCloseTo(total - row('provisioned').usd, 2);
  });

  test('counts the interface endpoints that the stack makes, in each of their zones', () => {
    const endpoints = propertiesOf('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    const zones = endpoints.reduce((sum, { SubnetIds }) => sum + (SubnetIds as unknown[]).length, 0);
    expect(row('interface endpoints').factors[0]).toBe(zones);
    const services = endpoints.map(({ ServiceName }) => /"\.([a-z.-]+)"/.exec(JSON.stringify(ServiceName))?.[1]);
    for (const service of services) expect(row('interface endpoints').what).toContain(service);
  });

  test('counts provisioned environments and their memory', () => {
    const configured = propertiesOf('AWS::Lambda::Alias').flatMap(({ ProvisionedConcurrencyConfig: config }) =>
      config === undefined ? [] : [(config as { ProvisionedConcurrentExecutions: number }).ProvisionedConcurrentExecutions],
    );
    const { factors } = row('provisioned');
    expect(factors[0]).toBe(configured.reduce((sum, count) => sum + count, 0));
    expect(factors[1]).toBeCloseTo(1_769 / 1_024, 4);
  });

  test('counts the alarms that it leaves out', () => {
    // Target tracking of the workers adds two of its own.
    expect(propertiesOf('AWS::CloudWatch::Alarm')).toHaveLength(2);
    expect(textOf('README.md')).toContain('four alarms');
    template.resourcePropertiesCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', { PolicyType: 'TargetTrackingScaling' }, 1);
  });
});
