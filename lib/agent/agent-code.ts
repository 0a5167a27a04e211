import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FileSystem, IgnoreMode, IgnoreStrategy, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Findings } from '../validation/check-quota';
import type { AgentBundlingOptions } from './agent-bundling-options';
import type { BoundCode } from './bound-code';
import { bundleTypeScript } from './esbuild-bundle';
import { measureDirectory } from './package-size';

/** Set by `cdk watch`-like tools: assets are used where they are, so a temporary directory must stay. */
const STAGING_DISABLED = 'aws:cdk:disable-asset-staging';

export interface AgentDirectoryOptions {
  /**
   * Glob patterns of files that stay out of the package.
   *
   * @default - nothing is left out
   */
  readonly exclude?: string[];
}

/** Where an agent's code comes from. */
export abstract class AgentCode {
  /**
   * A TypeScript or JavaScript file, bundled with the esbuild of your project (`npm i -D esbuild`). Docker is never used.
   * The package changes only when the bundled code does.
   *
   * @param entry path of the file that exports `handler`
   */
  static typescript(entry: string, options: AgentBundlingOptions = {}): AgentCode {
    return new TypeScriptCode(entry, options);
  }

  /**
   * A directory that is ready to run: Python with its packages, a bundle that you made, any runtime.
   *
   * @param path path of the directory
   */
  static directory(path: string, options: AgentDirectoryOptions = {}): AgentCode {
    return new DirectoryCode(path, options.exclude);
  }

  /**
   * A few lines for tests and experiments, at most 4 KB.
   *
   * @param source text of the module
   */
  static inline(source: string): AgentCode {
    return new PlainCode(lambda.Code.fromInline(source));
  }

  /**
   * Any CDK code, such as a zip in S3. Its size is not measured.
   *
   * @param code the code
   */
  static fromCode(code: lambda.Code): AgentCode {
    return new PlainCode(code);
  }

  /**
   * Adds what cannot work, before anything is built.
   * @internal
   */
  abstract _check(findings: Findings, runtime: lambda.Runtime): void;

  /**
   * Builds and measures.
   * @internal
   */
  abstract _bind(scope: IConstruct, runtime: lambda.Runtime): BoundCode;
}

class TypeScriptCode extends AgentCode {
  private readonly entry: string;

  constructor(
    entry: string,
    private readonly options: AgentBundlingOptions,
  ) {
    super();
    this.entry = resolve(entry);
  }

  override _check(findings: Findings, runtime: lambda.Runtime): void {
    if (!kindOf(this.entry)?.isFile()) findings.problems.push(`code: there is no file ${this.entry}`);
    if (runtime.family !== lambda.RuntimeFamily.NODEJS) {
      findings.problems.push(`code: TypeScript runs on a Node.js runtime, got ${runtime.name}; use AgentCode.directory for others`);
    }
  }

  override _bind(scope: IConstruct, runtime: lambda.Runtime): BoundCode {
    if (!Stack.of(scope).bundlingRequired)
      return { code: lambda.Code.fromInline('// not bundled: this stack is not selected'), release() {} };
    const directory = FileSystem.mkdtemp('agent-code-');
    const release = () => {
      if (!scope.node.tryGetContext(STAGING_DISABLED)) rmSync(directory, { recursive: true, force: true });
    };
    try {
      const size = bundleTypeScript(scope, this.entry, directory, runtime.name, this.options);
      return { code: lambda.Code.fromAsset(directory), size, release };
    } catch (error) {
      release();
      throw error;
    }
  }
}

class DirectoryCode extends AgentCode {
  private readonly path: string;

  constructor(
    path: string,
    private readonly exclude: string[] = [],
  ) {
    super();
    this.path = resolve(path);
  }

  override _check(findings: Findings): void {
    const kind = kindOf(this.path);
    if (!kind) findings.problems.push(`code: there is no directory ${this.path}`);
    else if (!kind.isDirectory()) findings.problems.push(`code: ${this.path} is not a directory; use AgentCode.typescript for one file`);
  }

  override _bind(): BoundCode {
    const ignore = IgnoreStrategy.fromCopyOptions({ exclude: this.exclude, ignoreMode: IgnoreMode.GLOB }, this.path);
    return {
      code: lambda.Code.fromAsset(this.path, { exclude: this.exclude, ignoreMode: IgnoreMode.GLOB }),
      size: measureDirectory(this.path, ignore),
      release() {},
    };
  }
}

class PlainCode extends AgentCode {
  constructor(private readonly code: lambda.Code) {
    super();
  }

  override _check(): void {}

  override _bind(): BoundCode {
    return { code: this.code, release() {} };
  }
}

function kindOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}
