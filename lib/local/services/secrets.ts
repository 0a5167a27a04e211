import { createHash, randomUUID } from 'node:crypto';
import type { SecretModel } from '../assembly/secret';
import { type Clock, SystemClock } from '../clock';
import { type Input, jsonOperations, textOf } from './json-operations';
import type { LocalService, ServiceRegistry } from './local-service';
import { type PasswordRules, password } from './password';
import { ServiceFailure } from './service-failure';

export interface SecretsOptions {
  readonly secrets?: readonly SecretModel[];
  /** Values by logical id, name or ARN; they win over what the template generates. */
  readonly values?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
}

interface Version {
  readonly id: string;
  readonly content: { readonly SecretString: string } | { readonly SecretBinary: string };
  readonly created: number;
  stages: readonly string[];
}

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** The template's secrets with the versions that are put to them. */
export class LocalSecrets implements LocalService {
  private readonly clock: Clock;
  private readonly secrets: readonly SecretModel[];
  private readonly versions = new Map<string, Version[]>();

  constructor({ secrets = [], values = {}, clock = new SystemClock() }: SecretsOptions = {}) {
    this.clock = clock;
    this.secrets = secrets.map((secret) => ({
      ...secret,
      value: values[secret.logicalId] ?? values[secret.name] ?? values[secret.arn] ?? secret.value,
    }));
    this.fill();
  }

  register(registry: ServiceRegistry): void {
    registry.register(
      'secretsmanager',
      jsonOperations({
        GetSecretValue: (input) => this.read(input),
        DescribeSecret: (input) => this.describe(input),
        ListSecretVersionIds: (input) => this.list(input),
        PutSecretValue: (input) => this.put(input),
        UpdateSecret: (input) => this.put(input),
        GetRandomPassword: (input) => ({ RandomPassword: password(input as PasswordRules) }),
      }),
    );
  }

  async stop(): Promise<void> {}

  /** As the template has them. */
  async empty(): Promise<void> {
    this.versions.clear();
    this.fill();
  }

  private fill(): void {
    for (const { arn, value } of this.secrets) {
      this.versions.set(arn, [{ id: versionOf(value), content: { SecretString: value }, created: this.clock.now(), stages: [CURRENT] }]);
    }
  }

  private read(input: Input): object {
    const { arn: ARN, name: Name } = this.find(input);
    const id = textOf(input, 'VersionId');
    const stage = textOf(input, 'VersionStage') || (id === '' ? CURRENT : '');
    const fits = (version: Version) => (id === '' || version.id === id) && (stage === '' || version.stages.includes(stage));
    const version = this.versionsOf(ARN).find(fits);
    if (version === undefined) {
      const what = stage === '' ? `VersionId: ${id}` : `staging label: ${stage}`;
      throw new ServiceFailure('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);
    }
    return { ARN, Name, ...version.content, VersionId: version.id, VersionStages: version.stages, CreatedDate: version.created / 1000 };
  }

  private describe(input: Input): object {
    const { arn: ARN, name: Name } = this.find(input);
    const versions = this.versionsOf(ARN).filter(({ stages }) => stages.length > 0);
    return { ARN, Name, VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])) };
  }

  private list(input: Input): object {
    const { arn: ARN, name: Name } = this.find(input);
    const shown = this.versionsOf(ARN).filter(({ stages }) => stages.length > 0 || input['IncludeDeprecated'] === true);
    return {
      ARN,
      Name,
      Versions: shown.map(({ id, stages, created }) => ({ VersionId: id, VersionStages: stages, CreatedDate: created / 1000 })),
    };
  }

  /** Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
  private put(input: Input): object {
    const { arn: ARN, name: Name } = this.find(input);
    const { SecretString, SecretBinary } = input as { SecretString?: string; SecretBinary?: string };
    if ((SecretString === undefined) === (SecretBinary === undefined)) {
      throw new ServiceFailure('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
    }
    const content = SecretString === undefined ? { SecretBinary: SecretBinary! } : { SecretString };
    const id = textOf(input, 'ClientRequestToken') || randomUUID();
    const known = this.versionsOf(ARN).find((version) => version.id === id);
    if (known !== undefined && JSON.stringify(known.content) !== JSON.stringify(content)) {
      const message = `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${ARN}.`;
      throw new ServiceFailure('ResourceExistsException', message);
    }
    const stages = (input['VersionStages'] ?? [CURRENT]) as readonly string[];
    const version = known ?? { id, content, created: this.clock.now(), stages: [] };
    if (known === undefined) this.versions.set(ARN, [...this.versionsOf(ARN), version]);
    this.label(ARN, version, stages);
    return { ARN, Name, VersionId: id, VersionStages: version.stages };
  }

  /** A label is on one version at a time; the one that loses AWSCURRENT becomes the previous. */
  private label(arn: string, version: Version, stages: readonly string[]): void {
    const others = this.versionsOf(arn).filter((other) => other !== version);
    const former = stages.includes(CURRENT) ? others.find((other) => other.stages.includes(CURRENT)) : undefined;
    const taken = former === undefined ? stages : [...stages, PREVIOUS];
    for (const other of others) other.stages = other.stages.filter((stage) => !taken.includes(stage));
    if (former !== undefined) former.stages = [...former.stages, PREVIOUS];
    version.stages = [...new Set([...version.stages.filter((stage) => stage !== PREVIOUS), ...stages])];
  }

  private versionsOf(arn: string): readonly Version[] {
    return this.versions.get(arn) ?? [];
  }

  private find(input: Input): SecretModel {
    const id = textOf(input, 'SecretId');
    // A partial ARN is one without the six random characters at its end.
    const secret = this.secrets.find(({ name, arn }) => id !== '' && (id === name || id === arn || id === arn.replace(/-\w{6}$/, '')));
    if (!secret) throw new ServiceFailure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }
}

/** The same value is the same version, in the form of an id. */
function versionOf(value: string): string {
  const hex = createHash('sha256').update(value).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
