import { AslError } from '../asl-error';
import { StatesError } from '../state-error';
import type { StateVisit } from '../state-visit';
import type { ChildExecution, ChildStatus } from './child-execution';
import { resultOf } from './child-result';
import { MapObjects } from './map-objects';
import type { MapRun } from './map-run';
import type { ResultWriterFields, WriterConfig } from './reader-config';

/** Which file tells of a child. */
const FILES: Readonly<Record<'SUCCEEDED' | 'FAILED' | 'PENDING', readonly ChildStatus[]>> = {
  FAILED: ['FAILED', 'TIMED_OUT', 'ABORTED'],
  PENDING: ['PENDING'],
  SUCCEEDED: ['SUCCEEDED'],
};

/** What the state hands on when results are exported. */
export interface Exported {
  readonly MapRunArn: string;
  readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
}

/**
 * Writes one file of results for each outcome that occurred, and the manifest that lists them.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 * @throws AslError States.ResultWriterFailed when an object cannot be written
 */
export async function exportResults(visit: StateVisit, writer: ResultWriterFields, run: MapRun): Promise<Exported> {
  const objects = new MapObjects(visit, StatesError.ResultWriterFailed);
  const { Resource: resource = '' } = writer;
  const field = writer.Arguments === undefined ? 'Parameters' : 'Arguments';
  const where = await visit.engine.template(writer[field] ?? {}, `ResultWriter/${field}`, visit.scope());
  const { Bucket, Prefix = '', ...others } = where as { Bucket: string; Prefix?: string };
  if (typeof Prefix !== 'string') {
    throw new AslError(StatesError.ResultWriterFailed, `the Prefix of a ResultWriter must be a string, got ${JSON.stringify(Prefix)}`);
  }
  const folder = `${Prefix === '' ? '' : `${Prefix.replace(/\/+$/, '')}/`}${run.arn.slice(run.arn.lastIndexOf(':') + 1)}`;
  const put = (name: string, Body: string) => objects.write(resource, { ...others, Bucket, Key: `${folder}/${name}`, Body });
  const ResultFiles: Record<string, { Key: string; Size: number }[]> = {};
  const extension = writer.WriterConfig?.OutputType === 'JSONL' ? 'jsonl' : 'json';
  for (const [outcome, statuses] of Object.entries(FILES)) {
    const children = run.children.filter(({ status }) => statuses.includes(status));
    ResultFiles[outcome] = [];
    if (children.length === 0) continue;
    const body = fileOf(children, writer.WriterConfig ?? {});
    const name = `${outcome}_0.${extension}`;
    await put(name, body);
    ResultFiles[outcome].push({ Key: `${folder}/${name}`, Size: Buffer.byteLength(body) });
  }
  await put('manifest.json', JSON.stringify({ DestinationBucket: Bucket, MapRunArn: run.arn, ResultFiles }));
  run.resultsWritten = true;
  return { MapRunArn: run.arn, ResultWriterDetails: { Bucket, Key: `${folder}/manifest.json` } };
}

function fileOf(children: readonly ChildExecution[], config: WriterConfig): string {
  const results = transformed(children, config.Transformation ?? 'NONE');
  if (config.OutputType === 'JSONL') return results.map((result) => JSON.stringify(result)).join('\n');
  return JSON.stringify(results);
}

/** The results in order; a child that did not succeed is told of in full whatever is asked for. */
export function transformed(children: readonly ChildExecution[], transformation: NonNullable<WriterConfig['Transformation']>): unknown[] {
  return children.flatMap((child) => {
    if (transformation === 'NONE' || child.result?.status !== 'SUCCEEDED') return [resultOf(child)];
    const { output } = child.result;
    return transformation === 'FLATTEN' && Array.isArray(output) ? (output as unknown[]) : [output];
  });
}
