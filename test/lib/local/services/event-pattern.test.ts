import { matchesPattern } from '../../../../lib/local/services/event-pattern';

const EVENT = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::documents', 'arn:aws:s3:::other'],
  detail: {
    bucket: { name: 'documents' },
    object: { key: 'in/Report.PDF', size: 300 },
    reason: 'PutObject',
    empty: '',
    none: null,
    flag: true,
    ip: '10.0.3.7',
    parts: [{ id: 'a' }, { id: 'b' }],
  },
};
const detail = (pattern: object) => ({ detail: pattern });

test.each<[string, Record<string, unknown>]>([
  ['exact value', { source: ['aws.s3'] }],
  ['one of several', { source: ['aws.ec2', 'aws.s3'] }],
  ['nested', detail({ bucket: { name: ['documents'] } })],
  ['a list holds one', { resources: ['arn:aws:s3:::other'] }],
  ['prefix', detail({ object: { key: [{ prefix: 'in/' }] } })],
  ['prefix of a list element', { resources: [{ prefix: 'arn:aws:s3:::oth' }] }],
  ['prefix ignoring case', detail({ object: { key: [{ prefix: { 'equals-ignore-case': 'IN/' } }] } })],
  ['suffix', detail({ object: { key: [{ suffix: '.PDF' }] } })],
  ['suffix ignoring case', detail({ object: { key: [{ suffix: { 'equals-ignore-case': '.pdf' } }] } })],
  ['equals ignoring case', detail({ reason: [{ 'equals-ignore-case': 'putobject' }] })],
  ['wildcard', detail({ object: { key: [{ wildcard: 'in/*.PDF' }] } })],
  ['anything but a value', detail({ reason: [{ 'anything-but': 'CopyObject' }] })],
  ['anything but a list', detail({ reason: [{ 'anything-but': ['CopyObject', 'PostObject'] }] })],
  ['anything but a prefix', detail({ object: { key: [{ 'anything-but': { prefix: 'out/' } }] } })],
  ['anything but suffixes', detail({ object: { key: [{ 'anything-but': { suffix: ['.txt', '.md'] } }] } })],
  ['numeric equals', detail({ object: { size: [{ numeric: ['=', 300] }] } })],
  ['numeric range', detail({ object: { size: [{ numeric: ['>', 0, '<=', 300] }] } })],
  ['exists', detail({ reason: [{ exists: true }] })],
  ['exists not', detail({ absent: [{ exists: false }] })],
  ['exists not below an absent branch', detail({ absent: { deep: [{ exists: false }] } })],
  ['null', detail({ none: [null] })],
  ['empty', detail({ empty: [''] })],
  ['boolean', detail({ flag: [true] })],
  ['cidr', detail({ ip: [{ cidr: '10.0.0.0/16' }] })],
  ['objects in a list', detail({ parts: { id: ['b'] } })],
  ['$or', { $or: [{ source: ['aws.ec2'] }, { 'detail-type': ['Object Created'] }] }],
  ['$or beside a field', { source: ['aws.s3'], $or: [{ source: ['x'] }, detail({ flag: [true] })] }],
])('fits: %s', (_name, pattern) => {
  expect(matchesPattern(pattern, EVENT)).toBe(true);
});

test.each<[string, Record<string, unknown>]>([
  ['another value', { source: ['aws.ec2'] }],
  ['a number is not its text', detail({ object: { size: ['300'] } })],
  ['prefix', detail({ object: { key: [{ prefix: 'In/' }] } })],
  ['suffix', detail({ object: { key: [{ suffix: '.pdf' }] } })],
  ['wildcard', detail({ object: { key: [{ wildcard: 'in/*.md' }] } })],
  ['wildcard with an escaped star', detail({ object: { key: [{ wildcard: 'in/\\*' }] } })],
  ['anything but the value', detail({ reason: [{ 'anything-but': 'PutObject' }] })],
  ['anything but one element of the list', { resources: [{ 'anything-but': 'arn:aws:s3:::other' }] }],
  ['anything but of an absent field', detail({ absent: [{ 'anything-but': 'x' }] })],
  ['numeric just outside', detail({ object: { size: [{ numeric: ['<', 300] }] } })],
  ['numeric of a text', detail({ reason: [{ numeric: ['>', 0] }] })],
  ['exists', detail({ absent: [{ exists: true }] })],
  ['exists of a branch, which is no leaf', detail({ bucket: [{ exists: true }] })],
  ['exists not', detail({ reason: [{ exists: false }] })],
  ['cidr', detail({ ip: [{ cidr: '10.1.0.0/16' }] })],
  ['$or with no fit', { $or: [{ source: ['x'] }, { source: ['y'] }] }],
  ['one field of two', { source: ['aws.s3'], 'detail-type': ['Object Deleted'] }],
])('does not fit: %s', (_name, pattern) => {
  expect(matchesPattern(pattern, EVENT)).toBe(false);
});

test.each<[string, Record<string, unknown>, string]>([
  ['an unknown operator', { source: [{ like: 'x' }] }, 'event pattern: unknown operator like'],
  ['an unknown comparison', detail({ object: { size: [{ numeric: ['!=', 1] }] } }), 'event pattern: unknown comparison "!="'],
  ['a bare value', { source: 'aws.s3' }, 'event pattern: source must be a list or an object, got "aws.s3"'],
  ['two operators at once', { source: [{ prefix: 'a', suffix: 'b' }] }, 'event pattern: one operator at a time, got prefix, suffix'],
])('fails when the pattern has %s', (_name, pattern, message) => {
  expect(() => matchesPattern(pattern, EVENT)).toThrow(message);
});
