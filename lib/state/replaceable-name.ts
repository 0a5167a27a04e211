import { createHash } from 'node:crypto';
import { Names, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** ElastiCache stores names as lower case and takes at most 40 characters; the digest keeps 8 of them. */
const NAME_LENGTH = 40;
const DIGEST_LENGTH = 8;

/**
 * A name that is unique in the account and changes when CloudFormation must replace the resource: a replacement under the old name
 * fails, because the old resource is deleted last.
 *
 * @param replacing properties whose change replaces the resource
 */
export function replaceableName(scope: IConstruct, replacing: readonly unknown[] = []): string {
  const resolved = JSON.stringify(Stack.of(scope).resolve(replacing));
  const digest = createHash('sha256').update(resolved).digest('hex').slice(0, DIGEST_LENGTH);
  return `${Names.uniqueResourceName(scope, { maxLength: NAME_LENGTH - DIGEST_LENGTH })}${digest}`.toLowerCase();
}
