/** Reads the part of CBOR that AWS clients send: maps, lists, text, bytes, numbers, dates and simple values. Source: https://www.rfc-editor.org/rfc/rfc8949 */
export function decodeCbor(bytes: Buffer): unknown {
  return new Reader(bytes).value();
}

const BREAK = Symbol('break');
const INDEFINITE = 31;

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  value(): unknown {
    const first = this.bytes.readUInt8(this.at);
    this.at += 1;
    const [major, detail] = [first >> 5, first & 31];
    if (major === 7) return this.simple(detail);
    const length = detail === INDEFINITE ? Number.POSITIVE_INFINITY : this.length(detail);
    switch (major) {
      case 0:
        return length;
      case 1:
        return -1 - length;
      case 2:
        return this.take(length).toString('base64');
      case 3:
        return this.text(length);
      case 4:
        return this.list(length);
      case 5:
        return this.map(length);
      default:
        // A tag says what the value is for, such as a point in time; the value says the rest.
        return this.value();
    }
  }

  private length(detail: number): number {
    if (detail < 24) return detail;
    const width = 2 ** (detail - 24);
    const part = this.take(width);
    return width === 8 ? Number(part.readBigUInt64BE()) : part.readUIntBE(0, width);
  }

  private simple(detail: number): unknown {
    if (detail === INDEFINITE) return BREAK;
    if (detail === 20 || detail === 21) return detail === 21;
    if (detail === 26) return this.take(4).readFloatBE();
    if (detail === 27) return this.take(8).readDoubleBE();
    if (detail === 22 || detail === 23) return undefined;
    throw new Error(`CBOR value ${detail} is not known to the local run`);
  }

  private take(length: number): Buffer {
    const part = this.bytes.subarray(this.at, this.at + length);
    if (part.length !== length) throw new Error(`CBOR ends early: ${length} bytes wanted, ${part.length} left`);
    this.at += length;
    return part;
  }

  private text(length: number): string {
    if (length !== Number.POSITIVE_INFINITY) return this.take(length).toString('utf8');
    return this.list(length).join('');
  }

  private list(length: number): unknown[] {
    const items: unknown[] = [];
    while (items.length < length) {
      const item = this.value();
      if (item === BREAK) break;
      items.push(item);
    }
    return items;
  }

  private map(length: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (entries.length < length) {
      const key = this.value();
      if (key === BREAK) break;
      entries.push([String(key), this.value()]);
    }
    return Object.fromEntries(entries);
  }
}
