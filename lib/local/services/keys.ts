import { randomBytes } from 'node:crypto';
import type { KeyModel } from '../assembly/keys';
import { ACCOUNT, arn } from '../assembly/physical-name';
import { type Sealed, sealed, unsealed } from './ciphertext';
import { type Input, jsonOperations, textOf } from './json-operations';
import type { LocalService, ServiceRegistry } from './local-service';
import { ServiceFailure } from './service-failure';

const DATA_KEY_BYTES: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };
/** Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
const MOST_PLAINTEXT_BYTES = 4096;
const MOST_RANDOM_BYTES = 1024;
const CREATED = 1_767_225_600;

/**
 * KMS without secrecy: what is encrypted can be decrypted again, with the same key and context only, and every rule about them is kept. Who may use
 * a key is decided before a call comes here.
 */
export class LocalKeys implements LocalService {
  constructor(private readonly keys: readonly KeyModel[] = []) {}

  register(registry: ServiceRegistry): void {
    registry.register(
      'kms',
      jsonOperations({
        Encrypt: (input) => this.encrypt(input),
        Decrypt: (input) => this.decrypt(input),
        ReEncrypt: (input) => this.reEncrypt(input),
        GenerateDataKey: (input) => this.dataKey(input, true),
        GenerateDataKeyWithoutPlaintext: (input) => this.dataKey(input, false),
        GenerateRandom: (input) => ({ Plaintext: randomBytes(sizeOf(input, MOST_RANDOM_BYTES)).toString('base64') }),
        DescribeKey: (input) => ({ KeyMetadata: this.metadata(this.find(textOf(input, 'KeyId'))) }),
      }),
    );
  }

  async stop(): Promise<void> {}

  private encrypt(input: Input): object {
    const key = this.usable(textOf(input, 'KeyId'));
    const plaintext = textOf(input, 'Plaintext');
    const size = Buffer.from(plaintext, 'base64').length;
    if (size < 1 || size > MOST_PLAINTEXT_BYTES) {
      throw new ServiceFailure('ValidationException', `plaintext must have 1 to ${MOST_PLAINTEXT_BYTES} bytes, got ${size}`);
    }
    return { CiphertextBlob: this.seal(key, plaintext, contextOf(input)), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  }

  private decrypt(input: Input): object {
    const { keyArn, plaintext } = this.open(input, 'KeyId', 'EncryptionContext');
    return { KeyId: keyArn, Plaintext: plaintext, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  }

  private reEncrypt(input: Input): object {
    const { keyArn, plaintext } = this.open(input, 'SourceKeyId', 'SourceEncryptionContext');
    const key = this.usable(textOf(input, 'DestinationKeyId'));
    const context = contextOf(input, 'DestinationEncryptionContext');
    return { CiphertextBlob: this.seal(key, plaintext, context), SourceKeyId: keyArn, KeyId: key.arn };
  }

  private dataKey(input: Input, withPlaintext: boolean): object {
    const key = this.usable(textOf(input, 'KeyId'));
    const spec = textOf(input, 'KeySpec');
    const bytes = spec === '' ? sizeOf(input, MOST_RANDOM_BYTES) : DATA_KEY_BYTES[spec];
    if (bytes === undefined) throw new ServiceFailure('ValidationException', `KeySpec must be AES_128 or AES_256, got ${spec}`);
    const plaintext = randomBytes(bytes).toString('base64');
    const CiphertextBlob = this.seal(key, plaintext, contextOf(input));
    return { KeyId: key.arn, CiphertextBlob, ...(withPlaintext && { Plaintext: plaintext }) };
  }

  private seal({ arn: keyArn }: KeyModel, plaintext: string, context: Sealed['context']): string {
    return sealed({ keyArn, plaintext, context });
  }

  private open(input: Input, keyField: string, contextField: string): Sealed {
    const content = unsealed(textOf(input, 'CiphertextBlob'));
    if (content === undefined || canonical(content.context) !== canonical(contextOf(input, contextField))) {
      throw new ServiceFailure('InvalidCiphertextException', '');
    }
    const named = textOf(input, keyField);
    if (named !== '' && this.find(named).arn !== content.keyArn) {
      throw new ServiceFailure(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    }
    this.usable(content.keyArn);
    return content;
  }

  private usable(id: string): KeyModel {
    const key = this.find(id);
    if (!key.enabled) throw new ServiceFailure('DisabledException', `${key.arn} is disabled.`);
    if (key.usage !== 'ENCRYPT_DECRYPT' || key.spec !== 'SYMMETRIC_DEFAULT') {
      throw new ServiceFailure(
        'InvalidKeyUsageException',
        `the local run encrypts with symmetric keys only, ${key.arn} is ${key.spec} for ${key.usage}`,
      );
    }
    return key;
  }

  private find(id: string): KeyModel {
    const alias = id.replace(/^arn:[^/]*:(?=alias\/)/, '');
    const found = this.keys.find((key) => key.id === id || key.arn === id || key.aliases.includes(alias));
    if (found !== undefined) return found;
    // Keys of AWS itself are in every account.
    if (alias.startsWith('alias/aws/') || id.startsWith(arn('kms', 'key/aws-'))) return managed(alias.replace(/^.*[/-]/, ''));
    if (alias.startsWith('alias/')) throw new ServiceFailure('NotFoundException', `Alias ${arn('kms', alias)} is not found.`);
    throw new ServiceFailure('NotFoundException', `Key '${id.startsWith('arn:') ? id : arn('kms', `key/${id}`)}' does not exist`);
  }

  private metadata(key: KeyModel): object {
    return {
      AWSAccountId: ACCOUNT,
      KeyId: key.id,
      Arn: key.arn,
      CreationDate: CREATED,
      Enabled: key.enabled,
      Description: key.description,
      KeyUsage: key.usage,
      KeyState: key.enabled ? 'Enabled' : 'Disabled',
      Origin: 'AWS_KMS',
      KeyManager: key.logicalId === '' ? 'AWS' : 'CUSTOMER',
      KeySpec: key.spec,
      CustomerMasterKeySpec: key.spec,
      ...(key.spec === 'SYMMETRIC_DEFAULT' && { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }),
      MultiRegion: false,
    };
  }
}

function managed(service: string): KeyModel {
  const id = `aws-${service}`;
  const common = { enabled: true, usage: 'ENCRYPT_DECRYPT', spec: 'SYMMETRIC_DEFAULT', description: `Key of AWS for ${service}` };
  return { logicalId: '', id, arn: arn('kms', `key/${id}`), aliases: [`alias/aws/${service}`], ...common };
}

function contextOf(input: Input, field = 'EncryptionContext'): Readonly<Record<string, string>> {
  return (input[field] ?? {}) as Readonly<Record<string, string>>;
}

function canonical(context: Sealed['context']): string {
  return JSON.stringify(Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function sizeOf(input: Input, most: number): number {
  const bytes = Number(input['NumberOfBytes']);
  if (!(Number.isInteger(bytes) && bytes >= 1 && bytes <= most)) {
    throw new ServiceFailure('ValidationException', `NumberOfBytes must be 1 to ${most}, got ${String(input['NumberOfBytes'])}`);
  }
  return bytes;
}
