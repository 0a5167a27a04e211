/** A container cannot run without Docker, and the local run has none. */
export class ContainerError extends Error {
  override readonly name = 'LocalRun.UnsupportedContainer';
}
