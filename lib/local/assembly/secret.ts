/** A Secrets Manager secret of the template. */
export interface SecretModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As written in the template, or generated as its GenerateSecretString says. */
  readonly value: string;
}
