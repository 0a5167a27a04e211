import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Findings } from '../validation/check-quota';

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/**
 * Adds what is wrong with an image of a registry, as far as a synth can know it.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function checkRegistryImage(findings: Findings, scope: IConstruct, repository: IRepository, digestOrTag: string): void {
  if (!Token.isUnresolved(digestOrTag)) checkReference(findings, digestOrTag);
  const stack = Stack.of(scope);
  if (differ(repository.env.region, stack.region)) {
    findings.problems.push(
      `image: the repository is in ${repository.env.region}, but a function takes images of its own Region, ${stack.region}; replicate the repository`,
    );
  }
  if (differ(repository.env.account, stack.account)) {
    findings.warnings.push({
      id: 'serverless-ai:inference.image-account',
      message: `the repository is in account ${repository.env.account}: its policy has to let lambda.amazonaws.com and account ${stack.account} pull (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer), which this stack cannot set`,
    });
  }
}

function checkReference(findings: Findings, value: string): void {
  if (DIGEST.test(value)) return;
  const part = /@(.+)$/.exec(value)?.[1] ?? /\/.*:([^/:]+)$/.exec(value)?.[1];
  if (value === 'latest') {
    findings.problems.push('image: the tag "latest" moves without the alias noticing; pass a digest (sha256:...) or an immutable tag');
  } else if (part !== undefined) {
    findings.problems.push(
      `image: only the digest or the tag is wanted, got the whole ${JSON.stringify(value)}; pass ${JSON.stringify(part)}`,
    );
  } else if (!TAG.test(value)) {
    findings.problems.push(`image: a digest (sha256: and 64 hexadecimal digits) or a tag is required, got ${JSON.stringify(value)}`);
  }
}

/** Whether two places are known and not the same. */
function differ(left: string, right: string): boolean {
  return !Token.isUnresolved(left) && !Token.isUnresolved(right) && left !== right;
}
