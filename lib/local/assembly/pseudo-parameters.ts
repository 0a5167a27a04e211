import { ACCOUNT, PARTITION, REGION } from './physical-name';

/** Absent, as `AWS::NoValue` makes a property. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** Pseudo parameters that do not depend on the stack. */
export const PSEUDO_PARAMETERS: Readonly<Record<string, unknown>> = {
  'AWS::Region': REGION,
  'AWS::Partition': PARTITION,
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NotificationARNs': [],
  'AWS::NoValue': NO_VALUE,
};
