import { FaultError } from './fault';

/** A named point, taken apart. */
export type FaultPoint =
  | { readonly type: 'call'; readonly when: When; readonly service: string; readonly operation: string }
  | { readonly type: 'step'; readonly when: When; readonly step: string }
  | { readonly type: 'function'; readonly name: string };

export type When = 'before' | 'after';

const ALLOWED =
  'before:SERVICE.OPERATION or after:SERVICE.OPERATION such as before:dynamodb.PutItem (OPERATION may be *), before:step.NAME or after:step.NAME, ' +
  'or function.NAME';

/** @throws FaultError when the text names no point */
export function parseFaultPoint(text: string): FaultPoint {
  const name = /^function\.(.+)$/.exec(text)?.[1];
  if (name !== undefined) return { type: 'function', name };
  const [, when, service, rest] = /^(before|after):([a-z][a-z0-9-]*)\.(.+)$/.exec(text) ?? [];
  if (when === undefined || service === undefined || rest === undefined) {
    throw new FaultError(`fault point ${JSON.stringify(text)} is none; it must be ${ALLOWED}`);
  }
  if (service === 'step') return { type: 'step', when: when as When, step: rest };
  if (service === 'function')
    throw new FaultError(`fault point ${JSON.stringify(text)} is none; a function has one point, function.${rest}`);
  if (!/^(\*|[A-Za-z0-9]+)$/.test(rest)) {
    throw new FaultError(`fault point ${JSON.stringify(text)} is none; an operation is a name such as PutItem or *, got ${rest}`);
  }
  return { type: 'call', when: when as When, service, operation: rest };
}
