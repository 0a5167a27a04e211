import { block, elapsed, h, replace, status, time } from './elements.js';

const MARKS = { succeeded: '✓', failed: '✗', caught: '!', aborted: '■', running: '▸', waiting: '‖' };

/** How one visit of a state stands. */
function statusOf(step, execution) {
  const newest = execution.steps.findLast(({ name }) => name === step.name);
  if (newest === step && execution.statuses[step.name] !== undefined) return execution.statuses[step.name];
  const last = step.attempts.at(-1);
  if (step.endedAt !== undefined) return last?.error === undefined ? 'succeeded' : 'caught';
  if (execution.status === 'RUNNING') return last?.waiting ? 'waiting' : 'running';
  return execution.status === 'ABORTED' ? 'aborted' : 'failed';
}

/** The drawing of the workflow, with the colours of this run. */
export function colour(drawing, execution) {
  for (const node of drawing.querySelectorAll('g.node')) {
    node.setAttribute('data-status', execution?.statuses[node.dataset.label] ?? 'none');
  }
}

export function renderRun(place, execution, actions) {
  replace(
    place,
    head(execution, actions),
    ...execution.questions.map((question) => answerForm(question, execution, actions)),
    ending(execution),
    h(
      'div',
      { class: 'body' },
      h('section', { class: 'card', 'aria-label': 'State machine' }, h('div', { id: 'drawing', class: 'drawing' })),
      steps(execution, actions),
    ),
  );
}

function head(execution, { redrive, stop }) {
  const running = execution.status === 'RUNNING';
  const waits = execution.questions.length > 0;
  const facts = [
    execution.workflow,
    `started ${time(execution.startedAt)}`,
    `${execution.events} events`,
    execution.redriveCount > 0 ? `redriven ${execution.redriveCount} ×` : '',
  ];
  return h(
    'div',
    { class: 'card' },
    h(
      'div',
      { class: 'row' },
      h('h3', { id: 'run-name' }, execution.name),
      h('span', { id: 'run-status' }, waits ? status('waiting', 'waits for an answer') : status(execution.status)),
      h('span', { class: 'push' }),
      execution.redrivable &&
        h('button', { type: 'button', class: 'main', 'data-key': 'redrive', onclick: () => redrive(execution) }, 'Redrive from the failed step'),
      running && h('button', { type: 'button', class: 'danger', 'data-key': 'stop', onclick: () => stop(execution) }, 'Stop run'),
    ),
    h('p', { class: 'soft' }, facts.filter((fact) => fact !== '').join(' · '), running ? ' · for ' : ' · took ', elapsed(execution)),
  );
}

function ending({ input, output, error, cause }) {
  return h(
    'details',
    { class: 'card step', 'data-key': 'ending', open: error !== undefined },
    h('summary', {}, error === undefined ? 'Input and output' : h('span', { class: 'failure' }, `${error}${cause ? `: ${cause}` : ''}`)),
    h('div', { class: 'inside' }, block('Input', input, 'run-input'), block('Output', output, 'run-output')),
  );
}

function answerForm(question, execution, actions) {
  return question.kind === 'approval' ? approvalForm(question, execution, actions) : callbackForm(question, actions);
}

function approvalForm({ approvalId, approvers }, execution, { decide }) {
  const by = h('select', { 'data-key': `by-${approvalId}` }, ...approvers.map((approver) => h('option', {}, approver)));
  const comment = h('input', { 'data-key': `comment-${approvalId}`, autocomplete: 'off' });
  const button = (decision, text, kind) =>
    h(
      'button',
      {
        type: 'button',
        class: kind,
        'data-key': `${decision}-${approvalId}`,
        onclick: () => decide({ arn: execution.arn, approvalId, decision, by: by.value, comment: comment.value }),
      },
      text,
    );
  return h(
    'form',
    { class: 'answer', 'aria-label': 'Decide the approval', onsubmit: (event) => event.preventDefault() },
    h('strong', {}, 'The run is suspended until somebody decides.'),
    h('label', {}, 'Decide as', by),
    h('label', {}, h('span', {}, 'Comment ', h('span', { class: 'hint' }, 'may be left out')), comment),
    h('div', { class: 'row' }, button('approve', 'Approve', 'main'), button('reject', 'Reject', 'danger')),
  );
}

