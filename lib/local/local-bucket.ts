import { signedFor } from './gateway/json-call';

/** A bucket of the local run, reached through the gateway like the clients of the stack: a put sends its event. */
export class LocalBucket {
  constructor(
    readonly name: string,
    private readonly endpoint: string,
  ) {}

  async put(key: string, body: string | Uint8Array): Promise<void> {
    const response = await this.request('PUT', key, body);
    if (!response.ok) throw new Error(`cannot put ${key} into ${this.name}: ${response.status} ${await response.text()}`);
  }

  /** The text of an object, or undefined when there is none. */
  async get(key: string): Promise<string | undefined> {
    const response = await this.request('GET', key);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`cannot get ${key} from ${this.name}: ${response.status} ${await response.text()}`);
    return response.text();
  }

  async list(prefix = ''): Promise<string[]> {
    const response = await this.request('GET', '', undefined, `?list-type=2&prefix=${encodeURIComponent(prefix)}`);
    if (!response.ok) throw new Error(`cannot list ${this.name}: ${response.status} ${await response.text()}`);
    return [...(await response.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => unescapeXml(key ?? ''));
  }

  private request(method: string, key: string, body?: string | Uint8Array, query = ''): Promise<Response> {
    const path = key.split('/').map(encodeURIComponent).join('/');
    return fetch(`${this.endpoint}/${this.name}/${path}${query}`, {
      method,
      body: typeof body === 'string' ? body : body === undefined ? undefined : Buffer.from(body),
      headers: { authorization: signedFor('s3') },
    });
  }
}

function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '');
}
