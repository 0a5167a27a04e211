/** What an assembly lacks or holds that the local run cannot use: file or resource, and why. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}

/** A value that only CloudFormation or a service outside the local run has. What does not need it can run. */
export class UnknownValueError extends AssemblyError {}
