/** A policy that cannot be read or evaluated here. It never counts as a permission. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}
