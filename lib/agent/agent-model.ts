import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import type { PrivateEndpoint } from '../network/private-endpoint';
import { foundationModelArns, inferenceProfileArn, isModelId, modelStatement } from './bedrock-arns';
import { grantedRegions, isGlobalProfile, isProfileId, modelOfProfile, PROFILE_PREFIXES } from './inference-profile-regions';

const BEDROCK_RUNTIME: PrivateEndpoint = { serviceName: 'bedrock-runtime' };
const SECRETS_MANAGER: PrivateEndpoint = { serviceName: 'secretsmanager' };

export interface InferenceProfileOptions {
  /**
   * Regions to which the profile routes.
   *
   * @default - every Region of the profile's geography that Bedrock documents
   */
  readonly destinationRegions?: string[];
}

export interface EndpointModelOptions {
  /**
   * Name of the model at that endpoint, handed to the handler as `MODEL_ID`.
   *
   * @default - none, the environment of the function states it
   */
  readonly modelId?: string;

  /**
   * Whether the host is reachable inside the function's VPC, so that no route to the internet is needed.
   *
   * @default false
   */
  readonly insideVpc?: boolean;
}

/** A model that an agent calls: what it is granted, and which variables tell the handler about it. */
export abstract class AgentModel {
  /**
   * A foundation model in the stack's own Region, or the ARN of a provisioned or custom model.
   *
   * @param modelId `amazon.nova-lite-v1:0`, or an ARN
   */
  static bedrock(modelId: string): AgentModel {
    return new FoundationModel(modelId);
  }

  /**
   * A cross-Region inference profile that AWS defines. The grant names the profile, and the foundation model in each destination Region
   * for calls through this profile only: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
   *
   * @param profileId `us.amazon.nova-lite-v1:0`, `eu. ...`, `global. ...`
   */
  static inferenceProfile(profileId: string, options: InferenceProfileOptions = {}): AgentModel {
    return new InferenceProfile(profileId, options.destinationRegions);
  }

  /**
   * An inference profile of your own, for cost allocation.
   *
   * @param profileArn ARN of the application inference profile
   * @param underlying the model or profile that it was made from
   */
  static applicationInferenceProfile(profileArn: string, underlying: AgentModel): AgentModel {
    return new ApplicationInferenceProfile(profileArn, underlying);
  }

  /**
   * A model of another provider, reached over HTTPS.
   *
   * @param url address of the API
   * @param secret secret that holds the key; the handler reads it at run time
   */
  static endpoint(url: string, secret: secretsmanager.ISecret, options: EndpointModelOptions = {}): AgentModel {
    return new EndpointModel(url, secret, options);
  }

  /**
   * What cannot work.
   * @internal
   */
  abstract _problems(): string[];

  /**
   * Variables for the handler.
   * @internal
   */
  abstract _variables(): Record<string, string>;

  /**
   * Statements for the caller's role; `through` is the profile by which the call arrives.
   * @internal
   */
  abstract _statements(caller: IConstruct, through?: string): iam.PolicyStatement[];

  /** @internal grants that are not statements of our own */
  _grant(_caller: iam.IGrantable): void {}

  /**
   * Services that a caller without a route to the internet must reach by endpoint.
   * @internal
   */
  abstract readonly _endpoints: readonly PrivateEndpoint[];

  /**
   * Address on the internet that the caller reaches.
   * @internal
   */
  readonly _internetUrl?: string;
}

class FoundationModel extends AgentModel {
  override readonly _endpoints = [BEDROCK_RUNTIME];

  constructor(private readonly modelId: string) {
    super();
  }

  override _problems(): string[] {
    if (Token.isUnresolved(this.modelId) || this.modelId.startsWith('arn:')) return [];
    if (isProfileId(this.modelId)) {
      return [`models: ${this.modelId} is an inference profile; use AgentModel.inferenceProfile('${this.modelId}')`];
    }
    return isModelId(this.modelId) ? [] : [`models: a model id looks like amazon.nova-lite-v1:0, got ${JSON.stringify(this.modelId)}`];
  }

  override _variables(): Record<string, string> {
    return { [Env.modelId]: this.modelId };
  }

