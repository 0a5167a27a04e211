import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { PACKAGE_ROOT } from '../handlers/handler-asset';
import { LocalRunner } from '../local/local-runner';
import type { StepSummary } from '../local/stepfunctions/step-summary';
import { checkModel } from './check-model';
import type { Command } from './command';
import { CommandError } from './command-error';
import { line, type Output } from './output';
import { Progress } from './progress';
import { readDocuments } from './read-documents';
import { seconds, stepTable } from './step-table';

const QUESTION = 'How long may a Lambda function run, and what should I use for longer work?';

/** How long the command watches the suspended run before it approves, to show that nothing goes on meanwhile. */
const WATCH_MS = 1_000;

const MAX_QUESTION_CHARACTERS = 2_000;

export interface ResearchResult {
  readonly status: string;
  readonly question: string;
  readonly report?: string;
  readonly files?: readonly string[];
  readonly approval?: unknown;
  /** Milliseconds that the run was suspended before the approval. */
  readonly suspendedMs?: number;
  readonly steps: readonly StepSummary[];
  readonly error?: string;
  readonly cause?: string;
}

/** Runs the research workflow of the reference stack from its assembly, approves it and returns the report. */
async function research(args: readonly string[], output: Output): Promise<ResearchResult> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      assembly: { type: 'string', default: 'cdk.out' },
      input: { type: 'string', default: QUESTION },
      documents: { type: 'string' },
      'model-url': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const question = checkQuestion(values.input);
  if (values['model-url'] !== undefined) await checkModel(values['model-url']);
  const documents = values.documents === undefined ? ownDocuments() : readDocuments(values.documents);

  const say = (text = '') => {
    if (!output.json) line(output.out, text);
  };
  say(pc.bold(question));
  say(pc.dim(`over ${documents.length} documents from ${values.documents ?? 'this project'}`));
  say();

  const progress = new Progress(output.json ? output.err : output.out);
  const runner = await LocalRunner.fromAssembly(values.assembly, {
    modelUrl: values['model-url'],
    onNotice: (notice) => say(pc.dim(`note: ${notice}`)),
    onEvent: (event) => (output.json ? undefined : progress.onEvent(event)),
  });
  try {
    const bucket = runner.bucket('Documents');
    await Promise.all(documents.map(({ name, text }) => bucket.put(`library/${name}`, text)));
    const run = await runner.workflow('Research').start({ question });
    const suspended = await Promise.race([run.waitForApproval(), run.result().then(() => undefined)]);
    let suspendedMs: number | undefined;
    if (suspended !== undefined) {
      const since = Date.now();
      say(`${pc.yellow('⏸')} suspended: ${suspended.approvers.join(', ')} must decide, nothing runs and nothing is billed meanwhile`);
      await sleep(WATCH_MS);
      if (run.status !== 'RUNNING') throw new Error(`the run did not wait for its approval, it is ${run.status}`);
      suspendedMs = Date.now() - since;
      say(`${pc.yellow('▶')} still suspended after ${seconds(suspendedMs)}; approving through the link of ${suspended.approvers[0]}`);
      await suspended.approve();
    }
    const result = await run.result();
    const steps = run.steps();
    const value = result.output as { report?: string; files?: string[]; approval?: unknown } | undefined;
    say();
    say(stepTable(steps));
    say();
    if (result.status !== 'SUCCEEDED') throw new CommandError('RunFailed', `the run ${result.status}: ${result.error}: ${result.cause}`);
    say(value?.report ?? '');
    say(pc.dim(runner.modelNotice));
    return { status: result.status, question, report: value?.report, files: value?.files, approval: value?.approval, suspendedMs, steps };
  } finally {
    await runner.stop();
  }
}

function checkQuestion(text: string): string {
  const question = text.trim();
  if (question === '') throw new CommandError('EmptyQuestion', 'the question must not be empty', 'give one with --input "your question"');
  if (question.length > MAX_QUESTION_CHARACTERS) {
    throw new CommandError(
      'QuestionTooLong',
      `the question must be at most ${MAX_QUESTION_CHARACTERS} characters, got ${question.length}`,
      'put the text into a document and ask about it',
    );
  }
  return question;
}

/** The project's own guides and quota tables. */
function ownDocuments() {
  return readDocuments(`${PACKAGE_ROOT}/docs`);
}

export const RESEARCH: Command = {
  summary: 'runs the research workflow of the reference stack over your documents, and approves it',
  usage: `[--assembly DIR] [--input QUESTION] [--documents DIR] [--model-url URL] [--json]`,
  run: research,
};
