// node call-handler.cjs WRAPPER CALLS [BUNDLE]: awaits a handler again and again, bare or wrapped, and reports CPU milliseconds.
const { writeSync } = require('node:fs');

const [wrapper, calls, bundle] = process.argv.slice(2);
const context = { getRemainingTimeInMillis: () => 1_000 };
const handler = async (event) => event.n;

const WRAPPERS = {
  bare: () => handler,
  keepWarm: () => require(bundle).keepWarm(handler),
  // What is written by hand where no library is at hand.
  byHand: () => async (event, invocation) => {
    if (event.source === 'keep-warm') return 'warm';
    return handler(event, invocation);
  },
};

async function run(call, times) {
  let sum = 0;
  for (let n = 0; n < times; n += 1) sum += await call({ n, body: 'x' }, context);
  return sum;
}

async function main() {
  const call = WRAPPERS[wrapper]();
  await run(call, 200_000);
  const since = process.cpuUsage();
  await run(call, Number(calls));
  const { user, system } = process.cpuUsage(since);
  writeSync(2, `\ncpu ${(user + system) / 1000} rss ${process.resourceUsage().maxRSS}\n`);
}

main();
