/**
 * One case of conformance. Cases lie in `cases/*.ts`, each file exports `CASES`, and every file is found by itself: nothing is registered.
 * A case runs through `serverless-ai asl DEFINITION --input … --mocks … --context … --skip-time`, so what holds here holds on the command line.
 *
 * ```ts
 * export const CASES: readonly ConformanceCase[] = [
 *   {
 *     title: 'a retrier doubles its interval',
 *     section: `${ASL}#errors`,                       // the page, or the heading, that says so
 *     definition: jsonPath({ Work: { Type: 'Task', … } }),
 *     mocks: { f: [{ throw: { Error: 'E', Cause: '' } }, { return: { Payload: 1 } }] },
 *     expect: { output: { Payload: 1 } },             // SUCCEEDED with exactly this
 *   },
 * ];
 * ```
 * After adding cases run `npx tsx scripts/docs.ts`, which writes the table of docs/conformance.md that a test compares.
 */
export interface ConformanceCase {
  /** A sentence that is unique in its file. */
  readonly title: string;
  /** Where it is specified: an address with its fragment. */
  readonly section: string;
  readonly definition: object | string;
  /** @default {} */
  readonly input?: unknown;
  readonly mocks?: Readonly<Record<string, readonly object[]>>;
  readonly context?: object;
  readonly expect: Expectation;
}

export type Expectation = Succeeds | Fails | Refused;

interface Events {
  /** The types of all events, in order. */
  readonly events?: readonly string[];
  /** Some events, in order, each with some of its fields. */
  readonly history?: readonly object[];
}

/** SUCCEEDED with exactly this output; `matching` takes a function where the output is random. */
export type Succeeds = Events & ({ readonly output: unknown } | { readonly matching: (output: unknown) => boolean });

export interface Fails extends Events {
  /** @default FAILED */
  readonly status?: 'FAILED' | 'TIMED_OUT';
  readonly error: string | null;
  /** The whole cause, or a pattern of it. */
  readonly cause?: string | RegExp | null;
}

/** CreateStateMachine refuses the definition; these are the paths of the problems, in any order. */
export interface Refused {
  readonly refused: readonly string[];
}

export const ASL = 'https://states-language.net/spec.html';
export const GUIDE = 'https://docs.aws.amazon.com/step-functions/latest/dg';
export const JSONATA = 'https://docs.jsonata.org';

export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';

/** A machine of these states, which starts at the first. */
export function jsonata(states: Readonly<Record<string, object>>, machine: object = {}): object {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...machine };
}

export function jsonPath(states: Readonly<Record<string, object>>, machine: object = {}): object {
  return { StartAt: Object.keys(states)[0], States: states, ...machine };
}

/** A machine whose one Pass state gives the value of a JSONata expression. */
export function evaluating(expression: string): object {
  return jsonata({ Evaluate: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } });
}
