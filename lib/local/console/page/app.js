import { get, listen, post } from './api.js';
import { h, replace, setNow, status, tick, time, whenChanged } from './elements.js';
import { renderFunctions, renderMemory, renderQueues, renderStack } from './panels.js';
import { colour, renderRun } from './run.js';
import { startTabs } from './tabs.js';

const at = (id) => document.getElementById(id);
const drawings = new Map();
let open;
let tab = 'runs';

/** Does what a button asks for and says what went wrong. */
async function attempt(work) {
  const problem = at('problem');
  try {
    problem.hidden = true;
    const result = await work();
    await refresh();
    return result;
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
    return undefined;
  }
}

/** What was asked for and is not over: a second press of a button, as of a double click, asks for nothing. */
const under = new Set();

async function once(key, work) {
  if (under.has(key)) return undefined;
  under.add(key);
  try {
    return await attempt(work);
  } finally {
    under.delete(key);
  }
}

const actions = {
  kill: (environmentId) => once(environmentId, () => post('kill', { environmentId })),
  decide: (decision) => once(decision.approvalId, () => post('decide', decision)),
  redrive: ({ arn }) => once(arn, () => post('redrive', { arn })),
  stop: ({ arn }) => once(arn, () => post('stop', { arn })),
  answer: ({ token, output, error }) =>
    once(token, () => post('answer', error === undefined ? { token, output: parse(output, 'the output') } : { token, error })),
};

function parse(text, what) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${what} is not JSON: ${error.message}`);
  }
}

const drawWorkflows = whenChanged((names) => {
  const select = at('start-workflow');
  const chosen = select.value;
  select.replaceChildren(...names.map(([arn, name]) => h('option', { value: arn }, name)));
  if (names.some(([arn]) => arn === chosen)) select.value = chosen;
});

const drawRuns = whenChanged((workflows, chosen) => {
  const runs = workflows.flatMap(({ name, executions }) => executions.map((execution) => ({ ...execution, workflow: name })));
  runs.sort((left, right) => right.startedAt - left.startedAt);
  const entry = ({ arn, name, workflow, status: state, startedAt }) =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', 'data-key': arn, 'aria-current': arn === chosen ? 'true' : 'false', onclick: () => show(arn) },
        h('span', { class: 'name' }, name),
        status(state),
        h('span', { class: 'soft' }, `${workflow} · ${time(startedAt)}`),
      ),
    );
  replace(at('runs'), runs.length === 0 ? h('p', { class: 'hint' }, 'None yet.') : h('ul', { class: 'list' }, ...runs.map(entry)));
});

const drawRun = whenChanged((execution) => renderRun(at('run'), execution, actions));
const drawFunctions = whenChanged((functions) => renderFunctions(at('panel-functions'), functions, actions));
const drawQueues = whenChanged((queues) => renderQueues(at('panel-queues'), queues));
const drawMemory = whenChanged((memories) => renderMemory(at('panel-memory'), memories));
const drawStack = whenChanged((stack) => renderStack(at('panel-stack'), stack));

let told = '';
function tell(text) {
  if (text !== told) at('news').textContent = text;
  told = text;
}

/** The drawing of a workflow is asked for once; its nodes then only change colour. */
async function drawingOf(workflowArn) {
  if (!drawings.has(workflowArn)) {
    const text = await get('drawing', { workflow: workflowArn });
    const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    drawing.setAttribute('aria-label', 'Drawing of the state machine; the steps beside it say the same in words');
    drawings.set(workflowArn, document.importNode(drawing, true));
  }
  return drawings.get(workflowArn);
}

async function refreshRun() {
  if (open === undefined) return;
  const arn = open;
  const execution = await get('execution', { arn });
  const drawing = await drawingOf(execution.workflowArn);
  await untilReleased();
  if (arn !== open) return;
  colour(drawing, execution);
  drawRun(execution);
  if (!at('drawing').contains(drawing)) at('drawing').replaceChildren(drawing);
  tell(`${execution.name} ${execution.status.toLowerCase().replace('_', ' ')}${execution.questions.length > 0 ? ', waits for an answer' : ''}`);
}

async function refreshNow() {
  const overview = await get('overview');
  setNow(overview.now);
  await untilReleased();
  drawWorkflows(overview.workflows.map(({ arn, name }) => [arn, name]));
  drawRuns(overview.workflows, open);
  drawFunctions(overview.functions);
  drawQueues(overview.queues);
  drawStack({ endpoints: overview.endpoints, notices: overview.notices, modelNotice: overview.modelNotice });
  if (tab === 'memory') drawMemory(await get('memory'));
  await refreshRun();
}

/** A button that is replaced between press and release hears no click. */
let pressed = Promise.resolve();
document.addEventListener('pointerdown', () => {
  pressed = new Promise((resolve) => {
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => setTimeout(resolve), { once: true });
  });
});
const untilReleased = () => pressed;

/** One at a time: what changes while one is under way is read by the one after it. */
let running;
let again = false;
function refresh() {
  again = true;
  running ??= (async () => {
    try {
      while (again) {
        again = false;
        await refreshNow();
      }
    } finally {
      running = undefined;
    }
  })();
  return running;
}

function show(arn) {
  open = arn;
  return attempt(async () => undefined);
}

at('start').addEventListener('submit', async (event) => {
  event.preventDefault();
  const input = at('start-input').value;
  const started = await once('start', () =>
    post('start', { workflow: at('start-workflow').value, input: parse(input, 'the input'), name: at('start-name').value }),
  );
  if (started === undefined) return;
  at('start-name').value = '';
  await show(started.arn);
  at('run').scrollIntoView({ block: 'nearest' });
});

startTabs((name) => {
  tab = name;
  attempt(async () => undefined);
});

const root = document.documentElement;
root.dataset.theme =
  localStorage.getItem('theme') ?? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
at('theme').addEventListener('click', () => {
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
});

setInterval(tick, 1_000);
listen(
  () => refresh().catch(() => undefined),
  (state) => {
    const connection = at('connection');
    connection.dataset.state = state;
    connection.textContent = state === 'live' ? 'live' : 'not connected: the local run has ended, or another page is open';
  },
);
attempt(async () => undefined);
