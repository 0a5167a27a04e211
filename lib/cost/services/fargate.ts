import { FARGATE_EPHEMERAL_STORAGE } from '../../quotas/fargate-quotas';
import { type DraftLine, product, type UsageContext } from '../draft-line';
import { gib, seconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo } from '../rounding';
import { choice, duration, flag, number, REQUIRED, type Service, size } from '../service';
import { FargatePlatform, type FargateUsage } from '../usage/container-usages';

const HOUR = 3600;
const WINDOWS = FargatePlatform.WINDOWS_X86_64;

function billedSeconds({ duration: time, platform }: FargateUsage, monthHours: number): number {
  if (time === undefined) return monthHours * HOUR;
  const { minimumS, windowsMinimumS } = BILLING.fargate;
  return Math.max(ceilTo(seconds(time), 1), platform === WINDOWS ? windowsMinimumS : minimumS);
}

/** https://aws.amazon.com/fargate/pricing/ */
export const FARGATE: Service<FargateUsage> = {
  name: 'fargate',
  fields: {
    tasks: number(REQUIRED),
    duration: duration(),
    vCpus: number({ ...REQUIRED, max: 32 }),
    memory: size(REQUIRED),
    platform: choice(Object.values(FargatePlatform)),
    ephemeralStorage: size({ min: FARGATE_EPHEMERAL_STORAGE.min! * 1024, max: FARGATE_EPHEMERAL_STORAGE.max! * 1024 }),
    spot: flag(),
  },
  problems: ({ platform, spot }) => (platform === WINDOWS && spot ? ['fargate.spot is for Linux only; leave it out for Windows'] : []),
  lines(usage: FargateUsage, { monthHours }: UsageContext): DraftLine[] {
    const { tasks, vCpus, platform = FargatePlatform.LINUX_X86_64, spot = false, ephemeralStorage } = usage;
    const each = billedSeconds(usage, monthHours);
    const prefix = spot ? 'fargate-spot' : `fargate.${platform}`;
    const idle = usage.duration === undefined;
    const line = (what: string, amount: number, unit: string, price: string): DraftLine =>
      product(
        `Fargate ${what} (${platform}${spot ? ', Spot' : ''})`,
        price,
        [
          [tasks, 'tasks'],
          [each, 's'],
          [amount, unit],
        ],
        { idle },
      );
    const disk = ephemeralStorage === undefined ? 0 : Math.max(0, gib(ephemeralStorage) - BILLING.fargate.freeDiskGib);
    return [
      line('vCPU', vCpus, 'vCPU', `${prefix}.vcpu`),
      line('memory', gib(usage.memory), 'GB', `${prefix}.memory`),
      ...(platform === WINDOWS ? [line('Windows licence', vCpus, 'vCPU', `${prefix}.os`)] : []),
      ...(disk > 0 ? [line('ephemeral storage', disk, 'GB above 20 GB', 'fargate.ephemeral-storage')] : []),
    ];
  },
};
