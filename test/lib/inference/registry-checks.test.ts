import { Repository } from 'aws-cdk-lib/aws-ecr';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { checkRegistryImage } from '../../../lib/inference/registry-checks';
import { type Findings, noFindings } from '../../../lib/validation/check-quota';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

function check(reference: string | ((stack: Stack) => string), arn?: string, env?: { account: string; region: string }): Findings {
  const stack = new Stack(new App(), 'Stack', { env });
  const repository = arn ? Repository.fromRepositoryArn(stack, 'Models', arn) : Repository.fromRepositoryName(stack, 'Models', 'models');
  const findings = noFindings();
  checkRegistryImage(findings, stack, repository, typeof reference === 'string' ? reference : reference(stack));
  return findings;
}

test.each([DIGEST, 'v1.2.3', '2026-11-24_a', 'a'.repeat(128)])('%s is taken', (reference) => {
  expect(check(reference)).toEqual({ problems: [], warnings: [] });
});

test('a token is taken', () => {
  expect(check((stack) => new CfnParameter(stack, 'Digest').valueAsString).problems).toEqual([]);
});

test.each([
  ['latest', 'image: the tag "latest" moves without the alias noticing; pass a digest (sha256:...) or an immutable tag'],
  ['', 'image: a digest (sha256: and 64 hexadecimal digits) or a tag is required, got ""'],
  ['sha256:12', 'image: a digest (sha256: and 64 hexadecimal digits) or a tag is required, got "sha256:12"'],
  ['a'.repeat(129), expect.stringContaining('or a tag is required')],
  [
    `123456789012.dkr.ecr.eu-west-1.amazonaws.com/models@${DIGEST}`,
    `image: only the digest or the tag is wanted, got the whole "123456789012.dkr.ecr.eu-west-1.amazonaws.com/models@${DIGEST}"; pass "${DIGEST}"`,
  ],
  [`models@${DIGEST}`, `image: only the digest or the tag is wanted, got the whole "models@${DIGEST}"; pass "${DIGEST}"`],
  [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/models:v1',
    'image: only the digest or the tag is wanted, got the whole "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/models:v1"; pass "v1"',
  ],
])('%j is refused', (reference, message) => {
  expect(check(reference).problems).toEqual([message]);
});

const HERE = { account: '111122223333', region: 'eu-west-1' };

test('a repository of another Region is refused', () => {
  expect(check('v1', 'arn:aws:ecr:us-east-1:111122223333:repository/models', HERE)).toEqual({
    problems: ['image: the repository is in us-east-1, but a function takes images of its own Region, eu-west-1; replicate the repository'],
    warnings: [],
  });
});

test('a repository of another account is a warning that says what its policy has to allow', () => {
  expect(check('v1', 'arn:aws:ecr:eu-west-1:444455556666:repository/models', HERE)).toEqual({
    problems: [],
    warnings: [
      {
        id: 'serverless-ai:inference.image-account',
        message: expect.stringContaining(
          'the repository is in account 444455556666: its policy has to let lambda.amazonaws.com and account 111122223333 pull',
        ),
      },
    ],
  });
});

test('what only a deployment knows is not judged', () => {
  expect(check('v1', 'arn:aws:ecr:us-east-1:444455556666:repository/models')).toEqual({ problems: [], warnings: [] });
});