function callbackForm({ step, token }, { answer }) {
  const output = h('textarea', { rows: 3, spellcheck: 'false', 'data-key': `answer-${token}` }, '{}');
  const error = h('input', { value: 'Callback.Failed', 'data-key': `error-${token}`, autocomplete: 'off' });
  return h(
    'form',
    { class: 'answer', 'aria-label': `Answer ${step}`, onsubmit: (event) => event.preventDefault() },
    h('strong', {}, `${step} waits for an answer by its task token.`),
    h('label', {}, 'Output as JSON', output),
    h('label', {}, 'Error name, to fail it', error),
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', class: 'main', onclick: () => answer({ token, output: output.value }) }, 'Send success'),
      h('button', { type: 'button', class: 'danger', onclick: () => answer({ token, error: error.value }) }, 'Send failure'),
    ),
  );
}

function steps(execution, actions) {
  const own = execution.steps.filter(({ part }) => !part);
  const hidden = execution.steps.length - own.length;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'steps-title' },
    h('h2', { id: 'steps-title' }, 'Steps'),
    execution.leftOut > 0 && h('p', { class: 'soft' }, `the newest; ${execution.leftOut} earlier ones are not shown`),
    ...own.map((step) => stepDetails(step, execution, actions)),
    hidden > 0 && h('p', { class: 'hint' }, `${hidden} states that only serve one of these are not shown`),
  );
}

function stepDetails(step, execution, actions) {
  const mark = statusOf(step, execution);
  const { attempts } = step;
  const failures = attempts.filter(({ error }) => error !== undefined).length;
  return h(
    'details',
    { class: 'step', 'data-key': `step-${step.id}`, 'data-step': step.name, 'data-status': mark },
    h(
      'summary',
      { 'data-key': `summary-${step.id}` },
      h('span', { class: 'mark', 'data-status': mark, role: 'img', 'aria-label': mark }, MARKS[mark]),
      h('strong', {}, `${step.name}${step.item}`),
      h('span', { class: 'soft' }, elapsed({ startedAt: step.startedAt, endedAt: step.endedAt ?? execution.endedAt })),
      attempts.length > 1 && h('span', { class: 'soft' }, `${attempts.length} attempts`),
      failures > 0 && h('span', { class: 'failure' }, `${failures} failed`),
    ),
    h(
      'div',
      { class: 'inside' },
      block('Input', step.input, `in-${step.id}`),
      ...attempts.map((attempt, at) => attemptDetails(attempt, `${step.id}-${at}`, at + 1, actions)),
      block('Output', step.output, `out-${step.id}`),
    ),
  );
}

function attemptDetails({ resource, startedAt, endedAt, error, cause, waiting, run }, key, number, { kill }) {
  const facts = [resource, run?.cold ? 'cold start' : '', waiting ? 'waits for an answer' : ''];
  const logs = (run?.logs ?? []).map(({ text }) => text).join('\n');
  return h(
    'div',
    { class: 'attempt' },
    h(
      'div',
      { class: 'row' },
      h('span', {}, h('strong', {}, `Attempt ${number} `), h('span', { class: 'soft' }, elapsed({ startedAt, endedAt }), ` · ${facts.filter((fact) => fact !== '').join(' · ')}`)),
      run?.running &&
        h(
          'button',
          {
            type: 'button',
            class: 'danger',
            'data-key': `kill-${key}`,
            'aria-label': `Kill the environment of attempt ${number}`,
            onclick: () => kill(run.environmentId),
          },
          'Kill environment',
        ),
    ),
    error !== undefined && h('p', { class: 'failure' }, `${error}${cause ? `: ${cause}` : ''}`),
    block('Logs', logs, `logs-${key}`),
  );
}
