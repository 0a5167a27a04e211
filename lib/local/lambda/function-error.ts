/** A failed invocation as its caller receives it: the JSON text of `{ errorType, errorMessage, trace }`. */
export type FunctionErrorText = string;

export function errorText(errorType: string, errorMessage: string): FunctionErrorText {
  return JSON.stringify({ errorType, errorMessage });
}

/** What the caller of a function that timed out reads. The service has worded it so, with an error type, since 2025. */
export function timeoutMessage(requestId: string, timeoutMs: number): string {
  return `RequestId: ${requestId} Error: ${taskTimedOut(timeoutMs)}`;
}

/** The same in the log. */
export function timeoutLine(requestId: string, timeoutMs: number, at: Date): string {
  return `${at.toISOString()} ${requestId} ${taskTimedOut(timeoutMs)}`;
}

function taskTimedOut(timeoutMs: number): string {
  return `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
}

/** Reason of an exit in the words of the service: `exit status 1`, `signal: killed`. */
export function exitMessage(requestId: string, code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `RequestId: ${requestId} Error: Runtime exited with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  if (code === 0) return `RequestId: ${requestId} Error: Runtime exited without providing a reason`;
  return `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`;
}

const SIGNAL_NAMES: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

export function responseTooLarge(limit: number): FunctionErrorText {
  return errorText('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${limit} bytes).`);
}

/** Type that a function error states; undefined when its text states none. */
export function errorTypeOf(text: FunctionErrorText): string | undefined {
  try {
    const document = JSON.parse(text) as { errorType?: unknown } | null;
    return typeof document?.errorType === 'string' && document.errorType !== '' ? document.errorType : undefined;
  } catch {
    return undefined;
  }
}
