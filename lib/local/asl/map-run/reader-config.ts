import type { Template } from '../model';

export const INPUT_TYPES = ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'] as const;

/** How ItemReader turns objects into items. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export interface ReaderConfig {
  readonly InputType?: (typeof INPUT_TYPES)[number];
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  readonly CSVDelimiter?: string;
  readonly ItemsPointer?: string;
  readonly MaxItems?: Template;
  readonly MaxItemsPath?: string;
}

export interface ItemReaderFields {
  readonly Resource: string;
  readonly Parameters?: Template;
  readonly Arguments?: Template;
  readonly ReaderConfig?: ReaderConfig;
}

export interface ResultWriterFields {
  readonly Resource?: string;
  readonly Parameters?: Template;
  readonly Arguments?: Template;
  readonly WriterConfig?: WriterConfig;
}

/** How ResultWriter gives results. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export interface WriterConfig {
  readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly OutputType?: 'JSON' | 'JSONL';
}

export interface ItemBatcherFields {
  readonly MaxItemsPerBatch?: Template;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: Template;
  readonly MaxInputBytesPerBatchPath?: string;
  readonly BatchInput?: Template;
}

/** The action of a reader's or writer's Resource: `getObject`. */
export function actionOf(resource: string): string {
  return resource.slice(resource.lastIndexOf(':') + 1);
}
