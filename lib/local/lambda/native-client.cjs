// Stand-in for rapid-client.node, the native part of the runtime interface client, preloaded into every Node environment of the local run.
// The client itself is the real one; only its three calls to the Runtime API are answered here, so that no compiler is needed to install.
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const http = require('node:http');
const Module = require('node:module');
const path = require('node:path');

const INVOCATION = '/2018-06-01/runtime/invocation';
const NATIVE_CLIENT = './rapid-client.node';

/** Posts that the Runtime API has not acknowledged yet. The native client posts synchronously; here the next poll and the exit wait for them. */
const unacknowledged = new Set();
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body, headers) {
  const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path, headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ bodyJson: Buffer.concat(chunks).toString('utf8'), headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function post(path, body) {
  const entry = { path, body, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } };
  unacknowledged.add(entry);
  entry.done = call('POST', entry.path, entry.body, entry.headers).then(() => unacknowledged.delete(entry), leave);
}

/** Without its Runtime API an environment has no purpose, and nobody is left to end it. */
function leave() {
  unacknowledged.clear();
  process.exit(1);
}

const client = {
  initializeClient() {},
  async next() {
    for (const { done } of unacknowledged) await done;
    return call('GET', `${INVOCATION}/next`).catch(leave);
  },
  done(id, body) {
    post(`${INVOCATION}/${id}/response`, body);
  },
  // The error's type stands in the body; as a header it would have to be free of characters that error names may have.
  error(id, body) {
    post(`${INVOCATION}/${id}/error`, body);
  },
};

// Code that exits right after it answered has answered: what is still on its way is sent again before the process ends.
process.on('exit', () => {
  for (const { path: target, body, headers } of unacknowledged) {
    const script = `const c=[];process.stdin.on('data',d=>c.push(d)).on('end',()=>require('http').request(${JSON.stringify(
      `http://${process.env.AWS_LAMBDA_RUNTIME_API}${target}`,
    )},{method:'POST',headers:${JSON.stringify(headers)}},r=>r.resume()).on('error',()=>{}).end(Buffer.concat(c)))`;
    try {
      execFileSync(process.execPath, ['-e', script], { input: body, stdio: ['pipe', 'ignore', 'ignore'], timeout: 2000, env: {} });
    } catch {
      // The Runtime API is gone; there is nobody to answer to.
    }
  }
});

const load = Module._load;
Module._load = function loadWithStandIn(request, ...rest) {
  return request === NATIVE_CLIENT ? client : load.call(this, request, ...rest);
};

/** Whether the runtime imports the handler as an ES module. Only then are the hooks below worth the thread that they run in. */
function isModule() {
  const root = process.env.LAMBDA_TASK_ROOT ?? '';
  const handler = process.env._HANDLER ?? '';
  const directory = path.dirname(handler);
  const file = path.join(directory, path.basename(handler).split('.')[0]);
  if (existsSync(path.join(root, `${file}.mjs`))) return true;
  return [directory, '.'].some((each) => {
    try {
      return JSON.parse(readFileSync(path.join(root, each, 'package.json'), 'utf8')).type === 'module';
    } catch {
      // No package, or none that can be read, is CommonJS.
      return false;
    }
  });
}

/** Looks for a package that the module's own folders do not have in the folders of NODE_PATH. */
const RESOLVE_HOOK = `
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|:/.test(specifier)) throw error;
    for (const directory of process.env.NODE_PATH.split(delimiter)) {
      try {
        return await next(specifier, { ...context, parentURL: pathToFileURL(join(directory, '..', 'index.mjs')).href });
      } catch {
        // The next folder may have it.
      }
    }
    throw error;
  }
}`;

// Node.js reads NODE_PATH for CommonJS alone; the runtimes of Lambda let ES modules find the AWS SDK and the modules of layers as well.
if (process.env.NODE_PATH && isModule()) Module.register(`data:text/javascript,${encodeURIComponent(RESOLVE_HOOK)}`);
