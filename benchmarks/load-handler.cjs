// node load-handler.cjs FILE: loads one module as the Lambda runtime does and reports what that took, and nothing else.
const { writeSync } = require('node:fs');

// The globals of the runtime that a streaming handler finds.
globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream: { from: (stream) => stream } };

const before = new Set(process.moduleLoadList);
const since = process.cpuUsage();
require(process.argv[2]);
const { user, system } = process.cpuUsage(since);
const builtins = process.moduleLoadList.filter((entry) => !before.has(entry)).map((entry) => entry.replace('NativeModule ', ''));
writeSync(1, JSON.stringify(builtins));
writeSync(2, `\ncpu ${(user + system) / 1000} rss ${process.resourceUsage().maxRSS}\n`);
process.exit(0);
