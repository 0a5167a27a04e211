import type { Kind } from './identity';
import { ACCOUNT, arn, PARTITION, token, uuid } from './physical-name';

/** Lambda, Step Functions, IAM, ECS. */
export const COMPUTE_KINDS: Readonly<Record<string, Kind>> = {
  'AWS::Lambda::Function': (context) => named(context.nameFrom('FunctionName'), (name) => arn('lambda', `function:${name}`)),
  'AWS::Lambda::Version': (context) => {
    const version = String(context.ordinalBy('FunctionName'));
    const own = `${functionArn(context.required('FunctionName'))}:${version}`;
    return { name: version, arn: own, ref: own, attributes: { Version: version, FunctionArn: own } };
  },
  'AWS::Lambda::Alias': (context) => {
    const name = context.required('Name');
    const own = `${functionArn(context.required('FunctionName'))}:${name}`;
    return { name, arn: own, ref: own, attributes: { AliasArn: own } };
  },
  'AWS::Lambda::Url': (context) => {
    const target = functionArn(context.required('TargetFunctionArn'));
    const host = `${token(`${context.stackName}/${context.logicalId}`, 32, 'hex')}.lambda-url.us-east-1.on.aws`;
    const url = `${context.endpoint() ?? `https://${host}`}/`;
    return { name: context.logicalId, arn: target, ref: target, attributes: { FunctionArn: target, FunctionUrl: url } };
  },
  'AWS::Lambda::LayerVersion': (context) => {
    const own = arn('lambda', `layer:${context.nameFrom('LayerName')}:1`);
    return { name: context.nameFrom('LayerName'), arn: own, ref: own, attributes: { LayerVersionArn: own } };
  },
  'AWS::Lambda::EventSourceMapping': ({ stackName, logicalId }) => {
    const id = uuid(`${stackName}/${logicalId}`);
    const own = arn('lambda', `event-source-mapping:${id}`);
    return { name: id, arn: own, ref: id, attributes: { Id: id, EventSourceMappingArn: own } };
  },
  'AWS::StepFunctions::StateMachine': (context) => {
    const name = context.nameFrom('StateMachineName');
    const own = arn('states', `stateMachine:${name}`);
    return { name, arn: own, ref: own, attributes: { Arn: own, Name: name, StateMachineRevisionId: uuid(own) } };
  },
  'AWS::StepFunctions::StateMachineVersion': (context) => {
    const own = `${context.required('StateMachineArn')}:${context.ordinalBy('StateMachineArn')}`;
    return { name: own.slice(own.lastIndexOf(':') + 1), arn: own, ref: own, attributes: { Arn: own } };
  },
  'AWS::StepFunctions::StateMachineAlias': (context) => {
    const name = context.nameFrom('Name');
    // The alias names its versions; their ARN less the number is the machine's.
    const routes = context.property('RoutingConfiguration') as { StateMachineVersionArn: string }[] | undefined;
    const preference = context.property('DeploymentPreference') as { StateMachineVersionArn: string } | undefined;
    const version = routes?.[0]?.StateMachineVersionArn ?? preference?.StateMachineVersionArn ?? context.required('RoutingConfiguration');
    const own = `${version.replace(/:\d+$/, '')}:${name}`;
    return { name, arn: own, ref: own, attributes: { Arn: own } };
  },
  'AWS::StepFunctions::Activity': (context) => {
    const name = context.nameFrom('Name');
    const own = arn('states', `activity:${name}`);
    return { name, arn: own, ref: own, attributes: { Arn: own, Name: name } };
  },
  'AWS::IAM::Role': (context) => {
    const name = context.nameFrom('RoleName');
    const path = String(context.property('Path') ?? '/');
    const own = arn('iam', `role${path}${name}`, { region: '' });
    return { name, arn: own, ref: name, attributes: { Arn: own, RoleId: `AROA${token(name, 16)}` } };
  },
  'AWS::IAM::ManagedPolicy': (context) => {
    const own = arn('iam', `policy/${context.nameFrom('ManagedPolicyName')}`, { region: '' });
    return { name: context.nameFrom('ManagedPolicyName'), arn: own, ref: own, attributes: { PolicyArn: own } };
  },
  'AWS::IAM::User': (context) => named(context.nameFrom('UserName'), (name) => arn('iam', `user/${name}`, { region: '' })),
  'AWS::IAM::Group': (context) => named(context.nameFrom('GroupName'), (name) => arn('iam', `group/${name}`, { region: '' })),
  'AWS::IAM::InstanceProfile': (context) =>
    named(context.nameFrom('InstanceProfileName'), (name) => arn('iam', `instance-profile/${name}`, { region: '' })),
  'AWS::ECS::Cluster': (context) => named(context.nameFrom('ClusterName'), (name) => arn('ecs', `cluster/${name}`)),
  'AWS::ECS::Service': (context) => {
    const name = context.nameFrom('ServiceName');
    const cluster = String(context.property('Cluster') ?? 'default').replace(/^.*\//, '');
    const own = arn('ecs', `service/${cluster}/${name}`);
    return { name, arn: own, ref: own, attributes: { Name: name, ServiceArn: own } };
  },
  'AWS::ECS::TaskDefinition': (context) => {
    const family = context.nameFrom('Family');
    const own = arn('ecs', `task-definition/${family}:1`);
    return { name: family, arn: own, ref: own, attributes: { TaskDefinitionArn: own } };
  },
  'AWS::ECR::Repository': (context) => {
    const name = context.nameFrom('RepositoryName');
    const own = arn('ecr', `repository/${name}`);
    return { name, arn: own, ref: name, attributes: { Arn: own, RepositoryUri: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${name}` } };
  },
};

function named(name: string, arnOf: (name: string) => string) {
  const own = arnOf(name);
  return { name, arn: own, ref: name, attributes: { Arn: own } };
}

/** A function is referred to by name or by ARN. */
export function functionArn(nameOrArn: string): string {
  return nameOrArn.startsWith(`arn:${PARTITION}:`) ? nameOrArn : arn('lambda', `function:${nameOrArn}`);
}
