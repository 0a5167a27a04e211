import type { Fault } from './fault';
import { type FaultPoint, parseFaultPoint, type When } from './fault-point';

/** Something that happens now, at which faults may be waiting. */
export type Occurrence =
  | { readonly type: 'call'; readonly when: When; readonly service: string; readonly operation?: string; readonly functionName: string }
  | { readonly type: 'step'; readonly when: When; readonly step: string; readonly functionName?: string }
  | { readonly type: 'function'; readonly functionName: string };

interface Armed {
  readonly fault: Fault;
  readonly point: FaultPoint;
  /** Physical name of `fault.function` or of the point's function. */
  readonly functionName?: string;
  seen: number;
}

/** The faults that wait for their point to be reached. */
export class ArmedFaults {
  private readonly armed = new Set<Armed>();

  /** Returns the removal of the fault and how often it has struck. */
  arm(fault: Fault, functionName?: string): { readonly remove: () => void; readonly struck: () => number } {
    const armed: Armed = { fault, point: parseFaultPoint(fault.at), functionName, seen: 0 };
    this.armed.add(armed);
    return { remove: () => void this.armed.delete(armed), struck: () => strikes(armed) };
  }

  clear(): void {
    this.armed.clear();
  }

  /** The faults that strike now, in the order in which they were armed. */
  at(occurrence: Occurrence): Fault[] {
    const met = [...this.armed].filter((armed) => meets(armed, occurrence));
    return met
      .filter((armed) => {
        armed.seen += 1;
        const { nth = 1 } = armed.fault;
        return nth === 'all' || armed.seen === nth;
      })
      .map(({ fault }) => fault);
  }
}

function strikes({ fault: { nth = 1 }, seen }: Armed): number {
  return nth === 'all' ? seen : Number(seen >= nth);
}

function meets({ point, functionName }: Armed, now: Occurrence): boolean {
  if (functionName !== undefined && now.functionName !== functionName) return false;
  if (point.type === 'function' || now.type === 'function') return point.type === now.type;
  if (point.when !== now.when) return false;
  if (point.type === 'step') return now.type === 'step' && point.step === now.step;
  return now.type === 'call' && point.service === now.service && (point.operation === '*' || point.operation === now.operation);
}
