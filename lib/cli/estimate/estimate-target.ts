import { existsSync, statSync } from 'node:fs';
import { estimateTemplates } from '../../cost/assembly/estimate-assembly';
import { readLoad } from '../../cost/assembly/read-load';
import type { Estimate } from '../../cost/estimate';
import type { EstimateOptions } from '../../cost/estimate-options';
import { readTarget } from '../audit-target';
import { readData } from '../read-data';

export function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** A value of a file that CloudFormation would take. */
export function isTemplate(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Resources' in value;
}

/** What an assembly directory or a template costs, with the load of a file. */
export function estimateTarget(path: string, load: string | undefined, options: EstimateOptions): Estimate {
  const stated = load === undefined ? {} : readLoad(readData(load, 'Load', 'the load'));
  return estimateTemplates(readTarget(path), stated, options);
}
