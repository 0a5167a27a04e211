/**
 * Runs an expensive load once for the lifetime of the environment: concurrent callers share one run, a success is kept,
 * a failure is forgotten, so that the next caller tries again.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= load().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}
