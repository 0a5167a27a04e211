import type { CfnRuntime } from 'aws-cdk-lib/aws-bedrockagentcore';
import { Token } from 'aws-cdk-lib/core';

/** Which tokens an AgentCore runtime accepts. */
export interface AgentTokenOptions {
  /**
   * Client ids that may call.
   * @default - any
   */
  readonly allowedClients?: string[];
  /**
   * Audiences of the tokens.
   * @default - any
   */
  readonly allowedAudiences?: string[];
  /**
   * Scopes of which a token needs one.
   * @default - any
   */
  readonly allowedScopes?: string[];
}

const DISCOVERY_URL = /^https:\/\/\S+\/\.well-known\/openid-configuration$/;

/**
 * Who may call an AgentCore runtime.
 * Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export abstract class AgentAuthorizer {
  /** Callers sign with SigV4 and need `bedrock-agentcore:InvokeAgentRuntime`, which `grantInvoke` gives. */
  public static iam(): AgentAuthorizer {
    return new IamAuthorizer();
  }

  /**
   * Callers bring a token of an OpenID provider.
   *
   * @param discoveryUrl ends with `/.well-known/openid-configuration`
   */
  public static jwt(discoveryUrl: string, options: AgentTokenOptions = {}): AgentAuthorizer {
    return new JwtAuthorizer(discoveryUrl, options);
  }

  /** @internal */
  public abstract readonly _problems: readonly string[];

  /** @internal */
  public abstract _configuration(): CfnRuntime.AuthorizerConfigurationProperty | undefined;
}

class IamAuthorizer extends AgentAuthorizer {
  override readonly _problems = [];

  override _configuration(): undefined {
    return undefined;
  }
}

class JwtAuthorizer extends AgentAuthorizer {
  override readonly _problems: readonly string[];

  constructor(
    private readonly discoveryUrl: string,
    private readonly options: AgentTokenOptions,
  ) {
    super();
    const { allowedClients = [], allowedAudiences = [], allowedScopes = [] } = options;
    this._problems = [
      ...(Token.isUnresolved(discoveryUrl) || DISCOVERY_URL.test(discoveryUrl)
        ? []
        : [`authorizer: discoveryUrl must be https and end with /.well-known/openid-configuration, got ${JSON.stringify(discoveryUrl)}`]),
      ...([...allowedClients, ...allowedAudiences, ...allowedScopes].length > 0
        ? []
        : ['authorizer: every token of the provider would be accepted; state allowedClients, allowedAudiences or allowedScopes']),
    ];
  }

  override _configuration(): CfnRuntime.AuthorizerConfigurationProperty {
    const { allowedClients, allowedAudiences, allowedScopes } = this.options;
    return {
      customJwtAuthorizer: { discoveryUrl: this.discoveryUrl, allowedClients, allowedAudience: allowedAudiences, allowedScopes },
    };
  }
}
