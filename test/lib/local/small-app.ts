import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LocalRunner, type LocalRunnerOptions } from '../../../lib/local/local-runner';

const made: string[] = [];
const started: LocalRunner[] = [];

/** One stack in an app whose assembly is written to a folder of its own. */
export function smallApp(build: (stack: Stack) => void, name = 'Small'): App {
  const outdir = mkdtempSync(join(tmpdir(), 'small-app-'));
  made.push(outdir);
  const app = new App({ outdir });
  build(new Stack(app, name));
  return app;
}

/** Starts the stack; `stopAll` ends it. */
export async function runSmall(build: (stack: Stack) => void, options: LocalRunnerOptions = {}): Promise<LocalRunner> {
  const local = await LocalRunner.fromApp(smallApp(build), options);
  started.push(local);
  return local;
}

export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((local) => local.stop()));
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** A function whose code is the body of its handler, which sees `event` and `context`. */
export function inlineFunction(scope: Construct, id: string, body: string, props: Partial<lambda.FunctionOptions> = {}): lambda.Function {
  return new lambda.Function(scope, id, {
    code: lambda.Code.fromInline(`exports.handler = async (event, context) => { ${body} };`),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    ...props,
  });
}
