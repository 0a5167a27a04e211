import type { Rule } from '../rule';
import { VPC_ENDPOINT_CLOSED } from './platform/vpc-endpoint-closed';
import { VPC_NAT_COUNT } from './platform/vpc-nat-count';
import { VPC_NAT_NEEDLESS } from './platform/vpc-nat-needless';
import { VPC_UNREACHABLE_INTERNET } from './platform/vpc-unreachable-internet';
import { VPC_UNREACHABLE_SERVICE } from './platform/vpc-unreachable-service';

/** Networks, caches, grants of models, exposure, containers and data services. */
export const PLATFORM_RULES: readonly Rule[] = [
  VPC_UNREACHABLE_SERVICE,
  VPC_UNREACHABLE_INTERNET,
  VPC_ENDPOINT_CLOSED,
  VPC_NAT_COUNT,
  VPC_NAT_NEEDLESS,
];
