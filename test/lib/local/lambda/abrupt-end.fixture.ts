import { Gateway } from '../../../../lib/local/gateway/gateway';
import { LambdaService } from '../../../../lib/local/lambda/lambda-service';

/** Holds one frozen, one busy and one stopped environment until somebody kills it, and prints their process ids. */
async function main(codeDirectory: string): Promise<void> {
  const gateway = new Gateway();
  await gateway.start();
  const spec = (name: string) => ({
    logicalId: name,
    name,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    runtime: 'nodejs24.x',
    handler: `index.${name}`,
    codeDirectory,
    environment: {},
    timeoutMs: 600_000,
    memoryMb: 128,
    aliases: {},
    onFailure: {},
    retryAttempts: {},
  });
  const lambda = new LambdaService({
    functions: ['idle', 'spinning', 'stopped'].map(spec),
    gateway,
    region: 'eu-west-1',
    accountId: '123456789012',
  });
  const call = (functionName: string) => lambda.invoke({ functionName, payload: '', invocationType: 'RequestResponse' });
  const directory = JSON.parse((await call('idle')).payload.toString('utf8'));
  call('spinning').catch(() => undefined);
  call('stopped').catch(() => undefined);
  const busy = (name: string) => lambda.environments(name).find(({ state }) => state === 'busy');
  while (!busy('spinning') || !busy('stopped')) await new Promise((resolve) => setTimeout(resolve, 10));
  lambda.stop(busy('stopped')!.id);
  const pids = ['idle', 'spinning', 'stopped'].flatMap((name) => lambda.environments(name).map(({ pid }) => pid));
  process.stdout.write(`${JSON.stringify({ pids, directory })}\n`);
  if (process.argv[3] === 'exit') process.exit(0);
}

void main(process.argv[2]!);
