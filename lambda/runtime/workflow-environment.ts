import { log } from '../shared/logger';

/** The runtime client has posted the error by then, unless the environment was frozen first. */
const EXIT_DELAY_MS = 50;

/**
 * The execution environment, which ends when work in it cannot be stopped otherwise. The error of the invocation is reported
 * first; if the environment is frozen before the timer fires, the next invocation finds it condemned and ends it before any user code.
 */
export class Environment {
  private reason?: string;

  constructor(
    private readonly exit: (code: number) => void = (code) => process.exit(code),
    private readonly delayMs = EXIT_DELAY_MS,
  ) {}

  condemn(reason: string): void {
    this.reason = reason;
    log.error('environment ends, because work in it did not stop', { reason });
    setTimeout(() => this.exit(1), this.delayMs);
  }

  assertSound(): void {
    if (this.reason === undefined) return;
    this.exit(1);
    throw new Error(`environment is ending: ${this.reason}`);
  }
}

/** One for all wrapped handlers of this process. */
export const environment = new Environment();
