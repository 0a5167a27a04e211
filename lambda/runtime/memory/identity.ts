/** Who calls, as the service in front of the function vouches for it. */
export interface Identity {
  readonly userId: string;
  /** Claim `tenant` or `custom:tenant`, or what an authorizer function put into its context as `tenant`. */
  readonly tenant?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The authenticated caller of an API Gateway or function URL event, or undefined when nobody was authenticated.
 * Reads the request context alone, which the service writes: body, headers and query are the caller's own words.
 *
 * Behind a Cognito identity pool it is the pool's identity, because all of its users share one role session name.
 * With other assumed roles it is the session's ARN; whoever may assume the role chooses the session name.
 */
export function identityOf(event: unknown): Identity | undefined {
  const context = fields(fields(event)['requestContext']);
  const authorizer = fields(context['authorizer']);

  const claims = [fields(fields(authorizer['jwt'])['claims']), fields(authorizer['claims'])].find((found) => text(found['sub']));
  if (claims) return identity(text(claims['sub']), claims);

  const iam = fields(authorizer['iam']);
  const caller = text(fields(iam['cognitoIdentity'])['identityId']) ?? text(fields(iam['cognitoIdentity'])['id']) ?? text(iam['userArn']);
  if (caller) return identity(caller, {});

  const custom = fields(authorizer['lambda']);
  const vouched = text(custom['userId']) ?? text(custom['principalId']) ?? text(custom['sub']) ?? text(authorizer['principalId']);
  if (vouched) return identity(vouched, { ...authorizer, ...custom });

  const rest = fields(context['identity']);
  return identity(text(rest['cognitoIdentityId']) ?? text(rest['userArn']), {});
}

function identity(userId: string | undefined, vouched: Fields): Identity | undefined {
  if (userId === undefined) return undefined;
  const tenant = text(vouched['tenant']) ?? text(vouched['custom:tenant']);
  return tenant === undefined ? { userId } : { userId, tenant };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
