import { AssemblyError } from '../../template/assembly-error';

/** A value that only CloudFormation or a service outside the local run has. What does not need it can run. */
export class UnknownValueError extends AssemblyError {}
