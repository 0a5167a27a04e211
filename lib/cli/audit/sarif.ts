import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT } from '../../handlers/handler-asset';
import type { Acknowledgement } from '../../template/acknowledgement';
import type { Resource } from '../../template/resource';
import type { Finding, Severity } from '../../validation/finding';
import type { Rule } from '../../validation/rule';
import { resourceLines } from './resource-lines';

/** A finding with its resource, and with what acknowledges it. */
export interface Audited {
  readonly finding: Finding;
  readonly resource: Resource;
  readonly acknowledged: Acknowledgement | undefined;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** The findings as a log in SARIF 2.1.0, which code scanning reads. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifLog(audited: readonly Audited[], rules: readonly Rule[]): object {
  const { version, homepage, repository } = packageFacts();
  const linesOf = rememberLines();
  const driver = {
    name: 'serverless-ai audit',
    semanticVersion: version,
    informationUri: homepage ?? repository.url.replace(/\.git$/, ''),
    rules: rules.map(descriptor),
  };
  const results = audited.map((one) => ({ ...result(one, linesOf), ruleIndex: rules.findIndex(({ id }) => id === one.finding.rule) }));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
}

function packageFacts(): { version: string; homepage?: string; repository: { url: string } } {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as ReturnType<typeof packageFacts>;
}

function descriptor({ id, title, why, fix, source, severity }: Rule): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${fix}. See ${source}`, markdown: `${fix}. See [the documentation](${source}).` },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

type LinesOf = (file: string) => ReadonlyMap<string, number>;

function result({ finding, resource, acknowledged }: Audited, linesOf: LinesOf): object {
  const { file } = resource.stack.source;
  const startLine = linesOf(file).get(resource.logicalId);
  const { rule, severity, message, fix, path } = finding;
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: `${message}; ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...(startLine !== undefined && { region: { startLine } }) },
        logicalLocations: [{ name: resource.logicalId, fullyQualifiedName: path ?? finding.resource, kind: 'resource' }],
      },
    ],
    // What was found stays the same finding while the lines of the template move.
    partialFingerprints: { 'ruleResourceAndMessage/v1': `${rule}:${finding.resource}:${message}` },
    ...(acknowledged !== undefined && { suppressions: [{ kind: 'external', status: 'accepted', justification: acknowledged.reason }] }),
  };
}

/** Relative to the working directory, as code scanning wants it of what lies in the repository. */
function uriOf(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  return path.startsWith('..') ? pathToFileURL(file).href : path.split(sep).map(encodeURIComponent).join('/');
}

function rememberLines(): LinesOf {
  const known = new Map<string, ReadonlyMap<string, number>>();
  return (file) => {
    const lines = known.get(file) ?? resourceLines(readFileSync(file, 'utf8'));
    known.set(file, lines);
    return lines;
  };
}
