import { block, h, replace, status } from './elements.js';

function table(label, columns, rows, empty) {
  if (rows.length === 0) return h('p', { class: 'empty' }, empty);
  const numbers = columns.map((column) => column.startsWith('#'));
  const cell = (name, at, content) => h(name, { class: numbers[at] ? 'number' : undefined }, content);
  return h(
    'div',
    { class: 'wide' },
    h(
      'table',
      { 'aria-label': label },
      h('thead', {}, h('tr', {}, ...columns.map((column, at) => cell('th', at, column.replace('#', ''))))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((content, at) => cell('td', at, content))))),
    ),
  );
}

export function renderFunctions(place, functions, { kill }) {
  const environmentRow = ({ id, pid, state, version }, path) =>
    h(
      'div',
      { class: 'row' },
      status(state),
      h('span', { class: 'soft' }, `version ${version}, process ${pid ?? 'starting'}`),
      h('button', { type: 'button', class: 'danger', 'data-key': `kill-${id}`, 'aria-label': `Kill an environment of ${path}`, onclick: () => kill(id) }, 'Kill'),
    );
  const rows = functions.map(({ path, coldStarts, invocations, environments }) => [
    path,
    String(invocations),
    String(coldStarts),
    environments.length === 0 ? h('span', { class: 'soft' }, 'none') : h('div', {}, ...environments.map((one) => environmentRow(one, path))),
  ]);
  const columns = ['Function', '#Invocations', '#Cold starts', 'Environments'];
  replace(place, h('div', { class: 'card' }, table('Functions', columns, rows, 'No function of the stack can run here.')));
}

export function renderQueues(place, queues) {
  const rows = queues.map(({ name, visible, inFlight, delayed }) => [name, String(visible), String(inFlight), String(delayed)]);
  replace(place, h('div', { class: 'card' }, table('Queues', ['Queue', '#Visible', '#In flight', '#Delayed'], rows, 'The stack has no queue.')));
}

export function renderMemory(place, memories) {
  if (memories.length === 0) {
    replace(place, h('p', { class: 'empty' }, 'No function of the stack keeps conversations in a table or a cache.'));
    return;
  }
  const entryDetails = (name, { key, value }) =>
    h('details', { class: 'step', 'data-key': `${name}/${key}` }, h('summary', {}, h('code', {}, key)), h('div', { class: 'inside' }, block('Value', value, `v-${key}`)));
  const cards = memories.map(({ kind, name, entries }) =>
    h(
      'section',
      { class: 'card' },
      h('h2', {}, `${kind} · ${name} · ${entries.length} ${kind === 'Valkey' ? 'keys' : 'items'}`),
      entries.length === 0 ? h('p', { class: 'empty' }, 'No conversation is kept.') : entries.map((entry) => entryDetails(name, entry)),
    ),
  );
  replace(place, h('div', { class: 'panels' }, ...cards));
}

export function renderStack(place, { endpoints, notices, modelNotice }) {
  const rows = endpoints.map(({ kind, name, url }) => [kind, name, h('code', {}, url)]);
  const left = [modelNotice, ...notices].filter((notice) => notice !== '');
  replace(
    place,
    h(
      'div',
      { class: 'panels' },
      h('section', { class: 'card' }, table('Addresses', ['Kind', 'Name', 'Address'], rows, 'Nothing is served.')),
      h('section', { class: 'card' }, h('h2', {}, 'What the local run says of itself'), h('ul', {}, ...left.map((notice) => h('li', {}, notice)))),
    ),
  );
}
