import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..');
const run = promisify(execFile);

/** The assembly that the app of an example writes, by its own command and nothing of this library's. */
export class SynthesizedApp {
  static async ofExample(name: string): Promise<SynthesizedApp> {
    const directory = mkdtempSync(join(tmpdir(), `${name}-`));
    const own = Object.entries(process.env).filter(([key]) => !/^(NODE_|JEST_|TS_|CDK_|npm_)/.test(key));
    const env = { ...Object.fromEntries(own), CDK_OUTDIR: directory, CDK_VALIDATION: 'false' };
    await run(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'bin/app.ts'], { cwd: join(ROOT, 'examples', name), env });
    return new SynthesizedApp(directory);
  }

  private constructor(readonly directory: string) {}

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
