const TIMESTAMP =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Epoch milliseconds of an RFC 3339 timestamp with a capital T and Z, the only form the language takes. */
export function parseTimestamp(text: string): number | undefined {
  const [, year, month, day] = TIMESTAMP.exec(text) ?? [];
  // Date.parse takes the 30th of February for a day of March.
  if (year === undefined || Number(day) > daysOf(Number(year), Number(month))) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function daysOf(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
