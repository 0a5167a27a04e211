import { machine, misses, table } from './report';
import { requireIndex } from './require-index';
import { synth } from './synth';

const rounds = process.argv.includes('--quick') ? 3 : 9;
const figures = [...synth(rounds), ...requireIndex(rounds)];
console.log(`${table(figures)}\n\n${machine()}, medians of ${rounds} interleaved runs`);
if (misses(figures).length > 0) process.exitCode = 1;
