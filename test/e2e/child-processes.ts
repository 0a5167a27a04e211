import { readdirSync, readFileSync } from 'node:fs';

/** Processes that this one has started and that still run, by id. Linux only, as the containers of the suite are. */
export function childProcesses(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        // The name in parentheses may hold anything; state and parent come after it.
        const [state, ppid] = readFileSync(`/proc/${pid}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ');
        return Number(ppid) === parent && state !== 'Z';
      } catch {
        return false;
      }
    })
    .map(Number);
}
