import { lowerFirst, renamed } from '../../calls/names';
import { epoch } from '../execution-description';
import type { Executions } from '../executions';
import { ServiceError } from '../service-error';
import type { StateMachineModel } from '../state-machine-model';
import type { Operations } from './operation';
import { pageOf } from './page';

/** What can be read of state machines, their versions and aliases. `created` is when the local run began, as if it had deployed them then. */
export function machineOperations(executions: Executions, created: Date): Operations {
  const { machines } = executions;
  const creationDate = epoch(created);
  return {
    DescribeStateMachine: (parameters) => {
      const reference = parameters.arn('stateMachineArn', 'stateMachine');
      const { machine, versionArn } = machines.resolve(reference);
      return {
        ...definitionOf(machine),
        stateMachineArn: versionArn === reference ? versionArn : machine.arn,
        status: 'ACTIVE',
        type: machine.type ?? 'STANDARD',
        creationDate,
      };
    },
    DescribeStateMachineForExecution: (parameters) => {
      const { machine } = executions.get(parameters.arn('executionArn', 'execution'));
      return { ...definitionOf(machine), stateMachineArn: machine.arn, updateDate: creationDate };
    },
    ListStateMachines: (parameters) => {
      const { items, nextToken } = pageOf(machines.all, parameters);
      const stateMachines = items.map(({ arn, name, type = 'STANDARD' }) => ({ stateMachineArn: arn, name, type, creationDate }));
      return { stateMachines, nextToken };
    },
    ListStateMachineVersions: (parameters) => {
      const { versionArns = [] } = machines.get(parameters.arn('stateMachineArn', 'stateMachine'));
      const { items, nextToken } = pageOf([...versionArns].reverse(), parameters);
      return { stateMachineVersions: items.map((stateMachineVersionArn) => ({ stateMachineVersionArn, creationDate })), nextToken };
    },
    ListStateMachineAliases: (parameters) => {
      const { aliasArns } = machines.get(parameters.arn('stateMachineArn', 'stateMachine'));
      const { items, nextToken } = pageOf(aliasArns, parameters);
      return { stateMachineAliases: items.map((stateMachineAliasArn) => ({ stateMachineAliasArn, creationDate })), nextToken };
    },
    DescribeStateMachineAlias: (parameters) => {
      const reference = parameters.arn('stateMachineAliasArn', 'stateMachine');
      const alias = machines.all.flatMap(({ aliases = [] }) => aliases).find(({ arn }) => arn === reference);
      if (alias === undefined) throw new ServiceError('ResourceNotFound', `Resource Not Found: '${reference}'`);
      const { name, description, routes } = alias;
      return {
        stateMachineAliasArn: reference,
        name,
        description,
        routingConfiguration: routes,
        creationDate,
        updateDate: creationDate,
      };
    },
  };
}

function definitionOf({ name, definition, roleArn, loggingConfiguration, tracingConfiguration }: StateMachineModel): object {
  return {
    name,
    definition,
    roleArn,
    loggingConfiguration: renamed(loggingConfiguration ?? { Level: 'OFF', IncludeExecutionData: false }, lowerFirst, {}),
    tracingConfiguration: renamed(tracingConfiguration ?? { Enabled: false }, lowerFirst, {}),
  };
}
