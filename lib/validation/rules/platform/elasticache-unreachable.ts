import type { Rule } from '../../rule';
import { unreachable } from './network/reach';

export const ELASTICACHE_UNREACHABLE: Rule = {
  id: 'elasticache-unreachable',
  title: 'Cache that the function with its address in its environment cannot reach',
  why: 'A refused packet is dropped without an answer, so that every call waits for its timeout.',
  severity: 'error',
  fix: "put the function into the cache's VPC, and let the cache's security group admit the port from the function's security group",
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-elasticache-tutorial.html',
  check: (graph) => unreachable(graph, 'cache'),
};
