import { type PasswordRules, password } from '../services/password';
import type { ResolvedStack } from './resolved-stack';

/** A Secrets Manager secret of the template. */
export interface SecretModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As written in the template, or generated as its GenerateSecretString says. */
  readonly value: string;
}

interface Generation extends PasswordRules {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

export function secrets(stack: ResolvedStack): SecretModel[] {
  return stack.resourcesOf('AWS::SecretsManager::Secret').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const given = stack.property(logicalId, 'SecretString');
    const generation = (stack.property(logicalId, 'GenerateSecretString') ?? {}) as Generation;
    return { logicalId, name, arn, value: given === undefined ? generated(generation, arn) : String(given) };
  });
}

/** The same in every run, so that what was made with it stays valid. */
function generated({ SecretStringTemplate, GenerateStringKey, ...rules }: Generation, seed: string): string {
  const text = password(rules, seed);
  if (!SecretStringTemplate || !GenerateStringKey) return text;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: text });
}