  override _statements(caller: IConstruct, through?: string): iam.PolicyStatement[] {
    const stack = Stack.of(caller);
    const isArn = !Token.isUnresolved(this.modelId) && this.modelId.startsWith('arn:');
    return [modelStatement(isArn ? [this.modelId] : foundationModelArns(stack, this.modelId, [stack.region]), through)];
  }
}

class InferenceProfile extends AgentModel {
  override readonly _endpoints = [BEDROCK_RUNTIME];

  constructor(
    private readonly profileId: string,
    private readonly destinationRegions?: string[],
  ) {
    super();
  }

  override _problems(): string[] {
    const problems: string[] = [];
    if (Token.isUnresolved(this.profileId)) {
      problems.push('models: an inference profile id must be known at synth, got a token; its foundation model is part of the grant');
    } else if (!isProfileId(this.profileId)) {
      const known = PROFILE_PREFIXES.join(', ');
      problems.push(`models: an inference profile id begins with one of ${known} and a dot, got ${JSON.stringify(this.profileId)}`);
    }
    if (this.destinationRegions?.length === 0) problems.push('models: destinationRegions must hold at least one Region, got none');
    return problems;
  }

  override _variables(): Record<string, string> {
    return { [Env.modelId]: this.profileId };
  }

  override _statements(caller: IConstruct, through?: string): iam.PolicyStatement[] {
    const stack = Stack.of(caller);
    const profileArn = inferenceProfileArn(stack, this.profileId);
    const models = foundationModelArns(stack, modelOfProfile(this.profileId), this.destinations(stack));
    return [modelStatement([profileArn], through), modelStatement(models, through ?? profileArn)];
  }

  private destinations(stack: Stack): readonly string[] {
    if (isGlobalProfile(this.profileId)) return [...(this.destinationRegions ?? [stack.region]), ''];
    if (this.destinationRegions) return this.destinationRegions;
    return Token.isUnresolved(stack.region) ? ['*'] : grantedRegions(this.profileId, stack.region);
  }
}

class ApplicationInferenceProfile extends AgentModel {
  override readonly _endpoints = [BEDROCK_RUNTIME];

  constructor(
    private readonly profileArn: string,
    private readonly underlying: AgentModel,
  ) {
    super();
  }

  override _problems(): string[] {
    const isArn =
      Token.isUnresolved(this.profileArn) || /^arn:[^:]+:bedrock:[^:]+:\d+:application-inference-profile\/.+/.test(this.profileArn);
    return [
      ...(isArn ? [] : [`models: an application inference profile is named by its ARN, got ${JSON.stringify(this.profileArn)}`]),
      ...(this.underlying instanceof EndpointModel
        ? ['models: an application inference profile is made from a Bedrock model or profile']
        : []),
      ...this.underlying._problems(),
    ];
  }

  override _variables(): Record<string, string> {
    return { [Env.modelId]: this.profileArn };
  }

  override _statements(caller: IConstruct): iam.PolicyStatement[] {
    return [modelStatement([this.profileArn]), ...this.underlying._statements(caller, this.profileArn)];
  }
}

class EndpointModel extends AgentModel {
  override readonly _endpoints = [SECRETS_MANAGER];
  override readonly _internetUrl?: string;

  constructor(
    private readonly url: string,
    private readonly secret: secretsmanager.ISecret,
    private readonly options: EndpointModelOptions,
  ) {
    super();
    this._internetUrl = options.insideVpc ? undefined : url;
  }

  override _problems(): string[] {
    if (Token.isUnresolved(this.url)) return [];
    const protocol = URL.canParse(this.url) ? new URL(this.url).protocol : undefined;
    return protocol === 'https:' ? [] : [`models: an endpoint is an https URL, got ${JSON.stringify(this.url)}`];
  }

  override _variables(): Record<string, string> {
    const { modelId } = this.options;
    return {
      [Env.modelEndpoint]: this.url,
      [Env.modelSecretArn]: this.secret.secretArn,
      ...(modelId === undefined ? {} : { [Env.modelId]: modelId }),
    };
  }

  override _statements(): iam.PolicyStatement[] {
    return [];
  }

  override _grant(caller: iam.IGrantable): void {
    this.secret.grantRead(caller);
  }
}
