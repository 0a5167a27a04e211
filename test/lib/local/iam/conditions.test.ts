// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies are written like that
import { PolicyError } from '../../../../lib/local/iam/policy-error';
import { holds } from './written-policies';

const CONTEXT = {
  's3:prefix': 'library/kell',
  's3:max-keys': '10',
  'aws:CurrentTime': '2026-11-24T10:00:00Z',
  'aws:SecureTransport': 'true',
  'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/r',
  'aws:SourceIp': '10.0.3.4',
  'aws:PrincipalAccount': '000000000000',
  'aws:PrincipalTag/team': 'search',
  'dynamodb:LeadingKeys': ['a', 'b'],
};

test.each<[string, object, boolean]>([
  ['StringEquals', { StringEquals: { 's3:prefix': 'library/kell' } }, true],
  ['a star is a star in StringEquals', { StringEquals: { 's3:prefix': 'library/*' } }, false],
  ['one value of several suffices', { StringEquals: { 's3:prefix': ['x', 'library/kell'] } }, true],
  ['StringNotEquals wants none of them', { StringNotEquals: { 's3:prefix': ['x', 'library/kell'] } }, false],
  ['StringNotEquals of an absent key holds', { StringNotEquals: { 's3:delimiter': '/' } }, true],
  ['StringEquals of an absent key does not', { StringEquals: { 's3:delimiter': '/' } }, false],
  ['StringEqualsIfExists of an absent key holds', { StringEqualsIfExists: { 's3:delimiter': '/' } }, true],
  ['StringEqualsIfExists of a present key is StringEquals', { StringEqualsIfExists: { 's3:prefix': '/' } }, false],
  ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 's3:prefix': 'LIBRARY/Kell' } }, true],
  ['StringNotEqualsIgnoreCase', { StringNotEqualsIgnoreCase: { 's3:prefix': 'LIBRARY/Kell' } }, false],
  ['StringLike', { StringLike: { 's3:prefix': 'library/*' } }, true],
  ['StringNotLike', { StringNotLike: { 's3:prefix': 'library/*' } }, false],
  ['keys have no case', { StringLike: { 'S3:Prefix': 'library/*' } }, true],
  ['NumericLessThanEquals at the bound', { NumericLessThanEquals: { 's3:max-keys': '10' } }, true],
  ['NumericLessThan at the bound', { NumericLessThan: { 's3:max-keys': '10' } }, false],
  ['NumericGreaterThan beyond the bound', { NumericGreaterThan: { 's3:max-keys': 9 } }, true],
  ['NumericNotEquals', { NumericNotEquals: { 's3:max-keys': '10.0' } }, false],
  ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2026-11-24T09:59:59Z' } }, true],
  ['DateLessThan in epoch seconds', { DateLessThan: { 'aws:CurrentTime': '1795514401' } }, true],
  ['Bool', { Bool: { 'aws:SecureTransport': 'true' } }, true],
  ['Bool of the other', { Bool: { 'aws:SecureTransport': false } }, false],
  ['ArnLike', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:000000000000:rule/*' } }, true],
  ['ArnEquals takes wildcards too', { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:*:rule/r' } }, true],
  ['ArnNotLike', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:events:*:*:*' } }, false],
  ['IpAddress', { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '10.0.0.0/16'] } }, true],
  ['IpAddress of another range', { IpAddress: { 'aws:SourceIp': '10.0.4.0/24' } }, false],
  ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '10.0.3.4' } }, false],
  ['IpAddress of the other family', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, false],
  ['Null true: the key is absent', { Null: { 's3:delimiter': 'true' } }, true],
  ['Null false: the key is there', { Null: { 's3:prefix': 'false' } }, true],
  ['Null true of a present key', { Null: { 's3:prefix': 'true' } }, false],
  ['ForAllValues', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b', 'c'] } }, true],
  ['ForAllValues with one outside', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, false],
  ['ForAllValues of an absent key holds', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, true],
  ['ForAnyValue', { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['b'] } }, true],
  ['ForAnyValue of an absent key does not hold', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } }, false],
  ['ForAnyValue with a negation wants one that differs', { 'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['a'] } }, true],
  ['all operators must hold', { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 's3:prefix': 'x' } }, false],
  ['all keys must hold', { StringEquals: { 's3:prefix': 'library/kell', 's3:max-keys': '11' } }, false],
  ['a variable', { StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } }, true],
  ['a variable inside of a text', { StringLike: { 's3:prefix': "lib${aws:PrincipalTag/absent, 'rary'}/*" } }, true],
  ['a variable without a value matches nothing', { StringLike: { 's3:prefix': '*${aws:PrincipalTag/absent}' } }, false],
  ['${*} is a star', { StringLike: { 's3:prefix': 'library/${*}' } }, false],
])('%s', (_what, condition, expected) => {
  expect(holds(condition, CONTEXT)).toBe(expected);
});

test.each<[string, object, RegExp]>([
  ['an unknown operator', { StringResembles: { 's3:prefix': 'x' } }, /condition operator StringResembles is not known/],
  [
    'an unknown quantifier',
    { 'ForMostValues:StringEquals': { 's3:prefix': 'x' } },
    /condition operator ForMostValues:StringEquals is not known/,
  ],
  ['NullIfExists', { NullIfExists: { 's3:prefix': 'true' } }, /condition operator NullIfExists is not known/],
  ['an unknown key', { StringEquals: { 'acme:Colour': 'red' } }, /condition key acme:Colour is not known/],
  ['an unknown key that may be absent', { StringEqualsIfExists: { 'acme:Colour': 'red' } }, /condition key acme:Colour is not known/],
  ['an unknown key of a negation', { StringNotEquals: { 'acme:Colour': 'red' } }, /condition key acme:Colour is not known/],
  ['an unknown variable', { StringEquals: { 's3:prefix': '${acme:colour}' } }, /policy variable \$\{acme:colour\} is not known/],
  ['a limit that is no number', { NumericLessThan: { 's3:max-keys': 'ten' } }, /"ten" is no number/],
  ['a limit that is no date', { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }, /"tomorrow" is no date/],
  ['a range that is none', { IpAddress: { 'aws:SourceIp': 'anywhere' } }, /anywhere is no IP address/],
])('%s is an error that names the statement, never an allow', (_what, condition, message) => {
  const deciding = () => holds(condition, CONTEXT);
  expect(deciding).toThrow(PolicyError);
  expect(deciding).toThrow(message);
  expect(deciding).toThrow(/policy statement identity\/0 \(Stack\/Policy\)/);
});
