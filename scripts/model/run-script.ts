/** Runs a script's main function; a mistake of its user is one line, not a stack. */
export function runScript(main: () => void | Promise<void>): void {
  Promise.resolve()
    .then(main)
    .catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}
