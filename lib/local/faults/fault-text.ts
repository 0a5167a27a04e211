import { FAULT_KINDS, type Fault, FaultError, type FaultKind } from './fault';
import { parseFaultPoint } from './fault-point';

/** How a fault is written as text. */
export const FAULT_SYNTAX =
  'POINT=KIND[,function=NAME][,nth=N|all], such as before:dynamodb.PutItem=kill,nth=2 or after:step.Search=delay(500)';

/**
 * Reads `POINT=KIND[,function=NAME][,nth=N|all]`. `delay` takes its milliseconds and `error` its name in parentheses: `delay(500)`,
 * `error(Shop.Closed)` or `error(Shop.Closed: back at nine)`.
 *
 * @throws FaultError that says what is allowed
 */
export function parseFault(text: string): Fault {
  const refuse = (why: string) => new FaultError(`fault ${JSON.stringify(text)}: ${why}; a fault is ${FAULT_SYNTAX}`);
  const [, at, kind, argument, rest = ''] = /^(.+?)=([a-z-]*)(?:\(([^)]*)\))?((?:,.*)?)$/.exec(text) ?? [];
  if (at === undefined || kind === undefined) throw refuse('it has no kind');
  const options: { function?: string; nth?: number | 'all' } = {};
  for (const option of rest.split(',').slice(1)) {
    const [, name, value = ''] = /^(function|nth)=(.+)$/.exec(option) ?? [];
    if (name === undefined) throw refuse(`an option is function=NAME or nth=N|all, got ${JSON.stringify(option)}`);
    if (name === 'function') options.function = value;
    else options.nth = value === 'all' ? 'all' : Number(value);
  }
  const [, error, message] = /^([^:]*)(?:: ?(.*))?$/.exec(argument ?? '') ?? [];
  const fault: Fault = {
    at,
    kind: kind as FaultKind,
    ...options,
    ...(argument !== undefined && kind === 'delay' && { delayMs: argument === '' ? Number.NaN : Number(argument) }),
    ...(argument !== undefined && kind === 'error' && { error, ...(message && { message }) }),
  };
  if (argument !== undefined && kind !== 'delay' && kind !== 'error') throw refuse(`${kind} takes nothing in parentheses, got ${argument}`);
  try {
    checkFault(fault);
  } catch (error) {
    throw error instanceof FaultError ? refuse(error.message) : error;
  }
  return fault;
}

/** @throws FaultError when the fault contradicts itself, whatever the stack holds */
export function checkFault({ at, kind, nth, delayMs, error }: Fault): void {
  const point = parseFaultPoint(at);
  if (!FAULT_KINDS.includes(kind)) throw new FaultError(`kind must be one of ${FAULT_KINDS.join(', ')}, got ${JSON.stringify(kind)}`);
  if (nth !== undefined && nth !== 'all' && !(Number.isInteger(nth) && nth > 0)) {
    throw new FaultError(`nth must be 1 or more, or all, got ${nth}`);
  }
  if (kind === 'delay' && !(delayMs !== undefined && Number.isFinite(delayMs) && delayMs >= 0)) {
    throw new FaultError(`delay needs its milliseconds, 0 or more, as delay(500), got ${delayMs ?? 'none'}`);
  }
  if (kind === 'error' && !error) throw new FaultError('error needs a name, as error(Shop.Closed)');
  if (point.type === 'function' && kind !== 'kill') {
    throw new FaultError(`${at} takes the kind kill alone, got ${kind}; the others are for calls and steps`);
  }
  if (point.type === 'call' && point.service === 'elasticache' && (kind === 'throttle' || kind === 'expire-token')) {
    throw new FaultError(`a cache knows no ${kind}, got ${at}; its kinds are kill, delay, lose-response and error`);
  }
  if (point.type !== 'call' && kind === 'expire-token') throw new FaultError(`expire-token is for calls of services, got ${at}`);
  if (point.type !== 'function' && point.when === 'before' && kind === 'lose-response') {
    throw new FaultError(`lose-response is for points after: before ${at.slice('before:'.length)} there is no response`);
  }
  if (point.type !== 'function' && point.when === 'after' && kind === 'throttle') {
    throw new FaultError('throttle is for points before: a call that is refused is not done');
  }
}
