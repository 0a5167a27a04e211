import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Gateway } from '../../../../lib/local/gateway/gateway';
import type { FunctionSpec } from '../../../../lib/local/lambda/function-spec';
import { LambdaService, type LambdaServiceOptions } from '../../../../lib/local/lambda/lambda-service';

export const REGION = 'eu-central-1';
export const ACCOUNT = '123456789012';

export function arnOf(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** Children of this process that some service started: runtimes and reapers. */
function children(): string[] {
  try {
    const found = execFileSync('pgrep', ['-f', '-P', String(process.pid), 'native-client|python-runtime|while read -r op pid'], {
      encoding: 'utf8',
    });
    return found.trim().split('\n');
  } catch {
    // pgrep exits with 1 when it finds none.
    return [];
  }
}

/** A zombie that nobody has waited for yet counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

const PATIENCE_MS = 30_000;

/** Waits until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`still not so after ${PATIENCE_MS} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Functions written to a folder of their own and run by the service; `close` proves that nothing is left. */
export class LocalFunctions {
  readonly gateway = new Gateway();
  readonly directory = mkdtempSync(join(tmpdir(), 'functions-'));
  private others = new Set(children());
  private started?: LambdaService;

  get lambda(): LambdaService {
    return this.started!;
  }

  /** Folder with the given files; a spec's code. */
  code(files: Readonly<Record<string, string>>): string {
    for (const [name, source] of Object.entries(files)) {
      mkdirSync(dirname(join(this.directory, name)), { recursive: true });
      writeFileSync(join(this.directory, name), source);
    }
    return this.directory;
  }

  spec(name: string, overrides: Partial<FunctionSpec> = {}): FunctionSpec {
    return {
      logicalId: name,
      name,
      arn: arnOf(name),
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      codeDirectory: this.directory,
      environment: {},
      timeoutMs: 10_000,
      memoryMb: 512,
      aliases: {},
      onFailure: {},
      retryAttempts: {},
      ...overrides,
    };
  }

  async start(functions: readonly FunctionSpec[], options: Partial<LambdaServiceOptions> = {}): Promise<LambdaService> {
    await this.gateway.start();
    // Other services of the test may have children of their own by now.
    this.others = new Set(children());
    this.started = new LambdaService({ functions, gateway: this.gateway, region: REGION, accountId: ACCOUNT, ...options });
    // What `close` relies on sees the reaper.
    expect(this.ownChildren()).toHaveLength(1);
    return this.started;
  }

  async call(functionName: string, event: unknown = {}, qualifier?: string) {
    const result = await this.lambda.invoke({
      functionName,
      qualifier,
      payload: JSON.stringify(event),
      invocationType: 'RequestResponse',
    });
    return { ...result, value: JSON.parse(result.payload.toString('utf8')) };
  }

  async close(): Promise<void> {
    await this.started?.close();
    await this.gateway.close();
    rmSync(this.directory, { recursive: true, force: true });
    expect(this.ownChildren()).toEqual([]);
  }

  private ownChildren(): string[] {
    return children().filter((pid) => !this.others.has(pid));
  }
}
