// One local run in a process of its own: `node local-load.cjs TESTING ASSEMBLY [EXECUTIONS]` prints what it took as JSON.
const { readdirSync, readFileSync } = require('node:fs');

const PAGE_KIB = 4;
const SAMPLE_MS = 50;

/** Memory of this process and of all that it started, in MiB. */
function memory() {
  const parents = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(pid), { parent: Number(fields[1]), rss: Number(fields[21]) * PAGE_KIB });
    } catch {
      // It ended meanwhile.
    }
  }
  const isOurs = (pid) => pid === process.pid || (parents.has(pid) && isOurs(parents.get(pid).parent));
  let [runner, environments, count] = [0, 0, 0];
  for (const [pid, { rss }] of parents) {
    if (pid === process.pid) runner = rss / 1024;
    else if (isOurs(pid)) {
      environments += rss / 1024;
      count += 1;
    }
  }
  return { runner, environments, count };
}

async function main([testing, assembly, count]) {
  const sinceLoad = performance.now();
  const { LocalRunner } = require(testing);
  const loadMs = performance.now() - sinceLoad;
  const since = performance.now();
  const local = await LocalRunner.fromAssembly(assembly);
  const startMs = performance.now() - since;
  const result = { loadMs, startMs };
  if (count !== undefined) {
    const peak = { runner: 0, environments: 0, processes: 0 };
    const sample = () => {
      const now = memory();
      peak.runner = Math.max(peak.runner, now.runner);
      peak.environments = Math.max(peak.environments, now.environments);
      peak.processes = Math.max(peak.processes, now.count);
    };
    const timer = setInterval(sample, SAMPLE_MS);
    const begun = performance.now();
    const runs = await Promise.all(Array.from({ length: Number(count) }, (_, n) => local.workflow('Work').start({ n })));
    const results = await Promise.all(runs.map((run) => run.result()));
    Object.assign(result, { wallMs: performance.now() - begun });
    sample();
    clearInterval(timer);
    Object.assign(result, peak, {
      succeeded: results.filter(({ status }) => status === 'SUCCEEDED').length,
      coldStarts: local.function('Work').coldStarts,
    });
  }
  await local.stop();
  process.stdout.write(JSON.stringify(result));
}

main(process.argv.slice(2));
