import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetDurableExecutionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';
import { LocalFunctions, REGION } from '../local-functions';

/** What every durable handler of these tests starts with. */
const PRELUDE = `
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
const note = (text) => appendFileSync(process.env.NOTES, text + '\\n');
`;

/** Durable handlers, bundled with the unchanged SDK as CDK would bundle them. */
export class DurableFunctions extends LocalFunctions {
  readonly notes = join(this.directory, 'notes');
  private sdk?: LambdaClient;

  bundle(name: string, source: string): void {
    const entry = join(this.directory, `${name}.entry.mjs`);
    writeFileSync(entry, PRELUDE + source);
    buildSync({
      entryPoints: [entry],
      outfile: join(this.directory, `${name}.js`),
      bundle: true,
      platform: 'node',
      target: 'node20',
      nodePaths: [join(__dirname, '..', '..', '..', '..', '..', 'node_modules')],
      logLevel: 'error',
    });
  }

  durable(name: string, overrides: Parameters<LocalFunctions['spec']>[1] = {}) {
    return this.spec(name, {
      handler: `${name}.handler`,
      aliases: { live: '3' },
      environment: { NOTES: this.notes },
      durable: { executionTimeoutSeconds: 600, retentionDays: 14 },
      ...overrides,
    });
  }

  get client(): LambdaClient {
    this.sdk ??= new LambdaClient({
      region: REGION,
      endpoint: this.gateway.url,
      maxAttempts: 1,
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
    });
    return this.sdk;
  }

  describe(arn: string) {
    return this.client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }));
  }

  override async close(): Promise<void> {
    this.sdk?.destroy();
    await super.close();
  }
}
