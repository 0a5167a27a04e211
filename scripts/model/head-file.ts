import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Head, parseHead } from '../../lambda/inference/head';

const DECIMALS = 6;

/** How a head came about; stands before its numbers in the file. */
export interface HeadOrigin {
  readonly trainedOn: string;
  readonly crossValidatedAccuracy: number;
  readonly folds: number;
}

/** @throws Error that names the file and what is wrong with it */
export function readHead(file: string): Head {
  if (!existsSync(file)) throw new Error(`the head ${file} does not exist; "npm run train:head" writes one`);
  try {
    return parseHead(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`the head ${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

/** Six decimals of each number: more would only make the file longer. */
export function writeHead(file: string, origin: HeadOrigin, head: Head): void {
  const crossValidatedAccuracy = rounded(origin.crossValidatedAccuracy, 4);
  const numbers =
    'labels' in head
      ? { labels: head.labels, bias: head.bias.map(short), weights: head.weights.map((row) => row.map(short)) }
      : { bias: short(head.bias), weights: head.weights.map(short) };
  writeFileSync(file, `${JSON.stringify({ ...origin, crossValidatedAccuracy, ...numbers })}\n`);
}

function short(value: number): number {
  return rounded(value, DECIMALS);
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
