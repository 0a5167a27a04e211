import { matchesText } from '../iam/wildcard';

/** What a function decided. */
export interface Decision {
  readonly verdict: 'allowed' | 'denied' | 'explicitly-denied';
  readonly principalId?: string;
  readonly context: Readonly<Record<string, unknown>>;
}

interface PolicyAnswer {
  readonly principalId?: string;
  readonly policyDocument?: { readonly Statement?: unknown };
  readonly context?: Readonly<Record<string, unknown>>;
  readonly isAuthorized?: boolean;
}

interface PolicyStatement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

/**
 * Reads the answer of an authorizer for the method that is called.
 *
 * @throws when the answer is none that API Gateway would take
 */
export function decisionOf(answer: unknown, { simple, methodArn }: { readonly simple: boolean; readonly methodArn: string }): Decision {
  if (typeof answer !== 'object' || answer === null) throw new Error(`it must answer an object, got ${JSON.stringify(answer)}`);
  const { principalId, policyDocument, context = {}, isAuthorized } = answer as PolicyAnswer;
  if (simple) {
    if (typeof isAuthorized !== 'boolean') throw new Error('it must answer isAuthorized');
    return { verdict: isAuthorized ? 'allowed' : 'denied', context };
  }
  if (policyDocument?.Statement === undefined) throw new Error('it must answer a policyDocument with statements');
  return {
    verdict: verdictOf([policyDocument.Statement].flat() as PolicyStatement[], methodArn),
    context,
    ...(principalId !== undefined && { principalId }),
  };
}

function verdictOf(statements: readonly PolicyStatement[], methodArn: string): Decision['verdict'] {
  const applying = statements.filter(({ Action, Resource, Condition }) => {
    if (Condition !== undefined) throw new Error('the local run does not evaluate conditions in the policy of an authorizer');
    const acts = [Action ?? []].flat().some((pattern) => matchesText(pattern, 'execute-api:Invoke', { ignoreCase: true }));
    return acts && [Resource ?? []].flat().some((pattern) => matchesText(pattern, methodArn));
  });
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'explicitly-denied';
  return applying.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'denied';
}
