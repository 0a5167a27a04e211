import { createHash } from 'node:crypto';
import type { SecretModel } from '../assembly/secret';
import type { ServiceHandler } from '../gateway/service';
import type { LocalService, ServiceRegistry } from './local-service';
import { jsonBody, operationOf, refuseOperation, replyError, replyJson } from './reply';

export interface SecretsOptions {
  readonly secrets?: readonly SecretModel[];
  /** Values by logical id, name or ARN; they win over what the template generates. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Answers GetSecretValue and DescribeSecret from the template's secrets and the values given. */
export class LocalSecrets implements LocalService {
  private readonly secrets: readonly (SecretModel & { readonly value: string })[];

  constructor({ secrets = [], values = {} }: SecretsOptions = {}) {
    this.secrets = secrets.map((secret) => ({
      ...secret,
      value: values[secret.logicalId] ?? values[secret.name] ?? values[secret.arn] ?? secret.value,
    }));
  }

  register(registry: ServiceRegistry): void {
    registry.register('secretsmanager', this.handle);
  }

  async stop(): Promise<void> {}

  private readonly handle: ServiceHandler = (request, response) => {
    const operation = operationOf(request);
    if (operation !== 'GetSecretValue' && operation !== 'DescribeSecret') return refuseOperation(response, request);
    const id = String(jsonBody(request)?.['SecretId'] ?? '');
    // A partial ARN is one without the six random characters at its end.
    const secret = this.secrets.find(({ name, arn }) => id !== '' && (id === name || id === arn || id === arn.replace(/-\w{6}$/, '')));
    if (!secret) return replyError(response, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    const { arn: ARN, name: Name, value } = secret;
    if (operation === 'DescribeSecret') return replyJson(response, { ARN, Name });
    replyJson(response, { ARN, Name, SecretString: value, VersionId: versionOf(value), VersionStages: ['AWSCURRENT'] });
  };
}

/** The same value is the same version, in the form of an id. */
function versionOf(value: string): string {
  const hex = createHash('sha256').update(value).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
