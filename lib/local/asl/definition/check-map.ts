import { SFN_PAYLOAD } from '../../../quotas/step-functions-quotas';
import { isExpression } from '../expressions/jsonata-expression';
import { CSV_DELIMITERS } from '../map-run/csv-items';
import { actionOf, INPUT_TYPES } from '../map-run/reader-config';
import type { QueryLanguage } from '../model';
import { checkJsonata } from './check-jsonata';
import { checkReferencePath, checkTemplate } from './check-jsonpath';
import { checkDynamicNumber } from './check-values';
import { isObject, type JsonObject, type Problems } from './problems';

const ANY_COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };
const MAX_LABEL = 40;
/** A label becomes a part of ARNs: white space, control characters and these have no place in it, as in other names of Step Functions. */
const NOT_IN_LABEL = /[\s\p{Cc}?*<>{}[\]:;,\\|^~$#%&`"]/u;

/** The fields of a Map state that say what it iterates over and what becomes of the results. */
export function checkMap(fields: JsonObject, path: string, language: QueryLanguage, problems: Problems): void {
  checkDynamicNumber(fields, 'MaxConcurrency', path, language, ANY_COUNT, problems);
  checkDynamicNumber(fields, 'ToleratedFailureCount', path, language, ANY_COUNT, problems);
  checkDynamicNumber(fields, 'ToleratedFailurePercentage', path, language, { min: 0, max: 100, fractions: true }, problems);
  if (fields['ItemsPath'] !== undefined) checkReferencePath(fields['ItemsPath'], `${path}/ItemsPath`, problems);
  const items = fields['Items'];
  if (typeof items === 'string' ? !isExpression(items) : items !== undefined && (typeof items !== 'object' || items === null)) {
    problems.add(`${path}/Items`, `must be an array, an object or a JSONata expression, got ${JSON.stringify(items)}`);
  }
  for (const [old, current] of [
    ['Iterator', 'ItemProcessor'],
    ['Parameters', 'ItemSelector'],
  ] as const) {
    if (fields[old] !== undefined && fields[current] !== undefined) {
      problems.add(`${path}/${old}`, `is the old name of ${current}: only one can be given`);
    }
  }
  if (fields['Iterator'] === undefined && fields['ItemProcessor'] === undefined) {
    problems.add(`${path}/ItemProcessor`, 'a Map state must have ItemProcessor');
  }
  const label = fields['Label'];
  if (label !== undefined && (typeof label !== 'string' || label === '' || label.length > MAX_LABEL)) {
    problems.add(`${path}/Label`, `must be a string of 1 to ${MAX_LABEL} characters, got ${JSON.stringify(label)}`);
  } else if (label !== undefined && NOT_IN_LABEL.test(label)) {
    problems.add(`${path}/Label`, `must have no white space and none of ?*<>{}[]:;,\\|^~$#%&\`", got ${JSON.stringify(label)}`);
  }
  const check = (field: string, inner: (value: JsonObject, at: string) => void) => {
    const value = fields[field];
    if (isObject(value)) inner(value, `${path}/${field}`);
    else if (value !== undefined) problems.add(`${path}/${field}`, `must be an object, got ${JSON.stringify(value)}`);
  };
  check('ItemReader', (reader, at) => checkReader(reader, at, language, problems));
  check('ItemBatcher', (batcher, at) => checkBatcher(batcher, at, language, problems));
  check('ResultWriter', (writer, at) => checkWriter(writer, at, language, problems));
}

function checkReader(reader: JsonObject, path: string, language: QueryLanguage, problems: Problems): void {
  checkCall(reader, path, ['getObject', 'listObjectsV2'], language, problems);
  onlyFields(reader, path, ['Resource', parametersOf(language), 'ReaderConfig'], problems);
  const config = reader['ReaderConfig'] ?? {};
  const at = `${path}/ReaderConfig`;
  if (!isObject(config)) {
    problems.add(at, `must be an object, got ${JSON.stringify(config)}`);
    return;
  }
  const known = ['InputType', 'Transformation', 'ManifestType', 'CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter', 'ItemsPointer'];
  onlyFields(config, at, [...known, 'MaxItems', ...(language === 'JSONPath' ? ['MaxItemsPath'] : [])], problems);
  checkDynamicNumber(config, 'MaxItems', at, language, ANY_COUNT, problems);
  checkOneOf(config, 'Transformation', ['NONE', 'LOAD_AND_FLATTEN'], at, problems);
  checkOneOf(config, 'ManifestType', ['ATHENA_DATA', 'S3_INVENTORY'], at, problems);
  checkInputType(config, at, typeof reader['Resource'] === 'string' ? actionOf(reader['Resource']) : '', problems);
  checkCsv(config, at, problems);
}

function checkInputType(config: JsonObject, path: string, action: string, problems: Problems): void {
  const { InputType: type, ManifestType: manifest, ItemsPointer: pointer } = config;
  checkOneOf(config, 'InputType', INPUT_TYPES, path, problems);
  const at = `${path}/InputType`;
  if (type === 'PARQUET') problems.add(at, 'PARQUET is not supported by the local run');
  if (type === 'MANIFEST') problems.add(at, 'MANIFEST (an S3 inventory) is not supported by the local run');
  if (manifest === 'S3_INVENTORY') {
    if (type !== undefined) problems.add(at, 'must not be given with ManifestType S3_INVENTORY');
    problems.add(`${path}/ManifestType`, 'S3_INVENTORY is not supported by the local run');
  } else if (manifest === 'ATHENA_DATA' && type !== 'CSV' && type !== 'JSONL' && type !== 'PARQUET') {
    problems.add(at, `must be CSV, JSONL or PARQUET with ManifestType ATHENA_DATA, got ${JSON.stringify(type)}`);
  } else if (type === undefined && (action === 'getObject' || config['Transformation'] === 'LOAD_AND_FLATTEN')) {
    problems.add(at, 'is required');
  }
  if (pointer === undefined) return;
  if (type !== 'JSON') problems.add(`${path}/ItemsPointer`, 'is only for InputType JSON');
  if (typeof pointer !== 'string' || !/^(\/(?:[^~]|~[01])*)?$/.test(pointer)) {
    problems.add(`${path}/ItemsPointer`, `must be a JSON pointer such as /data/items, got ${JSON.stringify(pointer)}`);
  }
}

function checkCsv(config: JsonObject, path: string, problems: Problems): void {
  const { CSVHeaderLocation: location, CSVHeaders: headers } = config;
  if (config['InputType'] === 'CSV') {
    if (location === undefined) problems.add(`${path}/CSVHeaderLocation`, 'is required for InputType CSV');
    if (location === 'GIVEN' && headers === undefined) problems.add(`${path}/CSVHeaders`, 'is required when CSVHeaderLocation is GIVEN');
    if (location === 'FIRST_ROW' && headers !== undefined) problems.add(`${path}/CSVHeaders`, 'is only for CSVHeaderLocation GIVEN');
  } else {
    for (const field of ['CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter']) {
      if (config[field] !== undefined) problems.add(`${path}/${field}`, 'is only for InputType CSV');
    }
  }
  checkOneOf(config, 'CSVHeaderLocation', ['FIRST_ROW', 'GIVEN'], path, problems);
  checkOneOf(config, 'CSVDelimiter', CSV_DELIMITERS, path, problems);
  if (headers !== undefined && (!Array.isArray(headers) || headers.some((header) => typeof header !== 'string'))) {
    problems.add(`${path}/CSVHeaders`, `must be a list of strings, got ${JSON.stringify(headers)}`);
  }
}

function checkBatcher(batcher: JsonObject, path: string, language: QueryLanguage, problems: Problems): void {
  const limits = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'];
  const paths = language === 'JSONPath' ? limits.map((field) => `${field}Path`) : [];
  onlyFields(batcher, path, [...limits, ...paths, 'BatchInput'], problems);
  checkDynamicNumber(batcher, 'MaxItemsPerBatch', path, language, { min: 1, max: 100_000_000 }, problems);
  checkDynamicNumber(batcher, 'MaxInputBytesPerBatch', path, language, { min: 1, max: SFN_PAYLOAD.max! }, problems);
  if (![...limits, ...paths].some((field) => batcher[field] !== undefined)) {
    problems.add(path, 'must have MaxItemsPerBatch or MaxInputBytesPerBatch');
  }
  checkPayload(batcher['BatchInput'], `${path}/BatchInput`, language, problems);
}

function checkWriter(writer: JsonObject, path: string, language: QueryLanguage, problems: Problems): void {
  onlyFields(writer, path, ['Resource', parametersOf(language), 'WriterConfig'], problems);
  const { Resource: resource, WriterConfig: config } = writer;
  if (resource !== undefined || writer[parametersOf(language)] !== undefined) checkCall(writer, path, ['putObject'], language, problems);
  else if (config === undefined) problems.add(path, `must have WriterConfig, or Resource and ${parametersOf(language)}`);
  if (config === undefined) return;
  const at = `${path}/WriterConfig`;
  if (!isObject(config)) {
    problems.add(at, `must be an object, got ${JSON.stringify(config)}`);
    return;
  }
  onlyFields(config, at, ['Transformation', 'OutputType'], problems);
  checkOneOf(config, 'Transformation', ['NONE', 'COMPACT', 'FLATTEN'], at, problems);
  checkOneOf(config, 'OutputType', ['JSON', 'JSONL'], at, problems);
  if (resource === undefined && config['OutputType'] === 'JSONL') {
    problems.add(
      `${at}/OutputType`,
      'JSONL without a Resource is not supported by the local run: what it makes of the output is not documented',
    );
  }
}

/** The S3 action of a reader or writer, and what it is called with. */
function checkCall(fields: JsonObject, path: string, actions: readonly string[], language: QueryLanguage, problems: Problems): void {
  const resource = fields['Resource'];
  const allowed = actions.map((action) => `arn:aws:states:::s3:${action}`);
  if (typeof resource !== 'string' || !/^arn:[\w-]+:states:::s3:\w+$/.test(resource) || !actions.includes(actionOf(resource))) {
    problems.add(`${path}/Resource`, `must be ${allowed.join(' or ')}, got ${JSON.stringify(resource)}`);
  }
  const field = parametersOf(language);
  const value = fields[field];
  if (value === undefined) problems.add(`${path}/${field}`, 'is required');
  else checkPayload(value, `${path}/${field}`, language, problems);
}

function checkPayload(value: unknown, path: string, language: QueryLanguage, problems: Problems): void {
  if (language === 'JSONata') checkJsonata(value, path, {}, problems);
  else checkTemplate(value, path, problems);
}

function checkOneOf(fields: JsonObject, field: string, allowed: readonly string[], path: string, problems: Problems): void {
  const value = fields[field];
  if (value !== undefined && !allowed.includes(value as string)) {
    problems.add(`${path}/${field}`, `must be ${allowed.join(', ')}, got ${JSON.stringify(value)}`);
  }
}

function onlyFields(fields: JsonObject, path: string, allowed: readonly string[], problems: Problems): void {
  for (const field of Object.keys(fields)) {
    if (!allowed.includes(field)) problems.add(`${path}/${field}`, `there is no field ${field} here, only ${allowed.join(', ')}`);
  }
}

function parametersOf(language: QueryLanguage): 'Arguments' | 'Parameters' {
  return language === 'JSONata' ? 'Arguments' : 'Parameters';
}
