import { AslError } from './asl-error';
import { StatesError } from './state-error';

/**
 * A reference path that its input does not allow. AWS reports it under a name of its own; Retry and Catch also know it by the one
 * that the specification gives.
 */
export function referenceConflict(path: string, step: string, input: unknown): AslError {
  const json = JSON.stringify(input);
  const scalar = typeof input !== 'object' || input === null;
  const cause = scalar ? `Unable to apply ReferencePath ${path} to input ${json}` : `Unable to apply step "${step}" to input ${json}`;
  return new AslError(StatesError.ReferencePathConflict, cause, StatesError.ResultPathMatchFailure);
}
