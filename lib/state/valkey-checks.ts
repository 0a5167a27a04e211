import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SizeRoundingBehavior, Token } from 'aws-cdk-lib/core';
import { ELASTICACHE_ECPU, ELASTICACHE_LIMITS, ELASTICACHE_SNAPSHOTS, ELASTICACHE_SUBNETS } from '../quotas/elasticache-quotas';
import { checkQuota, type Findings, noFindings } from '../validation/check-quota';
import { checkHistoryBounds } from './history-bounds';
import type { ValkeyChatMemoryProps } from './valkey-chat-memory-props';

/** A serverless cache takes no more; a VPC may have more zones. */
export const MAXIMUM_CACHE_SUBNETS = ELASTICACHE_SUBNETS.max ?? Number.POSITIVE_INFINITY;

export interface CachePlacement {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
}

/** Where the cache goes; the props have passed `problemsOf`. */
export function placementOf(props: ValkeyChatMemoryProps): CachePlacement {
  const placement = statedPlacement(props);
  if (!placement) throw new Error('neither network nor vpc is stated');
  return placement;
}

export function problemsOf(props: ValkeyChatMemoryProps): string[] {
  const findings = noFindings();
  checkHistoryBounds(findings, props);
  checkPlacement(findings, props);
  checkWhole(findings, 'maximumEcpuPerSecond', props.maximumEcpuPerSecond);
  checkQuota(findings, 'maximumEcpuPerSecond', props.maximumEcpuPerSecond, ELASTICACHE_ECPU, 'leave it out for 5000');
  checkWhole(findings, 'snapshotRetention', props.snapshotRetention);
  checkQuota(findings, 'snapshotRetention', props.snapshotRetention, ELASTICACHE_SNAPSHOTS, 'leave it out for none');
  if (props.maximumStorage && !props.maximumStorage.isUnresolved()) {
    const gibibytes = props.maximumStorage.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
    checkWhole(findings, 'maximumStorage', gibibytes);
    checkQuota(findings, 'maximumStorage', gibibytes, ELASTICACHE_LIMITS, 'leave it out for 1 GB');
  }
  return findings.problems;
}

function checkPlacement(findings: Findings, props: ValkeyChatMemoryProps): void {
  if (props.network && props.vpc) findings.problems.push('network and vpc exclude each other; state one of them');
  if (props.network && props.vpcSubnets) {
    findings.problems.push('vpcSubnets belongs to vpc; a network names its isolated subnets itself');
  }
  const placement = statedPlacement(props);
  if (!placement) {
    findings.problems.push('network or vpc must be stated: a cache lives in a VPC; use ChatMemory.dynamoDb without one');
    return;
  }
  const { availabilityZones } = placement.vpc.selectSubnets(placement.subnets);
  checkQuota(
    findings,
    'subnets of the cache',
    Math.min(availabilityZones.length, MAXIMUM_CACHE_SUBNETS),
    ELASTICACHE_SUBNETS,
    'give the network two availability zones',
  );
}

function statedPlacement(props: ValkeyChatMemoryProps): CachePlacement | undefined {
  if (props.network) return { vpc: props.network.vpc, subnets: props.network.isolatedSubnets };
  if (!props.vpc) return undefined;
  return { vpc: props.vpc, subnets: { onePerAz: true, ...(props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }) } };
}

function checkWhole(findings: Findings, prop: string, value: number | undefined): void {
  if (value === undefined || Token.isUnresolved(value) || Number.isInteger(value)) return;
  findings.problems.push(`${prop} must be a whole number, got ${value}`);
}
