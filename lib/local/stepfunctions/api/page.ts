import { ServiceError } from '../service-error';
import { invalid, type Parameters } from './parameters';

const LARGEST = 1000;
const USUAL = 100;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** The page of a list that a request asks for by maxResults and nextToken. */
export function pageOf<Item>(all: readonly Item[], parameters: Parameters): Page<Item> {
  const asked = parameters.number('maxResults') ?? 0;
  if (!Number.isInteger(asked) || asked < 0 || asked > LARGEST) {
    const bound = asked > LARGEST ? `less than or equal to ${LARGEST}` : 'greater than or equal to 0';
    throw invalid(`Value '${asked}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`);
  }
  const from = offsetOf(parameters.optional('nextToken'));
  const until = from + (asked === 0 ? USUAL : asked);
  return { items: all.slice(from, until), ...(until < all.length && { nextToken: tokenOf(until) }) };
}

function tokenOf(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64');
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as { offset: unknown };
    if (Number.isSafeInteger(offset)) return Number(offset);
  } catch {
    // Refused below, like every token that was not given out.
  }
  throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
}
