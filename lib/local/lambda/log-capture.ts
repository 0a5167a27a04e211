import { StringDecoder } from 'node:string_decoder';

/** One line that a function wrote. */
export interface LogLine {
  readonly functionName: string;
  readonly environmentId: string;
  /** The invocation that the line belongs to; undefined for lines written during init. */
  readonly requestId?: string;
  /** `platform` marks what the service says about the environment. */
  readonly stream: 'stdout' | 'stderr' | 'platform';
  readonly text: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

export type LogListener = (line: LogLine) => void;

/** Lines kept for each function; older ones are dropped. */
const KEPT_LINES = 10_000;

/** Cuts a byte stream into lines, whole characters only. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  constructor(private readonly onLine: (text: string) => void) {}

  push(chunk: Buffer): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(line);
  }

  end(): void {
    const last = this.rest + this.decoder.end();
    this.rest = '';
    if (last !== '') this.onLine(last);
  }
}

const UUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const TEXT_LINE = new RegExp(`^(?:\\[[A-Z]+\\]\\t)?\\S+\\t(${UUID})\\t`);
const JSON_LINE = new RegExp(`^\\{.*"(?:requestId|request_id|requestID)"\\s*:\\s*"(${UUID})"`);

/** The request id that a line states; pipes and HTTP race, so it is surer than the invocation under way. */
export function statedRequestId(text: string): string | undefined {
  return (TEXT_LINE.exec(text) ?? JSON_LINE.exec(text))?.[1];
}

/** What the functions wrote, by function. */
export class LogStore {
  private readonly lines = new Map<string, LogLine[]>();
  private readonly listeners = new Set<LogListener>();

  add(line: LogLine): void {
    const kept = this.lines.get(line.functionName) ?? [];
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    this.lines.set(line.functionName, kept);
    for (const listener of this.listeners) listener(line);
  }

  of(functionName: string): readonly LogLine[] {
    return this.lines.get(functionName) ?? [];
  }

  /** Returns the removal of the listener. */
  listen(listener: LogListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
