import { binaryIn } from '../../../lib/images/binary';
import { elf, mach, portable, universal } from '../../fixtures/binary-headers';

test.each([
  ['ELF', elf('x86_64'), { format: 'ELF', system: 'linux', processors: ['x86_64'] }],
  ['ELF', elf('arm64'), { format: 'ELF', system: 'linux', processors: ['arm64'] }],
  ['Mach-O', mach('arm64'), { format: 'Mach-O', system: 'macOS', processors: ['arm64'] }],
  ['Mach-O for two', universal(), { format: 'Mach-O', system: 'macOS', processors: ['x86_64', 'arm64'] }],
  ['PE', portable('x86_64'), { format: 'PE', system: 'Windows', processors: ['x86_64'] }],
])('%s tells what it runs on', (_name, header, expected) => {
  expect(binaryIn(header)).toEqual(expected);
});

test('another processor is told by its number, in the byte order that the header states', () => {
  const header = elf('x86_64');
  header[5] = 2;
  header.writeUInt16BE(0x15, 18);
  expect(binaryIn(header)?.processors).toEqual(['machine 21']);
});

test.each([
  ['a Java class', Buffer.from(`cafebabe00000041${'00'.repeat(20)}`, 'hex')],
  ['a script', Buffer.from('#!/bin/sh\nexec node index.js\n')],
  ['a text that begins with MZ', Buffer.from(`MZ${' '.repeat(100)}`)],
  ['a file that is too short', elf('arm64').subarray(0, 12)],
  ['nothing', Buffer.alloc(0)],
])('%s is not compiled for a processor', (_name, header) => {
  expect(binaryIn(header)).toBeUndefined();
});
