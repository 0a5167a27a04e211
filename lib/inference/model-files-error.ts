/** What is wrong with a directory of weights, ready to be a finding. */
export class ModelFilesError extends Error {
  override readonly name = 'ModelFilesError';
}
