/** What an assembly lacks or holds that the local run cannot use: file or resource, and why. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
