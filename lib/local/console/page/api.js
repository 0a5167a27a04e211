/** The token is in the address that the command printed, behind the #: it is kept for this tab and taken out of sight. */
function takeToken() {
  const given = window.location.hash.slice(1);
  if (/^[\w-]{20,}$/.test(given)) {
    sessionStorage.setItem('token', given);
    window.history.replaceState(null, '', window.location.pathname);
  }
  return sessionStorage.getItem('token') ?? '';
}

const token = takeToken();

async function read(response) {
  if (response.headers.get('content-type')?.startsWith('image/svg')) return response.text();
  const value = await response.json();
  if (!response.ok) throw new Error(value.error.message);
  return value;
}

export async function get(name, parameters = {}) {
  const query = new URLSearchParams(parameters);
  return read(await fetch(`/api/${name}?${query}`, { headers: { 'x-console-token': token } }));
}

export async function post(name, body) {
  const headers = { 'x-console-token': token, 'content-type': 'application/json' };
  return read(await fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** Calls `onChange` whenever something of the stack changed, `onState` with `live` or `lost`. */
export function listen(onChange, onState) {
  const events = new EventSource(`/api/events?token=${encodeURIComponent(token)}`);
  events.addEventListener('open', () => onState('live'));
  events.addEventListener('error', () => onState('lost'));
  events.addEventListener('changed', onChange);
}
