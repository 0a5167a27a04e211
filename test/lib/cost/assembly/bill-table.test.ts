import { BILLS } from '../../../../lib/cost/assembly/bill-table';
import { costsByUse, isFree } from '../../../../lib/cost/assembly/free-types';
import { LOAD_FIELDS, LOAD_OF_TYPE } from '../../../../lib/cost/assembly/load-fields';

/** They cost nothing themselves; what they call does. */
const PASSING_ON = ['AWS::Lambda::Url', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route', 'AWS::Events::Rule'];

test('a type is billed, free, or costs by use that is not priced: one of the three', () => {
  for (const type of Object.keys(BILLS)) expect([type, isFree(type), costsByUse(type)]).toEqual([type, false, false]);
});

test('what takes a load is billed or passes it on', () => {
  const types = Object.keys(LOAD_OF_TYPE).filter((type) => !Object.hasOwn(BILLS, type));
  expect(types.sort()).toEqual([...PASSING_ON].sort());
  for (const type of PASSING_ON) expect([type, isFree(type)]).toEqual([type, true]);
});

test('every fact of a load is taken by some type', () => {
  const taken = new Set(Object.values(LOAD_OF_TYPE).flat());
  expect([...taken].sort()).toEqual(Object.keys(LOAD_FIELDS).sort());
});
