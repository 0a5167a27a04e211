import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..');
const NAME = 'cdk-serverless-ai';
const BUILT = [
  '.jsii',
  'dist/lib/index.js',
  'dist/runtime/index.mjs',
  'dist/testing/index.cjs',
  'dist/handlers',
  'dist/local',
  'dist/images',
  'dist/python',
];

const run = promisify(execFile);

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project outside this repository whose node_modules hold the packed tarball and what its package.json declares, and nothing else. */
export class PackedProject {
  static async fromExample(name: string): Promise<PackedProject> {
    const missing = BUILT.filter((file) => !existsSync(join(ROOT, file)));
    if (missing.length > 0) throw new Error(`the package is not built, ${missing.join(', ')} missing; run "npm run build"`);
    const directory = mkdtempSync(join(tmpdir(), 'packed-'));
    const example = join(ROOT, 'examples', name);
    const project = new PackedProject(directory, example);
    cpSync(example, directory, { recursive: true, filter: (from) => !/node_modules|cdk\.out/.test(from) });
    project.linkDeclared();
    await project.install();
    return project;
  }

  /** What the tarball holds. */
  files: readonly PackedFile[] = [];
  /** Bytes of the tarball. */
  size = 0;

  private constructor(
    readonly directory: string,
    private readonly example: string,
  ) {}

  get manifest(): Manifest {
    return JSON.parse(readFileSync(join(this.directory, 'package.json'), 'utf8'));
  }

  get packageDirectory(): string {
    return join(this.directory, 'node_modules', NAME);
  }

  write(file: string, text: string): string {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Runs Node in the project, without what this test run put into the environment. */
  async node(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const own = Object.entries(process.env).filter(([name]) => !/^(NODE_|JEST_|TS_|CDK_|npm_)/.test(name));
    try {
      const env = { ...Object.fromEntries(own), AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true', ...environment };
      const { stdout, stderr } = await run(process.execPath, [...args], { cwd: this.directory, env, maxBuffer: 64 * 1024 * 1024 });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr, signal } = error as { code: number; stdout: string; stderr: string; signal?: string };
      return { code: code ?? -1, stdout, stderr: signal ? `${stderr}\nended by ${signal}` : stderr };
    }
  }

  /** Takes what the project wrote back into the example. */
  copyBack(folder: string): void {
    cpSync(join(this.directory, folder), join(this.example, folder), { recursive: true });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private linkDeclared(): void {
    const { dependencies, devDependencies } = this.manifest;
    for (const name of Object.keys({ ...dependencies, ...devDependencies }).filter((declared) => declared !== NAME)) {
      const link = join(this.directory, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), link);
      this.linkCommands(name);
    }
  }

  /** As npm does, so that `npx tsx` in cdk.json finds it. */
  private linkCommands(name: string): void {
    const { bin = {} } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
    const commands = typeof bin === 'string' ? { [name.split('/').at(-1) ?? name]: bin } : (bin as Record<string, string>);
    for (const [command, file] of Object.entries(commands)) {
      const link = join(this.directory, 'node_modules', '.bin', command);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name, file), link);
    }
  }

  private async install(): Promise<void> {
    const pack = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', this.directory];
    const { stdout } = await run('npm', pack, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
    const [{ filename, files, size }] = JSON.parse(stdout) as [{ filename: string; files: PackedFile[]; size: number }];
    this.files = files;
    this.size = size;
    const tarball = join(this.directory, filename);
    mkdirSync(this.packageDirectory, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', this.packageDirectory, '--strip-components=1']);
    rmSync(tarball);
  }
}
