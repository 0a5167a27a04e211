import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import type { ExecutionStatus } from '../local/asl/execution';
import { stateMachines } from '../local/assembly/state-machines';
import { Deployment } from '../local/deployment';
import { drawSvg, drawText } from '../local/drawing/draw-machine';
import { machineGraph, stepsOfParts } from '../local/drawing/machine-graph';
import { stateStatuses } from '../local/drawing/state-status';
import { LocalWorkflow } from '../local/local-workflow';
import type { ExecutionEvent } from '../local/stepfunctions/executions';
import { ServiceError } from '../local/stepfunctions/service-error';
import { type StepSummary, summariseSteps } from '../local/stepfunctions/step-summary';
import { checkModel } from './check-model';
import type { Command } from './command';
import { CommandError } from './command-error';
import { findWorkflow, idOf } from './find-workflow';
import { Interrupt } from './interrupt';
import { LiveProgress } from './live-progress';
import { line, type Output } from './output';
import { Progress } from './progress';
import { readJson } from './read-json';
import { comeToRest } from './rest';
import { stepTable } from './step-table';

export interface RunResult {
  readonly workflow: string;
  readonly name: string;
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  /** The run waits for an answer from outside; these states do. */
  readonly suspended?: { readonly steps: readonly string[]; readonly answer: string };
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly steps: readonly StepSummary[];
  /** What the local run left out or could not do. */
  readonly notices: readonly string[];
  /** File of the drawing. */
  readonly svg?: string;
}

const USAGE = `<assembly> [--workflow ID|NAME] [options]
    --workflow ID|NAME   construct id, path, name or ARN; may be left out where there is only one
    --input FILE|JSON    input of the execution, a file or the JSON itself (default {})
    --name NAME          name of the execution (default: a random one)
    --skip-time          nobody waits: timers, retries and approvals that nobody decides are over at once
    --model-url URL      an OpenAI-compatible server answers Bedrock's Converse (default: the local model)
    --fault SPEC         makes something go wrong, as often as given: before:dynamodb.PutItem=kill,nth=2
                         POINT=KIND[,function=NAME][,nth=N|all]; KIND is kill, throttle, delay(MS), lose-response, error(NAME), expire-token
    --svg FILE           writes the state machine with what ran as SVG
    --json               prints the result as one JSON value`;

/** Runs one execution of a workflow of any assembly, to its end or until only an answer from outside can move it. */
async function run(args: readonly string[], output: Output): Promise<RunResult> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      workflow: { type: 'string' },
      input: { type: 'string', default: '{}' },
      name: { type: 'string' },
      'skip-time': { type: 'boolean', default: false },
      'model-url': { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      svg: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const directory = assemblyOf('run', positionals);
  const input = readJson(values.input, 'Input', '--input');
  if (values.svg !== undefined) checkDrawing(values.svg);
  if (values['model-url'] !== undefined) await checkModel(values['model-url']);

  const say = (text = '') => {
    if (!output.json) line(output.out, text);
  };
  const notices: string[] = [];
  let onEvent: ((event: ExecutionEvent) => void) | undefined;
  const interrupt = new Interrupt();
  let deployment: Deployment | undefined;
  try {
    deployment = await Deployment.start(directory, {
      time: values['skip-time'] ? 'skipped' : 'real',
      modelUrl: values['model-url'],
      onNotice: (notice) => notices.push(notice),
      onEvent: (event) => onEvent?.(event),
    });
    const machine = findWorkflow(deployment.all(stateMachines), values.workflow);
    for (const fault of values.fault) deployment.faults.inject(fault);
    const { block } = deployment.executions.machines.definitionOf(machine);
    const graph = machineGraph(block);
    const parts = stepsOfParts(block);
    const arn = new LocalWorkflow(machine, deployment).arn;

    say(pc.bold(`${idOf(machine.path)}${values.name === undefined ? '' : ` ${values.name}`}`));
    const live = !output.json && 'isTTY' in output.out && output.out.isTTY ? new LiveProgress(graph, parts, output.out) : undefined;
    const lines = new Progress(output.out);
    if (!output.json) onEvent = (event) => (event.record.machine.arn === machine.arn ? (live ?? lines).onEvent(event) : undefined);
    const record = startOf(() => deployment!.executions.start({ stateMachineArn: arn, input, name: values.name }));
    const rest = await Promise.race([comeToRest(deployment, record, () => interrupt.happened), interrupt.wait()]);
    await live?.end();
    if (rest === undefined) throw new CommandError('Interrupted', `the run ${record.name} was interrupted, everything is stopped`);

    const history = record.execution.history;
    const statuses = stateStatuses(history, parts);
    const steps = summariseSteps(history, record.outline);
    if (values.svg !== undefined) writeDrawing(values.svg, drawSvg(graph, statuses));
    say();
    say(stepTable(steps));
    say();
    say(drawText(graph, statuses));
    say();
    for (const notice of notices) say(pc.dim(`note: ${notice}`));
    const closed = rest.closed ? await record.result : { status: 'RUNNING' as const };
    const suspended = rest.closed
      ? undefined
      : { steps: rest.waiting, answer: `serverless-ai local ${directory} keeps the stack up: start the run there and answer on its page` };
    const result = { workflow: idOf(machine.path), name: record.name, executionArn: record.executionArn, ...closed };
    sayEnd(result, suspended, say);
    return { ...result, ...(suspended && { suspended }), steps, notices, ...(values.svg !== undefined && { svg: values.svg }) };
  } finally {
    await deployment?.stop();
    interrupt.release();
  }
}

