import { product } from '../draft-line';
import { duration, number, REQUIRED, type Service, text } from '../service';
import type { Ec2Usage } from '../usage/container-usages';
import { standingHours } from './month-time';

/** https://aws.amazon.com/ec2/pricing/on-demand/ */
export const EC2: Service<Ec2Usage> = {
  name: 'ec2',
  fields: { instanceType: text(true), instances: number(REQUIRED), time: duration() },
  lines: ({ instanceType, instances, time }, context) => [
    product(
      `EC2 ${instanceType}`,
      `ec2.${instanceType}`,
      [
        [instances, 'instances'],
        [standingHours(time, context), 'h'],
      ],
      {
        idle: time === undefined,
      },
    ),
  ],
};
