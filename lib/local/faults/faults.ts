import type { TaskHandler } from '../asl/task';
import type { Clock } from '../clock';
import type { Gateway } from '../gateway/gateway';
import type { InvocationRecord } from '../lambda/invocation-log';
import type { CacheGuard } from '../services/valkey/cache-door';
import { ArmedFaults } from './armed-faults';
import { CACHE_SERVICE, cacheFaults } from './cache-faults';
import { callFaults } from './call-faults';
import { type Fault, FaultError } from './fault';
import { parseFaultPoint } from './fault-point';
import { checkFault, parseFault } from './fault-text';
import { type StepFunctions, stepFaults } from './step-faults';

/** What a fault may name. */
export interface FaultNames {
  /** Physical name of a function. @throws when there is none of that name */
  functionName(reference: string): string;
  /** Names of all Task states. */
  steps(): readonly string[];
}

export interface FaultsOptions {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** Asked when something strikes, since functions start after everything else. */
  readonly functions: () => StepFunctions;
  readonly names: FaultNames;
}

/** A fault that waits, or has struck. */
export interface InjectedFault {
  /** How often it has struck so far. */
  readonly struck: number;
  /** Takes it back; whatever has struck stays. */
  remove(): void;
}

/** Makes things go wrong at named points of a local run. */
export class Faults {
  /** Stands between the commands of caches and their servers. */
  readonly cacheGuard: CacheGuard;
  private readonly armed = new ArmedFaults();

  constructor(private readonly options: FaultsOptions) {
    const { gateway, functions } = options;
    const striking = { armed: this.armed, kill: (environmentId: string) => functions().kill(environmentId) };
    gateway.intercept(callFaults(striking));
    this.cacheGuard = cacheFaults({ gateway, ...striking });
  }

  /**
   * Lets something go wrong at a point, for example `local.faults.inject('after:dynamodb.PutItem=kill,nth=2')`.
   *
   * @param fault in full, or as `POINT=KIND[,function=NAME][,nth=N|all]`, which is what `serverless-ai run --fault` takes
   * @throws FaultError when the fault or what it names cannot be, with what is allowed
   */
  inject(fault: Fault | string): InjectedFault {
    const read = typeof fault === 'string' ? parseFault(fault) : fault;
    checkFault(read);
    const { remove, struck } = this.armed.arm(read, this.checkNames(read));
    return {
      remove,
      get struck() {
        return struck();
      },
    };
  }

  /** Takes back every fault that waits. */
  clear(): void {
    this.armed.clear();
  }

  /** Puts the faults of steps around what does the tasks. */
  aroundTasks(tasks: TaskHandler): TaskHandler {
    const { clock, functions } = this.options;
    return stepFaults({ armed: this.armed, clock, functions }, tasks);
  }

  /** Kills the environment that has just been given an event, where a fault says so. */
  onInvocation({ functionName, environmentId }: InvocationRecord): void {
    if (this.armed.at({ type: 'function', functionName }).length > 0) this.options.functions().kill(environmentId);
  }

  /** Returns the physical name of the function that the fault concerns. */
  private checkNames({ at, function: reference }: Fault): string | undefined {
    const point = parseFaultPoint(at);
    const { gateway, names } = this.options;
    const services = [...gateway.services, CACHE_SERVICE].sort();
    if (point.type === 'call' && !services.includes(point.service)) {
      throw new FaultError(`fault point ${at}: the local run has no service ${point.service}; it has ${services.join(', ')}`);
    }
    if (point.type === 'step' && !names.steps().includes(point.step)) {
      throw new FaultError(
        `fault point ${at}: no state machine has a Task state ${point.step}; there are ${names.steps().join(', ') || 'none'}`,
      );
    }
    if (point.type === 'function') return this.nameOf(point.name);
    return reference === undefined ? undefined : this.nameOf(reference);
  }

  private nameOf(reference: string): string {
    try {
      return this.options.names.functionName(reference);
    } catch (error) {
      throw new FaultError((error as Error).message, { cause: error });
    }
  }
}
