import type { DraftLine } from '../draft-line';
import { gib, seconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo, count } from '../rounding';
import { choice, duration, number, REQUIRED, type Service, share, size } from '../service';
import { type AgentCoreUsage, AgentCoreVersion } from '../usage/container-usages';

const HOUR = 3600;

/** https://aws.amazon.com/bedrock/agentcore/pricing/ */
export const AGENTCORE: Service<AgentCoreUsage> = {
  name: 'agentCore',
  fields: {
    sessions: number(REQUIRED),
    duration: duration(REQUIRED),
    vCpus: number(REQUIRED),
    memory: size(REQUIRED),
    activeCpuShare: share(),
    version: choice(Object.values(AgentCoreVersion)),
  },
  lines({ sessions, duration: time, vCpus, memory, activeCpuShare = 1, version = AgentCoreVersion.V1 }: AgentCoreUsage): DraftLine[] {
    const each = ceilTo(seconds(time), BILLING.agentCore.stepS) / HOUR;
    const gigabytes = Math.max(gib(memory), BILLING.agentCore.minimumGib);
    return [
      {
        item: `AgentCore Runtime active vCPU (${version.toUpperCase()})`,
        formula: `${count(sessions)} sessions x ${count(each)} h x ${count(vCpus)} vCPU x ${count(activeCpuShare)} active`,
        quantity: sessions * each * vCpus * activeCpuShare,
        price: `agentcore.${version}.vcpu`,
      },
      {
        item: `AgentCore Runtime memory (${version.toUpperCase()})`,
        formula: `${count(sessions)} sessions x ${count(each)} h x ${count(gigabytes)} GB`,
        quantity: sessions * each * gigabytes,
        price: `agentcore.${version}.memory`,
      },
    ];
  },
};
