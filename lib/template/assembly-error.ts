/** What an assembly or a template lacks, or holds that cannot be used: file or resource, and why. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
