/** An object that was written, as `Object Created` events need it. */
export interface ObjectCreated {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Hexadecimal, later writes sort after earlier ones. */
  readonly sequencer: string;
  /** `PutObject`, `CopyObject` or `CompleteMultipartUpload`. */
  readonly reason: string;
}

/** An object that was there and was deleted. */
export interface ObjectRemoved {
  readonly bucket: string;
  readonly key: string;
  readonly sequencer: string;
}

let last = 0n;

/** Time-ordered and never equal within a run, as wide as those of S3. */
export function nextSequencer(now: number): string {
  const candidate = BigInt(now) * 4096n;
  last = candidate > last ? candidate : last + 1n;
  return last.toString(16).toUpperCase().padStart(18, '0');
}

/** Path-style and virtual-hosted requests alike: `/bucket/a/b` or `bucket.host` with `/a/b`. */
export function objectOf(host: string, url: string): { bucket: string; key: string; query: URLSearchParams } {
  const { pathname, searchParams } = new URL(url, 'http://local');
  const hostname = host.split(':')[0] ?? '';
  const virtual = hostname.includes('.') && !/^[\d.]+$/.test(hostname) ? `/${hostname.slice(0, hostname.indexOf('.'))}` : '';
  const [, bucket = '', ...key] = `${virtual}${pathname}`.split('/');
  return { bucket: decodeURIComponent(bucket), key: key.map(decodeURIComponent).join('/'), query: searchParams };
}
