import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Acknowledgement } from './acknowledgement';
import { readJson } from './read-json';

export interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
}

/** Metadata of the constructs of a stack, by construct path with a leading slash. */
export type Metadata = Readonly<Record<string, readonly MetadataEntry[]>>;

const STACK_FILE = 'aws:cdk:templateFile';
const LOGICAL_ID = 'aws:cdk:logicalId';
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** Construct path by logical id, for each stack by its own construct path: nested stacks of one class have the same logical ids, and may have the same file. */
export type PathsByStack = ReadonlyMap<string, Readonly<Record<string, string>>>;

export function pathsByStack(metadata: Metadata): PathsByStack {
  const entries = Object.entries(metadata);
  const stacks = new Set(entries.filter(([, found]) => found.some(({ type }) => type === STACK_FILE)).map(([path]) => path));
  const paths = new Map<string, Record<string, string>>();
  for (const [path, found] of entries) {
    for (const { type, data } of found) {
      if (type !== LOGICAL_ID || typeof data !== 'string') continue;
      const stack = stackOf(stacks, path).slice(1);
      const known = paths.get(stack) ?? {};
      known[data] = path.slice(1);
      paths.set(stack, known);
    }
  }
  return paths;
}

function stackOf(stacks: ReadonlySet<string>, path: string): string {
  let end = path.lastIndexOf('/');
  while (end > 0 && !stacks.has(path.slice(0, end))) end = path.lastIndexOf('/', end - 1);
  return path.slice(0, Math.max(end, 0));
}

/** Paths of the stack that all the others are nested in. */
export function outermost(paths: PathsByStack): Readonly<Record<string, string>> {
  const [first] = [...paths.keys()].sort((a, b) => a.length - b.length);
  return first === undefined ? {} : (paths.get(first) ?? {});
}

/** Construct path of the stack that an AWS::CloudFormation::Stack of a NestedStack stands for. */
export function nestedPath(resourcePath: string | undefined): string | undefined {
  return /^(.*)\.NestedStack\/[^/]+\.NestedStackResource$/.exec(resourcePath ?? '')?.[1];
}

/** What `Validations.of(construct).acknowledge()` left on the stack's constructs. */
export function acknowledgedBy(metadata: Metadata): Acknowledgement[] {
  return Object.entries(metadata).flatMap(([path, entries]) =>
    entries
      .filter(({ type }) => type === ACKNOWLEDGED)
      .flatMap(({ data }) =>
        Object.entries((data ?? {}) as Record<string, unknown>).map(([id, reason]) => ({ id, at: path.slice(1), reason: String(reason) })),
      ),
  );
}

interface ValidationReport {
  readonly pluginReports?: readonly {
    readonly suppressedViolations?: readonly { acknowledgedId?: string; acknowledgedAt?: string; reason?: string }[];
  }[];
}

/** No stack holds what is acknowledged on the app or a stage; the report of the synth does, as far as it silenced something there. */
export function acknowledgedInReport(directory: string): Acknowledgement[] {
  const file = join(directory, 'validation-report.json');
  if (!existsSync(file)) return [];
  const { pluginReports = [] } = readJson(file) as ValidationReport;
  return pluginReports.flatMap(({ suppressedViolations = [] }) =>
    suppressedViolations.flatMap(({ acknowledgedId: id, acknowledgedAt: at = '', reason = '' }) =>
      id === undefined ? [] : [{ id, at, reason }],
    ),
  );
}
