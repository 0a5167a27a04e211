import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration } from 'aws-cdk-lib/core';
import { buildSync } from 'esbuild';
import type { LocalRunner } from '../../lib/local/local-runner';
import { WorkflowStateMachine } from '../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../lib/workflow/workflow-step';
import { runSmall, stopAll } from '../lib/local/small-app';

jest.setTimeout(120_000);

const contexts = mkdtempSync(join(tmpdir(), 'container-step-'));
const notices: string[] = [];
let local: LocalRunner;

/** A build context whose Dockerfile ends in `command`. */
function context(name: string, command: string): string {
  const directory = join(contexts, name);
  mkdirSync(directory, { recursive: true });
  buildSync({
    entryPoints: [join(__dirname, 'fixtures', 'container', 'worker.ts')],
    outfile: join(directory, 'worker.js'),
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
  writeFileSync(join(directory, 'Dockerfile'), `FROM node:24-slim\nWORKDIR /app\nCOPY worker.js ./\n${command}\n`);
  return directory;
}

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        natGateways: 0,
        subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
      const machine = (id: string, image: ecs.ContainerImage) => {
        const taskDefinition = new ecs.FargateTaskDefinition(stack, `${id}Task`);
        taskDefinition.addContainer('Main', { image });
        const step = WorkflowStep.container('Crunch', { cluster, taskDefinition, securityGroups, timeout: Duration.hours(1) });
        new WorkflowStateMachine(stack, id, { steps: [step] });
      };
      machine('Heavy', ecs.ContainerImage.fromAsset(context('good', 'ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "worker.js"]')));
      machine('Shell', ecs.ContainerImage.fromAsset(context('shell', 'CMD exec node worker.js')));
      machine('Java', ecs.ContainerImage.fromAsset(context('java', 'CMD ["java", "-jar", "worker.jar"]')));
      machine('Registry', ecs.ContainerImage.fromRegistry('example/image'));
    },
    { onNotice: (notice) => notices.push(notice) },
  );
});

afterAll(async () => {
  await stopAll();
  rmSync(contexts, { recursive: true, force: true });
});

const run = async (workflow: string, input: unknown) => (await local.workflow(workflow).start(input)).result();

test.each(['Heavy', 'Shell'])(
  'the container of %s runs as a process: it reads its input, checkpoints and hands its result back',
  async (workflow) => {
    expect(await run(workflow, { n: 21 })).toMatchObject({ status: 'SUCCEEDED', output: { doubled: 42, region: 'us-east-1' } });
  },
);

test('its calls are made under the role of the task', async () => {
  local.gateway.clearCalls();
  await run('Heavy', { n: 1 });
  const own = local.gateway.calls.filter(({ caller }) => caller.taskArn !== undefined);
  expect(new Set(own.map(({ caller }) => caller.roleArn))).toEqual(new Set([expect.stringMatching(/:role\/Small-HeavyTaskTaskRole/)]));
  expect(own.map(({ service, operation }) => `${service}:${operation}`)).toEqual(
    expect.arrayContaining(['s3:GetObject', 'dynamodb:PutItem', 's3:PutObject']),
  );
});

test('a program that ends with another code than 0 fails the task, with its description as the cause', async () => {
  const execution = await local.workflow('Heavy').start({ n: 1, fail: true });
  expect(await execution.result()).toMatchObject({ status: 'FAILED' });
  const failed = execution.history.find(({ type }) => type === 'TaskFailed')?.['taskFailedEventDetails'] as {
    error: string;
    cause: string;
  };
  expect(failed.error).toBe('States.TaskFailed');
  expect(JSON.parse(failed.cause)).toMatchObject({
    Containers: [{ Name: 'Main', ExitCode: 1, LastStatus: 'STOPPED' }],
    LastStatus: 'STOPPED',
    StartedBy: 'AWS Step Functions',
    StopCode: 'EssentialContainerExited',
    StoppedReason: 'Essential container in task exited',
  });
  expect(notices).toContainEqual(expect.stringMatching(/^container Main of Small\/HeavyTask ended with exit code 1: .*told to fail/));
});

test.each([
  ['Java', /container Main starts java, but the local run starts only programs of node and python3/],
  ['Registry', /container Main takes its image example\/image from a registry, and the local run has no Docker/],
])('the container of %s is refused by name', async (workflow, message) => {
  const { status, error, cause } = await run(workflow, { n: 1 });
  expect([status, error]).toEqual(['FAILED', 'LocalRun.UnsupportedContainer']);
  expect(cause).toMatch(message);
});
