/** An element with attributes, listeners (`onclick`) and children; texts are texts, never markup. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false && child !== ''));
  return element;
}

/** Puts new content into a place, and keeps what the reader has opened, scrolled, written or focused. Elements are known by their data-key. */
export function replace(place, ...children) {
  const open = new Set([...place.querySelectorAll('details[open][data-key]')].map(({ dataset }) => dataset.key));
  const scrolled = new Map([...place.querySelectorAll('pre[data-key]')].map((one) => [one.dataset.key, one.scrollTop]));
  const written = new Map([...place.querySelectorAll(':is(input, textarea, select)[data-key]')].map((one) => [one.dataset.key, one.value]));
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  place.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== false));
  for (const element of place.querySelectorAll('[data-key]')) {
    const { key } = element.dataset;
    if (element.tagName === 'DETAILS' && open.has(key)) element.open = true;
    if (scrolled.has(key)) element.scrollTop = scrolled.get(key);
    if (written.has(key)) element.value = written.get(key);
    if (focused === key) element.focus({ preventScroll: true });
  }
}

/** Calls `draw` only when what is drawn has changed. */
export function whenChanged(draw) {
  let last;
  return (...values) => {
    const now = JSON.stringify(values);
    if (now === last) return;
    last = now;
    draw(...values);
  };
}

export function duration(ms) {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

/** Milliseconds that the clock of the local run is ahead of the browser's: it may skip. */
let ahead = 0;

export function setNow(now) {
  ahead = now - Date.now();
}

/** How long something took, or takes so far, which counts on by itself. */
export function elapsed({ startedAt, endedAt }) {
  if (endedAt !== undefined) return h('span', {}, duration(endedAt - startedAt));
  return h('span', { 'data-since': startedAt }, duration(Math.max(0, Date.now() + ahead - startedAt)));
}

/** Lets every count go on. */
export function tick() {
  for (const one of document.querySelectorAll('[data-since]')) {
    one.textContent = duration(Math.max(0, Date.now() + ahead - Number(one.dataset.since)));
  }
}

export function time(ms) {
  return new Date(ms).toLocaleTimeString(undefined, { hour12: false });
}

/** A value, or a text that holds JSON, as it is read best. */
export function pretty(value) {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

export function block(label, value, key) {
  const text = pretty(value);
  if (text === '') return undefined;
  return h('div', {}, h('div', { class: 'label' }, label), h('pre', { 'data-key': key, tabindex: 0, 'aria-label': label }, text));
}

export function status(name, text = name) {
  return h('span', { class: 'status', 'data-status': name }, text.replaceAll('_', ' ').toLowerCase());
}
