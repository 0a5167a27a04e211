import { encryption } from '../assembly/encryption';
import { ACCOUNT, arn, PARTITION, REGION } from '../assembly/physical-name';
import type { ResolvedStack } from '../assembly/resolved-stack';
import { tables } from '../assembly/table';
import { ownerOf } from './account';
import type { Directory } from './actions/action-call';
import type { EncryptionModel } from './encryption-checks';

/** What the action tables ask about the stacks, found when it is first asked for. */
export class StackDirectory implements Directory {
  readonly accountId = ACCOUNT;
  readonly region = REGION;
  readonly partition = PARTITION;
  private encrypted?: ReadonlyMap<string, EncryptionModel>;
  private keys?: ReadonlyMap<string, string>;

  constructor(
    private readonly stacks: readonly ResolvedStack[],
    readonly machineOfToken: (token: string) => string | undefined,
    readonly keyOfCiphertext?: (ciphertext: string) => string | undefined,
  ) {}

  partitionKeyOf(table: string): string | undefined {
    this.keys ??= new Map(
      this.stacks
        .flatMap(tables)
        .map(({ name, keySchema }) => [name, keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '']),
    );
    return this.keys.get(table);
  }

  secretArn(id: string): string | undefined {
    const arns = this.identities('AWS::SecretsManager::Secret');
    return arns.find(({ name, arn: own }) => id === name || id === own || id === own.replace(/-\w{6}$/, ''))?.arn;
  }

  keyArn(id: string): string | undefined {
    const alias = id.replace(/^arn:[^/]*:alias\//, 'alias/');
    if (alias.startsWith('alias/')) {
      for (const stack of this.stacks) {
        for (const { logicalId } of stack.resourcesOf('AWS::KMS::Alias')) {
          if (stack.text(logicalId, 'AliasName') === alias) return this.keyArn(stack.text(logicalId, 'TargetKeyId'));
        }
      }
      return undefined;
    }
    const plain = id.replace(/^.*:key\//, '');
    return (
      this.identities('AWS::KMS::Key').find(({ name }) => name === plain)?.arn ??
      (id.startsWith('arn:') || id === '' ? undefined : arn('kms', `key/${id}`))
    );
  }

  encryptionOf(resourceArn: string): EncryptionModel | undefined {
    this.encrypted ??= new Map(this.stacks.flatMap((stack) => [...encryption(stack, (id) => this.keyArn(id))]));
    return this.encrypted.get(ownerOf(resourceArn));
  }

  rolesOfTask(taskDefinition: string): readonly string[] {
    for (const stack of this.stacks) {
      for (const { logicalId } of stack.resourcesOf('AWS::ECS::TaskDefinition')) {
        if (
          stack.identity(logicalId).arn !== taskDefinition &&
          stack.identity(logicalId).name !== taskDefinition.replace(/^.*\//, '').replace(/:\d+$/, '')
        )
          continue;
        const roles = ['TaskRoleArn', 'ExecutionRoleArn'].map((property) => stack.property(logicalId, property));
        return roles.filter((role) => role !== undefined).map(String);
      }
    }
    return [];
  }

  private identities(type: string): { name: string; arn: string }[] {
    return this.stacks.flatMap((stack) =>
      stack.resourcesOf(type).map(({ logicalId }) => {
        const { name, arn: own = '' } = stack.identity(logicalId);
        return { name, arn: own };
      }),
    );
  }
}
