import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { ChangeFeed } from '../local/console/change-feed';
import { ConsoleServer } from '../local/console/console-server';
import { type Endpoint, endpointsOf } from '../local/console/endpoints';
import { Deployment } from '../local/deployment';
import { checkModel } from './check-model';
import type { Command } from './command';
import { CommandError } from './command-error';
import { Interrupt } from './interrupt';
import { line, type Output } from './output';
import { assemblyOf } from './run';

/** Port of the page unless another is named. */
const DEFAULT_PORT = 4510;
const MAX_PORT = 65_535;

export interface LocalResult {
  readonly stopped: true;
  readonly page: string;
  readonly endpoints: readonly Endpoint[];
  readonly notices: readonly string[];
}

const USAGE = `<assembly> [options]
    --port PORT       port of the page on 127.0.0.1, 0 for any free one (default ${DEFAULT_PORT})
    --skip-time       nobody waits: timers, retries and approvals that nobody decides are over at once
    --model-url URL   an OpenAI-compatible server answers Bedrock's Converse (default: the local model)
    --fault SPEC      makes something go wrong, as often as given: before:dynamodb.PutItem=kill,nth=2
    --json            prints, at the end, what was served as one JSON value; the addresses go to standard error`;

/** Keeps the stacks of an assembly up, with a page that shows them, until somebody ends it. */
async function local(args: readonly string[], output: Output): Promise<LocalResult> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      'skip-time': { type: 'boolean', default: false },
      'model-url': { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const directory = assemblyOf('local', positionals);
  const port = portOf(values.port);
  if (values['model-url'] !== undefined) await checkModel(values['model-url']);
  // With --json standard output is for the one value at the end.
  const out = output.json ? output.err : output.out;
  const notices: string[] = [];
  const feed = new ChangeFeed();
  const interrupt = new Interrupt();
  let deployment: Deployment | undefined;
  let page: ConsoleServer | undefined;
  try {
    let listening = false;
    deployment = await Deployment.start(directory, {
      time: values['skip-time'] ? 'skipped' : 'real',
      modelUrl: values['model-url'],
      onEvent: () => feed.changed(),
      onNotice: (notice) => {
        notices.push(notice);
        if (listening) line(out, pc.dim(`note: ${notice}`));
        feed.changed();
      },
    });
    for (const fault of values.fault) deployment.faults.inject(fault);
    deployment.lambda.onInvocation(() => feed.changed());
    deployment.lambda.onLog(() => feed.changed());
    page = await startPage({ deployment, feed, notices, port });
    const endpoints = endpointsOf(deployment);
    for (const notice of notices) line(out, pc.dim(`note: ${notice}`));
    listening = true;
    line(out, addresses(page.url, endpoints));
    line(out, pc.dim('Ctrl-C ends it'));
    await interrupt.wait();
    line(out, pc.dim('stopping'));
    return { stopped: true, page: page.origin, endpoints, notices };
  } finally {
    await page?.close();
    await deployment?.stop();
    interrupt.release();
  }
}

async function startPage(options: Parameters<typeof ConsoleServer.start>[0]): Promise<ConsoleServer> {
  try {
    return await ConsoleServer.start(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new CommandError('PortInUse', `port ${options.port} of 127.0.0.1 is in use`, 'name another with --port, 0 for any free one');
    if (code === 'EACCES')
      throw new CommandError('PortDenied', `port ${options.port} must not be used: ${message}`, 'name one above 1023 with --port');
    throw error;
  }
}

function addresses(page: string, endpoints: readonly Endpoint[]): string {
  const rows = [['page', '', page], ...endpoints.map(({ kind, name, url }) => [kind, name, url])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(([kind, name, url]) => `${pc.bold(kind!.padEnd(widths[0]!))}  ${name!.padEnd(widths[1]!)}  ${pc.cyan(url!)}`).join('\n');
}

function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= MAX_PORT) return port;
  throw new CommandError('Port', `--port must be a whole number from 0 to ${MAX_PORT}, got ${JSON.stringify(text)}`);
}

export const LOCAL: Command = {
  summary: 'keeps the stacks of an assembly up, with a page to watch, start, approve, kill and redrive',
  usage: USAGE,
  run: local,
};
