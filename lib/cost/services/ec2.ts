import { product } from '../draft-line';
import { duration, number, REQUIRED, type Service, share, text } from '../service';
import type { Ec2Usage } from '../usage/container-usages';
import { discounted } from './discounted';
import { standingHours } from './month-time';

/** https://aws.amazon.com/ec2/pricing/on-demand/ */
export const EC2: Service<Ec2Usage> = {
  name: 'ec2',
  fields: { instanceType: text(true), instances: number(REQUIRED), time: duration(), discount: share() },
  lines({ instanceType, instances, time, discount = 0 }, context) {
    const standing = [[instances, 'instances'], [standingHours(time, context), 'h'], ...discounted(discount)] as const;
    return [product(`EC2 ${instanceType}`, `ec2.${instanceType}`, standing, { idle: time === undefined })];
  },
};
