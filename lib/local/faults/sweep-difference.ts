import type { SweptEntry } from './normalise';

/** What a disturbed run left otherwise than the undisturbed one: `- ` is missing, `+ ` is new. */
export function differencesBetween(undisturbed: readonly SweptEntry[], disturbed: readonly SweptEntry[]): string[] {
  const [expected, found] = [counted(undisturbed), counted(disturbed)];
  const lines: string[] = [];
  for (const line of new Set([...expected.keys(), ...found.keys()])) {
    const more = (found.get(line) ?? 0) - (expected.get(line) ?? 0);
    if (more !== 0) lines.push(`${more < 0 ? '-' : '+'} ${line}${Math.abs(more) > 1 ? ` (${Math.abs(more)} times)` : ''}`);
  }
  return lines.sort((one, other) => one.slice(2).localeCompare(other.slice(2)) || one.localeCompare(other));
}

function counted(entries: readonly SweptEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, store, value } of entries) {
    const line = `${store === '' ? kind : store}: ${JSON.stringify(value)}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
