import { CfnRuntime } from 'aws-cdk-lib/aws-bedrockagentcore';
import { Connections, type IConnectable, type ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, type IGrantable, type IPrincipal, type Role } from 'aws-cdk-lib/aws-iam';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { type Duration, Names, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AGENTCORE_IDLE, AGENTCORE_IMAGE_SIZE, AGENTCORE_SESSION } from '../quotas/agentcore-quotas';
import { checkQuota, type Findings, noFindings, seconds } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import { AgentAuthorizer } from './agent-authorizer';
import { agentRuntimeRole } from './agent-runtime-role';
import type { ImageHome } from './image-home';
import type { InferenceAgentRuntimeProps } from './inference-agent-runtime-props';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;
const LONGEST_NAME = 48;
const MEBIBYTES_PER_GIGABYTE = 1_024;

/**
 * The image of an inference function as an AgentCore runtime: a microVM per session, called by `InvokeAgentRuntime`. Made by
 * `ContainerInferenceFunction.asAgentRuntime`. Costs CPU and memory while a session works, nothing without sessions.
 */
export class InferenceAgentRuntime extends Construct implements IGrantable, IConnectable {
  public readonly runtime: CfnRuntime;
  /** Execution role; grants go here. */
  public readonly role: Role;
  public readonly runtimeArn: string;
  public readonly runtimeName: string;
  public readonly grantPrincipal: IPrincipal;
  /** The sessions' security groups; there are some only in a VPC. */
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, props: InferenceAgentRuntimeProps) {
    super(scope, id);
    const home = props.inference._home(this);
    failOn(this, 'InferenceAgentRuntime.InvalidProps', checkRuntime(home, props).problems);

    this.runtimeName =
      props.runtimeName ?? Names.uniqueResourceName(this, { maxLength: LONGEST_NAME, separator: '_', allowedSpecialCharacters: '_' });
    this.role = agentRuntimeRole(this, 'Role', this.runtimeName, home.artifact.repository);
    this.grantPrincipal = this.role;
    home.model?._grantRead(this.role);
    const securityGroups = this.securityGroupsOf(props);
    this.connections = new Connections({ securityGroups });
    this.runtime = this.createRuntime(home, props, securityGroups);
    this.runtime.node.addDependency(this.role);
    this.runtimeArn = this.runtime.attrAgentRuntimeArn;
  }

  /** Lets somebody call the runtime, on any of its endpoints. */
  public grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['bedrock-agentcore:InvokeAgentRuntime'],
      resourceArns: [this.runtimeArn, `${this.runtimeArn}/*`],
    });
  }

  private createRuntime({ artifact, model }: ImageHome, props: InferenceAgentRuntimeProps, securityGroups: ISecurityGroup[]): CfnRuntime {
    const environment = { ...model?._environment(), ...props.environment };
    return new CfnRuntime(this, 'Resource', {
      agentRuntimeName: this.runtimeName,
      agentRuntimeArtifact: { containerConfiguration: { containerUri: artifact.uri } },
      roleArn: this.role.roleArn,
      protocolConfiguration: 'HTTP',
      networkConfiguration: networkOf(props, securityGroups),
      authorizerConfiguration: (props.authorizer ?? AgentAuthorizer.iam())._configuration(),
      environmentVariables: Object.keys(environment).length > 0 ? environment : undefined,
      lifecycleConfiguration: lifecycleOf(props.idleTimeout, props.maxLifetime),
      description: props.description,
    });
  }

  private securityGroupsOf({ vpc, securityGroups }: InferenceAgentRuntimeProps): ISecurityGroup[] {
    if (vpc === undefined) return [];
    return securityGroups ?? [new SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Sessions of an AgentCore runtime' })];
  }
}

function networkOf({ vpc, vpcSubnets }: InferenceAgentRuntimeProps, groups: ISecurityGroup[]): CfnRuntime.NetworkConfigurationProperty {
  if (vpc === undefined) return { networkMode: 'PUBLIC' };
  const { subnetIds } = vpc.selectSubnets(vpcSubnets);
  return {
    networkMode: 'VPC',
    networkModeConfig: { subnets: subnetIds, securityGroups: groups.map(({ securityGroupId }) => securityGroupId) },
  };
}

function lifecycleOf(idleTimeout?: Duration, maxLifetime?: Duration): CfnRuntime.LifecycleConfigurationProperty | undefined {
  if (idleTimeout === undefined && maxLifetime === undefined) return undefined;
  return { idleRuntimeSessionTimeout: idleTimeout?.toSeconds(), maxLifetime: maxLifetime?.toSeconds() };
}

function checkRuntime({ image, architecture, imageMebibytes }: ImageHome, props: InferenceAgentRuntimeProps): Findings {
  const findings = noFindings();
  if (architecture.name !== Architecture.ARM_64.name) {
    findings.problems.push(`AgentCore runs arm64 only, the function and its image are for ${architecture.name}; leave "architecture" out`);
  }
  if (!image._startsAnywhere && props.agentCoreReady !== true) {
    findings.problems.push(
      'the image starts as a function of Lambda; use InferenceImage.generated, or, if it answers HTTP on 0.0.0.0:8080, state agentCoreReady: true',
    );
  }
  const gigabytes = Math.ceil((imageMebibytes / MEBIBYTES_PER_GIGABYTE) * 100) / 100;
  checkQuota(
    findings,
    'image',
    gigabytes,
    AGENTCORE_IMAGE_SIZE,
    'put the model into S3, or run the image as a function or with asFargateTask',
  );
  if (props.runtimeName !== undefined && !Token.isUnresolved(props.runtimeName) && !NAME.test(props.runtimeName)) {
    findings.problems.push(
      `runtimeName must be a letter, then at most 47 letters, digits or underscores, got ${JSON.stringify(props.runtimeName)}`,
    );
  }
  if (props.vpc === undefined && (props.vpcSubnets !== undefined || props.securityGroups !== undefined)) {
    findings.problems.push('vpcSubnets and securityGroups need a vpc; pass vpc, or leave them out');
  }
  checkQuota(findings, 'idleTimeout', seconds(props.idleTimeout), AGENTCORE_IDLE, 'AgentCore allows no other');
  checkQuota(findings, 'maxLifetime', seconds(props.maxLifetime), AGENTCORE_SESSION, 'AgentCore allows no other');
  findings.problems.push(...(props.authorizer?._problems ?? []));
  return findings;
}
