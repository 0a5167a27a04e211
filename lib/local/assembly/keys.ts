import type { ResolvedStack } from './resolved-stack';

/** A KMS key of the template with its aliases. */
export interface KeyModel {
  readonly logicalId: string;
  readonly id: string;
  readonly arn: string;
  /** `alias/…` */
  readonly aliases: readonly string[];
  readonly enabled: boolean;
  readonly usage: string;
  readonly spec: string;
  readonly description: string;
}

export function keys(stack: ResolvedStack): KeyModel[] {
  const aliases = stack
    .resourcesOf('AWS::KMS::Alias')
    .map(({ logicalId }) => ({ name: stack.text(logicalId, 'AliasName'), target: stack.text(logicalId, 'TargetKeyId') }));
  return stack.resourcesOf('AWS::KMS::Key').map(({ logicalId }) => {
    const { name: id, arn = '' } = stack.identity(logicalId);
    return {
      logicalId,
      id,
      arn,
      aliases: aliases.filter(({ target }) => target === id || target === arn).map(({ name }) => name),
      enabled: stack.property(logicalId, 'Enabled') !== false,
      usage: String(stack.property(logicalId, 'KeyUsage') ?? 'ENCRYPT_DECRYPT'),
      spec: String(stack.property(logicalId, 'KeySpec') ?? 'SYMMETRIC_DEFAULT'),
      description: String(stack.property(logicalId, 'Description') ?? ''),
    };
  });
}
