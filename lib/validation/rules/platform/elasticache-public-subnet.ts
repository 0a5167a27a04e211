import type { Rule } from '../../rule';
import { placementOfStore, storeTypes } from './network/data-stores';
import { egressOf } from './network/routes';

/** A cache whose subnets have a route to an internet gateway. */
export const ELASTICACHE_PUBLIC_SUBNET: Rule = {
  id: 'elasticache-public-subnet',
  title: 'Cache in public subnets',
  why: 'Nothing needs it there: its nodes have no public address, and one open security group rule is all that a later mistake takes.',
  severity: 'warning',
  fix: 'put it into isolated or private subnets',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html',
  check: (graph) =>
    graph.ofType(...storeTypes('cache')).flatMap((store) => {
      const open = (placementOfStore(graph, store).subnets ?? []).filter((subnet) => egressOf(graph, subnet) === 'internet-gateway');
      if (open.length === 0) return [];
      return [{ resource: store, message: `stands in ${open.map(({ id }) => id).join(', ')} with a route to an internet gateway` }];
    }),
};
