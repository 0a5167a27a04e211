import { AslError } from '../asl-error';
import { readPath } from '../expressions/json-path';
import type { Scope } from '../query-engine';
import { StatesError } from '../state-error';
import type { StateVisit } from '../state-visit';
import { csvItems } from './csv-items';
import { itemsOf, type SourceItem } from './map-items';
import { MapObjects } from './map-objects';
import { actionOf, type ItemReaderFields, type ReaderConfig } from './reader-config';

/** MaxItems takes more, which no local run will hold. */
const MAX_ITEMS = 100_000_000;

/**
 * The items that ItemReader names. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 * @throws AslError States.ItemReaderFailed when they cannot be read
 */
export async function readItems(visit: StateVisit, reader: ItemReaderFields): Promise<SourceItem[]> {
  const scope = visit.scope();
  const config = reader.ReaderConfig ?? {};
  const limit = await maxItems(visit, config, scope);
  const field = reader.Arguments === undefined ? 'Parameters' : 'Arguments';
  const parameters = (await visit.engine.template(reader[field] ?? {}, `ItemReader/${field}`, scope)) as Where;
  const objects = new MapObjects(visit, StatesError.ItemReaderFailed);
  const items =
    actionOf(reader.Resource) === 'listObjectsV2'
      ? await listed(objects, reader.Resource, parameters, config)
      : await contained(objects, reader.Resource, parameters, config);
  return limit === 0 ? items : items.slice(0, limit);
}

interface Where {
  readonly Bucket: string;
  readonly Key: string;
}

async function maxItems(visit: StateVisit, config: ReaderConfig, scope: Scope): Promise<number> {
  if (visit.state.language === 'JSONata') {
    return (await visit.engine.integer({ MaxItems: config.MaxItems }, 'MaxItems', scope, { min: 0, max: MAX_ITEMS })) ?? 0;
  }
  const path = config.MaxItemsPath;
  const value = path === undefined ? (config.MaxItems ?? 0) : readPath(path, scope);
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw failed(`The MaxItemsPath field refers to value '${text(value)}' which is not a valid integer: ${path}`);
  }
  if (value < 0) throw failed('field MaxItems must be positive');
  return Math.min(value, MAX_ITEMS);
}

async function listed(objects: MapObjects, resource: string, parameters: Where, config: ReaderConfig): Promise<SourceItem[]> {
  const found = await objects.list(resource, parameters);
  if (config.Transformation !== 'LOAD_AND_FLATTEN') {
    return found.map((value) => ({ value, source: `s3://${parameters.Bucket}` }));
  }
  const keys = found.map(({ Key }) => Key).filter((key) => !key.endsWith('/'));
  return concatenated(
    keys.map((Key) => ({ Bucket: parameters.Bucket, Key })),
    objects,
    config,
  );
}

async function contained(objects: MapObjects, resource: string, parameters: Where, config: ReaderConfig): Promise<SourceItem[]> {
  const body = await objects.read(parameters, resource);
  if (config.ManifestType !== 'ATHENA_DATA') return parsed(body, config, parameters);
  const files = body.split('\n').map((line) => /^"?s3:\/\/([^/]+)\/(.+?)"?\s*$/.exec(line));
  return concatenated(
    files.filter((match) => match !== null).map(([, Bucket = '', Key = '']) => ({ Bucket, Key })),
    objects,
    config,
  );
}

/** The items of several objects, read one after another so that their order is the listing's. */
async function concatenated(places: readonly Where[], objects: MapObjects, config: ReaderConfig): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for (const place of places) items.push(...parsed(await objects.read(place), config, place));
  return items;
}

function parsed(body: string, config: ReaderConfig, { Bucket, Key }: Where): SourceItem[] {
  const items = itemsOf(dataset(body, config), `s3://${Bucket}/${Key}`);
  if (items === undefined) throw failed('Attempting to map over non-iterable node.');
  return items;
}

function dataset(body: string, config: ReaderConfig): unknown {
  try {
    if (config.InputType === 'CSV') return csvItems(body, config);
    if (config.InputType !== 'JSONL') return pointed(JSON.parse(body), config.ItemsPointer ?? '');
    return body
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as unknown);
  } catch (error) {
    throw error instanceof AslError ? error : failed((error as Error).message);
  }
}

/** The value at a JSON pointer (RFC 6901). */
function pointed(value: unknown, pointer: string): unknown {
  const tokens = pointer.split('/').slice(1);
  return tokens.reduce((inner: unknown, token) => {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)) return (inner as Record<string, unknown>)[key];
    throw failed('The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.');
  }, value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function failed(cause: string): AslError {
  return new AslError(StatesError.ItemReaderFailed, cause);
}
