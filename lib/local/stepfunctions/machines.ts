import { SFN_EXPRESS_DURATION } from '../../quotas/step-functions-quotas';
import { DefinitionError } from '../asl/definition/problems';
import { loadDefinition, type StateMachineDefinition } from '../asl/state-machine-definition';
import { taskProblems } from './integrations/supported-tasks';
import { ServiceError } from './service-error';
import { isExpress, type StateMachineModel } from './state-machine-model';

/** A machine as one of its ARNs names it. */
export interface MachineReference {
  readonly machine: StateMachineModel;
  readonly aliasArn?: string;
  readonly versionArn?: string;
}

/** The state machines of a local run, found by any of their names. */
export class Machines {
  private readonly definitions = new Map<string, StateMachineDefinition>();

  constructor(readonly all: readonly StateMachineModel[]) {}

  /** By ARN, alias ARN, version ARN, name, logical id or last part of the construct path. */
  find(reference: string): StateMachineModel | undefined {
    return this.all.find(
      (machine) =>
        [machine.arn, ...machine.aliasArns, machine.name, machine.logicalId].includes(reference) ||
        isVersionOf(machine, reference) ||
        machine.path.split('/').includes(reference),
    );
  }

  /** Like `find`, but a machine that is not there is the API's error. */
  get(reference: string): StateMachineModel {
    const machine = this.find(reference);
    if (machine !== undefined) return machine;
    const names = this.all.map(({ path }) => path).join(', ');
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${reference}'; the assembly has ${names || 'none'}`);
  }

  /** What an execution that is started by `reference` runs. An alias leads to one of its versions by their weights. */
  resolve(reference: string, random: () => number = Math.random): MachineReference {
    const machine = this.get(reference);
    if (isVersionOf(machine, reference)) return { machine, versionArn: reference };
    const alias = machine.aliases?.find(({ arn }) => arn === reference);
    if (alias === undefined) {
      const aliasArn = machine.aliasArns.find((arn) => arn === reference);
      return { machine, ...(aliasArn !== undefined && { aliasArn }) };
    }
    let left = random() * alias.routes.reduce((sum, { weight }) => sum + weight, 0);
    const route = alias.routes.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
    return { machine, aliasArn: alias.arn, ...(route !== undefined && { versionArn: route.stateMachineVersionArn }) };
  }

  /**
   * The definition, ready to run.
   *
   * @throws DefinitionError when Step Functions would refuse it, or when the local run cannot execute one of its tasks
   */
  definitionOf(machine: StateMachineModel): StateMachineDefinition {
    const known = this.definitions.get(machine.arn);
    if (known !== undefined) return known;
    if (machine.unresolved !== undefined) throw new DefinitionError([{ path: '/', message: machine.unresolved }]);
    const loaded = loadDefinition(machine.definition);
    const express = isExpress(machine);
    const problems = taskProblems(loaded.block, express);
    if (problems.length > 0) throw new DefinitionError(problems);
    const definition = express ? { ...loaded, timeoutSeconds: withinExpress(loaded.timeoutSeconds) } : loaded;
    this.definitions.set(machine.arn, definition);
    return definition;
  }
}

function withinExpress(seconds: number | undefined): number {
  const longest = SFN_EXPRESS_DURATION.max!;
  return Math.min(seconds ?? longest, longest);
}

function isVersionOf({ arn, versionArns }: StateMachineModel, reference: string): boolean {
  if (versionArns !== undefined) return versionArns.includes(reference);
  return /:\d+$/.test(reference) && reference.replace(/:\d+$/, '') === arn;
}
