import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { App, Stack } from 'aws-cdk-lib/core';
import { type LocalLoad, localRun } from './local-child';
import type { Figure } from './report';

const COUNTS = [1, 10, 100];

/** One state that calls a function which waits for 20 ms: each execution at once has an environment of its own. */
function assembly(outdir: string): string {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Executions');
  const lambdaFunction = new lambda.Function(stack, 'Work', {
    code: lambda.Code.fromInline(
      'exports.handler = async ({ n }) => { await new Promise((resolve) => setTimeout(resolve, 20)); return n; };',
    ),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  const call = tasks.LambdaInvoke.jsonata(stack, 'Call', { lambdaFunction, payload: sfn.TaskInput.fromText('{% $states.input %}') });
  new sfn.StateMachine(stack, 'WorkMachine', { stateMachineName: 'Work', definitionBody: sfn.DefinitionBody.fromChainable(call) });
  return app.synth().directory;
}

/** Wall time and memory of so many executions at once, against one. */
export function localExecutions(): Figure[] {
  const directory = mkdtempSync(join(tmpdir(), 'executions-benchmark-'));
  try {
    const built = assembly(join(directory, 'out'));
    const loads = COUNTS.map((count) => [count, localRun(built, count)] as const);
    const [, one] = loads[0] as readonly [number, LocalLoad];
    return loads.flatMap(([count, load]) => {
      if (load.succeeded !== count) throw new Error(`${count - load.succeeded} of ${count} executions failed`);
      const what = `${count} ${count === 1 ? 'execution' : 'executions at once'}`;
      const peer = count === 1 ? '' : 'one execution';
      const figure = (name: string, unit: string, ours: number, theirs: number): Figure => ({
        what: `${what}, ${name}`,
        peer,
        ours,
        ...(count > 1 && { theirs }),
        unit,
      });
      return [
        figure('wall time', 'ms', load.wallMs, one.wallMs),
        figure('memory of the runner', 'MiB', load.runner, one.runner),
        figure(`memory of ${load.coldStarts} environments`, 'MiB', load.environments, one.environments),
      ];
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
