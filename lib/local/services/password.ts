import { createHash, randomBytes } from 'node:crypto';

/** How a secret is to be generated. Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export interface PasswordRules {
  readonly PasswordLength?: number | string;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
}

const USUAL_LENGTH = 32;

/** With a seed the same in every run, so that what was made with it stays valid. */
export function password(rules: PasswordRules, seed = randomBytes(16).toString('hex')): string {
  const { ExcludeCharacters = '' } = rules;
  const kinds = [
    ...(rules.ExcludeLowercase ? [] : ['abcdefghijklmnopqrstuvwxyz']),
    ...(rules.ExcludeUppercase ? [] : ['ABCDEFGHIJKLMNOPQRSTUVWXYZ']),
    ...(rules.ExcludeNumbers ? [] : ['0123456789']),
    ...(rules.ExcludePunctuation ? [] : ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~']),
    ...(rules.IncludeSpace ? [' '] : []),
  ].map((characters) => [...characters].filter((character) => !ExcludeCharacters.includes(character)));
  const usable = kinds.filter((characters) => characters.length > 0);
  const all = usable.flat();
  const length = Number(rules.PasswordLength ?? USUAL_LENGTH);
  if (all.length === 0 || length < usable.length) throw new Error(`no password of ${length} characters can be made by these rules`);
  const numbers = numbersFrom(seed);
  const pick = (characters: readonly string[]) => characters[numbers.next().value! % characters.length]!;
  const chosen = Array.from({ length }, () => pick(all));
  // One place for each kind, far from each other, so that every kind is there.
  if (rules.RequireEachIncludedType !== false) {
    for (const [index, characters] of usable.entries()) chosen[Math.floor((index * length) / usable.length)] = pick(characters);
  }
  return chosen.join('');
}

function* numbersFrom(seed: string): Generator<number, never> {
  for (let block = 0; ; block += 1) {
    const hash = createHash('sha256').update(`${seed}/${block}`).digest();
    for (let at = 0; at + 4 <= hash.length; at += 4) yield hash.readUInt32BE(at);
  }
}
