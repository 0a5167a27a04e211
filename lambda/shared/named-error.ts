import { type ErrorName, TERMINAL_ERRORS } from '../contract/errors';

/** An error whose `name` is part of the contract: Lambda reports it as `errorType`, Step Functions matches on it. */
export class NamedError extends Error {
  readonly retryable: boolean;

  constructor(name: ErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.retryable = !TERMINAL_ERRORS.includes(name);
  }
}