function sayEnd(result: Partial<RunResult>, suspended: RunResult['suspended'], say: (text: string) => void): void {
  const { status, output, error, cause } = result;
  if (suspended !== undefined) {
    say(`${pc.yellow('⏸')} suspended at ${suspended.steps.join(', ')}: it waits for an answer, nothing else runs`);
    say(pc.dim(`${suspended.answer}; --skip-time lets the wait run out`));
  } else if (status === 'SUCCEEDED') {
    say(`${pc.green('SUCCEEDED')}\n${JSON.stringify(output, null, 2)}`);
  } else {
    say(`${pc.red(String(status))} ${[error, cause].filter((part) => part !== undefined && part !== '').join(': ')}`);
  }
}

/** The one directory that a command takes. */
export function assemblyOf(command: string, positionals: readonly string[]): string {
  const [directory, ...more] = positionals;
  if (directory !== undefined && more.length === 0) return directory;
  const got = positionals.length === 0 ? 'none' : positionals.join(' ');
  throw new CommandError('Arguments', `${command} takes one assembly directory, got ${got}`, `such as: serverless-ai ${command} cdk.out`);
}

/** What the API refuses at the start is a mistake of whoever asked. */
function startOf<Started>(start: () => Started): Started {
  try {
    return start();
  } catch (error) {
    if (error instanceof ServiceError) throw new CommandError(error.name, error.message);
    throw error;
  }
}

/** Asked before the run: whoever waited for its end is not to lose the result to a name that was mistyped. */
function checkDrawing(file: string): void {
  try {
    if (existsSync(file) && statSync(file).isDirectory()) throw new Error('it is a directory');
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    if (!statSync(dirname(file)).isDirectory()) throw new Error(`${dirname(file)} is not a directory`);
  } catch (error) {
    throw unwritable(file, error as Error);
  }
}

function writeDrawing(file: string, svg: string): void {
  try {
    writeFileSync(file, svg);
  } catch (error) {
    throw unwritable(file, error as Error);
  }
}

function unwritable(file: string, { message }: Error): CommandError {
  return new CommandError('Svg', `cannot write the drawing to ${file}: ${message}`, 'name a file in a folder that is there');
}

export const RUN: Command = {
  summary: 'runs one execution of a workflow of any synthesized CDK app, with no account and no Docker',
  usage: USAGE,
  run,
  failed: (result) => !['SUCCEEDED', 'RUNNING'].includes((result as RunResult).status),
};
