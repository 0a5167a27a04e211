import { Size } from 'aws-cdk-lib/core';
import type { Resource } from '../../../template/resource';
import { booleanOf, MapValue, numberOf, type Value, valueAt } from '../../../template/value';
import { EC2 } from '../../services/ec2';
import { FARGATE } from '../../services/fargate';
import { SAGEMAKER_INSTANCES, SAGEMAKER_SERVERLESS } from '../../services/models';
import { PUBLIC_IPV4 } from '../../services/network';
import { FargatePlatform, type FargateUsage } from '../../usage/container-usages';
import { type Bill, type Biller, IDLE, lineBill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';
import { scaledMinimum } from '../scaled-minimum';
import { tokenBill } from './token-bill';

type TaskSize = Pick<FargateUsage, 'vCpus' | 'memory' | 'platform' | 'ephemeralStorage'>;

/** A CPU of 1,024 units or `1 vCPU`, a memory of MiB or `2 GB`. */
function amountOf(value: Value | undefined, unit: RegExp): number | undefined {
  const plain = numberOf(value);
  if (plain !== undefined) return plain / 1024;
  const [, amount] = (typeof value === 'string' && unit.exec(value)) || [];
  return amount === undefined ? undefined : Number(amount);
}

function taskSizeOf(task: Resource): TaskSize | undefined {
  const vCpus = amountOf(task.get('Cpu'), /^([\d.]+)\s*vcpus?$/i);
  const memory = amountOf(task.get('Memory'), /^([\d.]+)\s*gb$/i);
  if (vCpus === undefined || memory === undefined) return undefined;
  const windows = task.text('RuntimePlatform', 'OperatingSystemFamily')?.startsWith('WINDOWS') === true;
  const arm = task.text('RuntimePlatform', 'CpuArchitecture') === 'ARM64';
  const storage = task.number('EphemeralStorage', 'SizeInGiB');
  return {
    vCpus,
    memory: Size.gibibytes(memory),
    platform: windows ? FargatePlatform.WINDOWS_X86_64 : arm ? FargatePlatform.LINUX_ARM64 : FargatePlatform.LINUX_X86_64,
    ...(storage !== undefined && { ephemeralStorage: Size.gibibytes(storage) }),
  };
}

/** On which capacity a service runs: Fargate, Fargate Spot, or instances that are billed as what they are. */
function capacityOf(service: Resource): 'fargate' | 'spot' | 'instances' {
  const providers = service.list('CapacityProviderStrategy').map((entry) => valueAt(entry, ['CapacityProvider']));
  if (providers.includes('FARGATE')) return 'fargate';
  if (providers.includes('FARGATE_SPOT')) return 'spot';
  return service.text('LaunchType') === 'FARGATE' ? 'fargate' : 'instances';
}

/** A service that says nothing of it runs one task. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const serviceTasksBill: Biller = (service, month) => {
  const capacity = capacityOf(service);
  if (capacity === 'instances') return NOTHING;
  const task = service.referent('TaskDefinition');
  const size = task && taskSizeOf(task);
  const due = scaledMinimum(month.graph, service, /DesiredCount$/) ?? service.numberOr(1, 'DesiredCount');
  const { running = due } = month.load(service);
  if (size === undefined || due === undefined || running === undefined)
    return noted(`the tasks of ${labelOf(service)} are not counted: their size or number is not known`);
  const least = Math.min(due, running);
  const tasks = (count: number, idle: boolean): Bill => {
    if (count === 0) return NOTHING;
    const open = service.text('NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp') === 'ENABLED';
    return together(
      serviceBill(FARGATE, service, { ...size, tasks: count, spot: capacity === 'spot' }, month, { idle }),
      open ? serviceBill(PUBLIC_IPV4, service, { addresses: count }, month, { idle }) : NOTHING,
    );
  };
  return together(tasks(least, true), tasks(running - least, false), tokenBill(service, month));
};

/** Tasks that schedules and state machines run. */
const taskBill: Biller = (task, month) => {
  const { scheduled, loaded } = month.flow(task);
  if (scheduled + loaded === 0) return NOTHING;
  const size = taskSizeOf(task);
  const { duration, scheduledDuration = duration } = month.load(task);
  if (size === undefined) return noted(`runs of ${labelOf(task)} are not counted: the size of the task is not known`);
  const runs = (tasks: number, time: typeof duration, idle: boolean): Bill => {
    if (tasks === 0) return NOTHING;
    if (time === undefined) return noted(`${tasks} runs of ${labelOf(task)} are not counted: their duration is not stated`);
    return serviceBill(FARGATE, task, { ...size, tasks, duration: time }, month, { idle });
  };
  return together(runs(scheduled, scheduledDuration, true), runs(loaded, duration, false), tokenBill(task, month));
};

/** The disks that a template states for an instance. */
function disksBill(resource: Resource, disks: readonly Value[], instances: number): Bill {
  return together(
    ...disks.map((disk) => {
      const type = valueAt(disk, ['Ebs', 'VolumeType']);
      const size = numberOf(valueAt(disk, ['Ebs', 'VolumeSize']));
      if (valueAt(disk, ['Ebs']) === undefined) return NOTHING;
      if (size === undefined) return noted(`not priced: a volume of ${labelOf(resource)}, whose size its image decides`);
      return lineBill(
        resource,
        'EBS volume',
        `ebs.${typeof type === 'string' ? type : 'gp2'}`,
        [
          [instances, 'volumes'],
          [size, 'GB-months'],
        ],
        IDLE,
      );
    }),
  );
}

const instanceBill: Biller = (instance, month) => {
  const instanceType = instance.text('InstanceType');
  if (instanceType === undefined) return noted(`not priced: ${labelOf(instance)}, an instance whose type is not known`);
  return together(
    serviceBill(EC2, instance, { instanceType, instances: 1 }, month),
    hasAddress(instance) ? serviceBill(PUBLIC_IPV4, instance, { addresses: 1 }, month) : NOTHING,
    disksBill(instance, instance.list('BlockDeviceMappings'), 1),
  );
};

/** A public address comes with the interface that asks for it, or with the subnet that gives one to all. */
function hasAddress(instance: Resource): boolean {
  const asked = instance.list('NetworkInterfaces').map((one) => booleanOf(valueAt(one, ['AssociatePublicIpAddress'])));
  if (asked.some((one) => one !== undefined)) return asked.includes(true);
  return instance.referent('SubnetId')?.boolean('MapPublicIpOnLaunch') === true;
}

const volumeBill: Biller = (volume) => {
  const size = volume.number('Size');
  if (size === undefined) return noted(`not priced: ${labelOf(volume)}, a volume whose size is not known`);
  return lineBill(volume, 'EBS volume', `ebs.${volume.text('VolumeType') ?? 'gp2'}`, [[size, 'GB-months']], IDLE);
};

/** The desired or least number of instances of the type that the launch template states. */
const groupBill: Biller = (group, month) => {
  const template = group.references('LaunchTemplate')[0] ?? group.referent('LaunchConfigurationName');
  const data = template?.type === 'AWS::EC2::LaunchTemplate' ? template.get('LaunchTemplateData') : template?.get();
  const stated = data instanceof MapValue ? data.get('InstanceType') : undefined;
  const { instanceType = typeof stated === 'string' ? stated : undefined, running } = month.load(group);
  const due = group.number('DesiredCapacity') ?? group.number('MinSize');
  if (instanceType === undefined || due === undefined) return noted(`not priced: ${labelOf(group)}, a group whose instances are not known`);
  const least = Math.min(due, running ?? due);
  const more = (running ?? due) - least;
  return together(
    least === 0 ? NOTHING : serviceBill(EC2, group, { instanceType, instances: least }, month),
    more === 0 ? NOTHING : serviceBill(EC2, group, { instanceType, instances: more }, month, { idle: false }),
  );
};

const endpointBill: Biller = (endpoint, month) => {
  const config = endpoint.referent('EndpointConfigName');
  const variants = config?.list('ProductionVariants') ?? [];
  if (variants.length === 0) return noted(`not priced: ${labelOf(endpoint)}, an endpoint whose configuration is not known`);
  return together(...variants.map((variant) => variantBill(endpoint, variant, month)));
};

function variantBill(endpoint: Resource, variant: Value, month: Month): Bill {
  const { requestsPerMonth = 0, duration, gigabytes = 0, running } = month.load(endpoint);
  const memory = numberOf(valueAt(variant, ['ServerlessConfig', 'MemorySizeInMB']));
  if (memory !== undefined) {
    if (requestsPerMonth === 0) return NOTHING;
    if (duration === undefined) return noted(`the calls of ${labelOf(endpoint)} are not counted: their duration is not stated`);
    return serviceBill(
      SAGEMAKER_SERVERLESS,
      endpoint,
      { requests: requestsPerMonth, duration, memory: Size.mebibytes(memory), gigabytes },
      month,
    );
  }
  const instanceType = valueAt(variant, ['InstanceType']);
  const due = scaledMinimum(month.graph, endpoint, /DesiredInstanceCount$/) ?? numberOf(valueAt(variant, ['InitialInstanceCount']));
  if (typeof instanceType !== 'string' || due === undefined)
    return noted(`not priced: ${labelOf(endpoint)}, an endpoint whose instances are not known`);
  const least = Math.min(due, running ?? due);
  const more = (running ?? due) - least;
  return together(
    serviceBill(SAGEMAKER_INSTANCES, endpoint, { instanceType, instances: least, gigabytes }, month),
    more === 0 ? NOTHING : serviceBill(SAGEMAKER_INSTANCES, endpoint, { instanceType, instances: more }, month, { idle: false }),
  );
}

const clusterBill: Biller = (cluster) => {
  const insights = cluster.list('ClusterSettings').some((setting) => /^enhanced$|^enabled$/.test(String(valueAt(setting, ['Value']))));
  return insights ? noted(`the metrics of Container Insights of ${labelOf(cluster)} are not counted`) : NOTHING;
};

export const CONTAINER_BILLS: Readonly<Record<string, Biller>> = {
  'AWS::ECS::Cluster': clusterBill,
  'AWS::ECS::Service': serviceTasksBill,
  'AWS::ECS::TaskDefinition': taskBill,
  'AWS::EC2::Instance': instanceBill,
  'AWS::EC2::Volume': volumeBill,
  'AWS::AutoScaling::AutoScalingGroup': groupBill,
  'AWS::SageMaker::Endpoint': endpointBill,
};
