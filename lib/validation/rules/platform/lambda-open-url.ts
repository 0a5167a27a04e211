import type { Rule } from '../../rule';

/** A function URL that asks nobody who they are. */
export const LAMBDA_OPEN_URL: Rule = {
  id: 'lambda-open-url',
  title: 'Function URL open to all',
  why: 'Whoever finds the address spends the model budget: each call is billed, and nothing but the concurrency of the function bounds them.',
  severity: 'warning',
  fix: 'set AuthType to AWS_IAM (behind CloudFront with origin access control for browsers), or acknowledge it with the reason, such as a signature that the handler checks',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  check: (graph) =>
    graph
      .ofType('AWS::Lambda::Url')
      .filter((url) => url.text('AuthType') === 'NONE')
      .map((url) => ({ resource: url, message: 'AuthType is NONE: anyone who has the address may call the function' })),
};
