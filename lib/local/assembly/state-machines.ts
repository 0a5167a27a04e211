import { existsSync, readFileSync } from 'node:fs';
import type { StateMachineModel } from '../stepfunctions/state-machine-model';
import { AssemblyError } from './assembly-error';
import type { ResolvedStack } from './resolved-stack';

export function stateMachines(stack: ResolvedStack): StateMachineModel[] {
  const aliases = stack.resourcesOf('AWS::StepFunctions::StateMachineAlias');
  return stack.resourcesOf('AWS::StepFunctions::StateMachine').map(({ logicalId, path }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const aliasArns = aliases.map((alias) => stack.identity(alias.logicalId).arn ?? '').filter((alias) => alias.startsWith(`${arn}:`));
    const role = stack.property(logicalId, 'RoleArn');
    // CDK's id of the machine is the construct's own child.
    return {
      logicalId,
      path: path.replace(/\/Resource$/, ''),
      name,
      arn,
      aliasArns,
      definition: definitionOf(stack, logicalId),
      ...(role !== undefined && { roleArn: String(role) }),
    };
  });
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
