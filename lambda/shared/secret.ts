/** A secret, read once per environment and never logged. `refresh` reads it again, after a rotation. */
export class Secret {
  private value?: Promise<string>;

  constructor(private readonly arn: string) {}

  read(): Promise<string> {
    if (!this.value) {
      const reading = readSecret(this.arn);
      this.value = reading;
      // A failed read is not kept.
      reading.catch(() => {
        if (this.value === reading) this.value = undefined;
      });
    }
    return this.value;
  }

  refresh(): Promise<string> {
    this.value = undefined;
    return this.read();
  }
}

async function readSecret(arn: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  try {
    const { SecretString: text = '' } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn }));
    return keyIn(text);
  } catch (cause) {
    throw new Error(`cannot read secret ${arn}`, { cause });
  }
}

/** The secret as text, or the field `apiKey` of a JSON secret as the console makes them. */
function keyIn(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const { apiKey } = JSON.parse(text) as { apiKey?: unknown };
    return typeof apiKey === 'string' ? apiKey : text;
  } catch {
    return text;
  }
}
