import type { Rule } from '../../rule';
import { unreachable } from './network/reach';

export const RDS_UNREACHABLE: Rule = {
  id: 'rds-unreachable',
  title: 'Database that the function with its address in its environment cannot reach',
  why: 'A refused packet is dropped without an answer, so that every call waits for its timeout.',
  severity: 'error',
  fix: "put the function into the database's VPC, let the database's security group admit the port from the function's security group, or use the Data API",
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html',
  check: (graph) => unreachable(graph, 'database'),
};
