import { auditTimes } from './audit';
import { checkpoints } from './checkpoint';
import { fleetTimes } from './fleet';
import { handlerLoads } from './handlers';
import { imageStaging } from './image-staging';
import { inferenceTimes } from './inference';
import { keepWarmCalls } from './keep-warm';
import { keepWarmEnvironments } from './keep-warm-environments';
import { localExecutions } from './local-executions';
import { localStart } from './local-start';
import { type Figure, machine, misses, table } from './report';
import { requireIndex } from './require-index';
import { synth } from './synth';
import { warmInvokes } from './warm-invoke';

const rounds = process.argv.includes('--quick') ? 3 : 15;
/** `--only local` measures the sections whose title holds the word. */
const only = process.argv[process.argv.indexOf('--only') + 1] ?? '';
const wanted = (title: string) => !process.argv.includes('--only') || title.includes(only);

const SECTIONS: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  'Synth and load of the constructs': () => [...synth(rounds), ...requireIndex(rounds)],
  'keepWarm on events that are no ping': () => keepWarmCalls(rounds),
  'Environments kept warm': () => keepWarmEnvironments(),
  'Staging of models': () => imageStaging(rounds),
  'Audit of an app': () => auditTimes(rounds),
  'Simulation of a fleet': () => fleetTimes(rounds),
  'Cold load of the shipped handlers': () => handlerLoads(rounds),
  'Checkpoints, on a table on loopback': () => checkpoints(rounds),
  'Start of a local run': () => localStart(rounds),
  'Executions at once in a local run': () => localExecutions(),
  'Warm calls of a function in the local run': () => warmInvokes(rounds),
  'Inference of the sentiment function': () => inferenceTimes(rounds),
};

async function main(): Promise<void> {
  const figures: Figure[] = [];
  for (const [title, measure] of Object.entries(SECTIONS)) {
    if (!wanted(title)) continue;
    const section = await measure();
    console.log(`${title}\n\n${table(section)}\n`);
    figures.push(...section);
  }
  console.log(`${machine()}, medians of ${rounds} interleaved runs`);
  for (const { what, peer } of misses(figures)) console.log(`over the bar: ${what}, against ${peer}`);
  if (misses(figures).length > 0) process.exitCode = 1;
}

main();
