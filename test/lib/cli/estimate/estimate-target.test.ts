import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CommandError } from '../../../../lib/cli/command-error';
import { ESTIMATE } from '../../../../lib/cli/estimate';
import type { Estimate } from '../../../../lib/cost/estimate';
import { Captured } from '../../../e2e/captured-streams';

const FOLDER = mkdtempSync(join(tmpdir(), 'estimate-target-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function assembly(): string {
  const app = new App();
  const stack = new Stack(app, 'App');
  new Vpc(stack, 'Vpc', { natGateways: 1, maxAzs: 2 });
  new Queue(stack, 'Jobs');
  return app.synth().directory;
}

function file(name: string, content: unknown): string {
  const path = join(FOLDER, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...args: string[]): Promise<{ result: Estimate; printed: string }> {
  const [out, err] = [new Captured(), new Captured()];
  const result = (await ESTIMATE.run(args, { json: args.includes('--json'), out, err })) as Estimate;
  return { result, printed: out.text };
}

async function refused(...args: string[]): Promise<CommandError> {
  const error = await run(...args).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error(`expected a CommandError, got ${String(error)}`);
  expect(error.message).not.toContain('\n');
  return error;
}

const NAT = 730 * (0.045 + 0.005);

test('an assembly, without a load and with one', async () => {
  const directory = assembly();
  expect((await run(directory)).result.monthly).toBeCloseTo(NAT, 8);
  const load = file('load.yaml', 'resources:\n  - resource: Jobs\n    requestsPerMonth: 1000000\n');
  const { result, printed } = await run(directory, '--load', load);
  expect(result.monthly).toBeCloseTo(NAT + 1.2, 8);
  expect(result.idleFloor).toBeCloseTo(NAT, 8);
  expect(printed).toContain('App/Jobs: SQS requests (standard)');
  expect(printed).toContain('each message of App/Jobs is counted as three requests');
});

test('one template, in JSON or YAML', async () => {
  const address = { Type: 'AWS::EC2::EIP' };
  expect((await run(file('template.json', { Resources: { Address: address } }), '--json')).result.lines).toEqual([
    expect.objectContaining({ item: 'template/Address: public IPv4 addresses', amount: expect.closeTo(3.65, 8) }),
  ]);
  const yaml = 'Resources:\n  Address:\n    Type: AWS::EC2::EIP\n    Condition: Yes\nConditions:\n  Yes: !Equals [a, a]\n';
  expect((await run(file('template.yaml', yaml))).result.monthly).toBeCloseTo(3.65, 8);
});

test('options go with it', async () => {
  const prices = file('prices.json', { prices: [{ id: 'vpc.nat-gateway.hours', usd: 0.05 }] });
  const { result } = await run(assembly(), '--month-hours', '720', '--prices', prices);
  expect(result.monthly).toBeCloseTo(720 * (0.05 + 0.005), 8);
});

test('what is refused', async () => {
  const directory = assembly();
  const load = (content: unknown) => file('load.json', content);
  expect((await refused(directory, '--target', 'fargate')).message).toBe('an assembly says what runs where, so it takes no --target');
  expect((await refused(directory, '--load', load({ resources: [{ resource: 'Job', requestsPerMonth: 1 }] }))).message).toBe(
    'resources[0]: there is no resource "Job" in the assembly; did you mean Jobs',
  );
  expect((await refused(directory, '--load', load({ resource: [] }))).message).toBe(
    'resource is no field of a load; did you mean resources',
  );
  expect((await refused(directory, '--load', load('{'))).message).toMatch(/^the load .*load\.json is not JSON/);
  const usage = file('usage.json', { usages: [{ service: 'natGateway' }] });
  expect((await refused(usage, '--load', load({}))).message).toMatch(
    /^--load says what is asked of an assembly, and .*usage\.json is none$/,
  );
});
