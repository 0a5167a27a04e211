import { existsSync, readFileSync } from 'node:fs';
import { AssemblyError } from '../../template/assembly-error';
import type { StateMachineAliasModel, StateMachineModel } from '../stepfunctions/state-machine-model';
import type { ResolvedStack } from './resolved-stack';
import { UnknownValueError } from './unknown-value-error';

export function stateMachines(stack: ResolvedStack): StateMachineModel[] {
  const aliases = stack.resourcesOf('AWS::StepFunctions::StateMachineAlias').map(({ logicalId }) => aliasOf(stack, logicalId));
  const versions = stack.resourcesOf('AWS::StepFunctions::StateMachineVersion').map(({ logicalId }) => stack.identity(logicalId).arn ?? '');
  return stack.resourcesOf('AWS::StepFunctions::StateMachine').map(({ logicalId, path }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const own = aliases.filter((alias) => alias.arn.startsWith(`${arn}:`));
    const role = stack.property(logicalId, 'RoleArn');
    // CDK's id of the machine is the construct's own child.
    return {
      logicalId,
      path: path.replace(/\/Resource$/, ''),
      name,
      arn,
      type: stack.property(logicalId, 'StateMachineType') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      aliasArns: own.map((alias) => alias.arn),
      aliases: own,
      versionArns: versions.filter((version) => version.startsWith(`${arn}:`)),
      ...resolvedDefinition(stack, logicalId),
      loggingConfiguration: stack.property(logicalId, 'LoggingConfiguration'),
      tracingConfiguration: stack.property(logicalId, 'TracingConfiguration'),
      ...(role !== undefined && { roleArn: String(role) }),
    };
  });
}

interface WrittenRoute {
  readonly StateMachineVersionArn: string;
  readonly Weight?: number;
}

function aliasOf(stack: ResolvedStack, logicalId: string): StateMachineAliasModel {
  const { name, arn = '' } = stack.identity(logicalId);
  const description = stack.property(logicalId, 'Description');
  const preference = stack.property(logicalId, 'DeploymentPreference') as WrittenRoute | undefined;
  const routes = (stack.property(logicalId, 'RoutingConfiguration') ?? (preference ? [preference] : [])) as readonly WrittenRoute[];
  return {
    arn,
    name,
    ...(description !== undefined && { description: String(description) }),
    routes: routes.map(({ StateMachineVersionArn, Weight }) => ({
      stateMachineVersionArn: StateMachineVersionArn,
      weight: Number(Weight ?? 100),
    })),
  };
}

/** One machine that names what is not known here, such as a connection to another service, does not keep the rest from running. */
function resolvedDefinition(stack: ResolvedStack, logicalId: string): Pick<StateMachineModel, 'definition' | 'unresolved'> {
  try {
    return { definition: definitionOf(stack, logicalId) };
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    return { definition: '{"States":{}}', unresolved: error.message };
  }
}

function definitionOf(stack: ResolvedStack, logicalId: string): string {
  const substitutions = (stack.property(logicalId, 'DefinitionSubstitutions') ?? {}) as Record<string, unknown>;
  const substitute = (text: string) =>
    text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => (name in substitutions ? String(substitutions[name]) : whole));
  const text = stack.property(logicalId, 'DefinitionString');
  if (text !== undefined) return substitute(String(text));
  const inline = stack.property(logicalId, 'Definition');
  if (inline !== undefined) return substitute(JSON.stringify(inline));
  const location = stack.property(logicalId, 'DefinitionS3Location') as { Key?: string } | undefined;
  const staged = stack.source.assets.files.get(location?.Key ?? '');
  if (!staged || !existsSync(staged)) throw new AssemblyError(`${stack.name}/${logicalId}: its definition is not in the assembly`);
  return substitute(readFileSync(staged, 'utf8'));
}
