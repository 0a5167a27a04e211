import { parse } from 'csv-parse/sync';
import type { ReaderConfig } from './reader-config';

const DELIMITERS: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };
export const CSV_DELIMITERS = Object.keys(DELIMITERS);

/** One item a row: every value a string, a missing one empty, one beyond the headers dropped. @throws Error for bad quoting */
export function csvItems(text: string, config: ReaderConfig): Readonly<Record<string, string>>[] {
  const rows = parse(text, {
    bom: true,
    delimiter: DELIMITERS[config.CSVDelimiter ?? 'COMMA'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const headers = config.CSVHeaderLocation === 'GIVEN' ? (config.CSVHeaders ?? []) : (rows.shift() ?? []);
  if (new Set(headers).size < headers.length) throw new Error('CSV headers cannot contain duplicates.');
  return rows.map((row) => Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])));
}
