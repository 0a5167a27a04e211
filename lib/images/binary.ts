import { closeSync, openSync, readSync } from 'node:fs';

/** What a compiled file runs on, as its header says. */
export interface Binary {
  readonly format: 'ELF' | 'Mach-O' | 'PE';
  /** `linux` also for ELF files of other systems: images have Linux ones. */
  readonly system: 'linux' | 'macOS' | 'Windows';
  /** Names as Lambda has them; the number of the machine for others. */
  readonly processors: readonly string[];
}

const HEADER_BYTES = 4_096;

const ELF_MACHINES: Readonly<Record<number, string>> = { 62: 'x86_64', 183: 'arm64', 3: 'x86', 40: 'arm', 243: 'riscv64' };
const PE_MACHINES: Readonly<Record<number, string>> = { 34404: 'x86_64', 43620: 'arm64', 332: 'x86' };
const MACH_TYPES: Readonly<Record<number, string>> = { 16777223: 'x86_64', 16777228: 'arm64' };

/** Reads the header of a file; undefined for anything that is not compiled for a processor. */
export function binaryOf(file: string): Binary | undefined {
  return binaryIn(headerOf(file));
}

export function binaryIn(header: Buffer): Binary | undefined {
  if (header.length < 20) return undefined;
  const magic = header.readUInt32BE(0);
  if (magic === 0x7f454c46) return elf(header);
  if (magic === 0xcffaedfe) return { format: 'Mach-O', system: 'macOS', processors: [named(MACH_TYPES, header.readUInt32LE(4))] };
  if (magic === 0xcafebabe) return universal(header);
  if (header.toString('latin1', 0, 2) === 'MZ') return portable(header);
  return undefined;
}

function elf(header: Buffer): Binary {
  const littleEndian = header[5] !== 2;
  const machine = littleEndian ? header.readUInt16LE(18) : header.readUInt16BE(18);
  return { format: 'ELF', system: 'linux', processors: [named(ELF_MACHINES, machine)] };
}

/** The same four bytes begin a Java class, whose next number is its version: 45 and more, where an archive of programs has a handful. */
function universal(header: Buffer): Binary | undefined {
  const count = header.readUInt32BE(4);
  if (count === 0 || count > 8) return undefined;
  const offsets = Array.from({ length: count }, (_, index) => 8 + index * 20).filter((offset) => offset + 4 <= header.length);
  return { format: 'Mach-O', system: 'macOS', processors: offsets.map((offset) => named(MACH_TYPES, header.readUInt32BE(offset))) };
}

function portable(header: Buffer): Binary | undefined {
  if (header.length < 64) return undefined;
  const at = header.readUInt32LE(0x3c);
  if (at + 6 > header.length || header.toString('latin1', at, at + 4) !== 'PE\0\0') return undefined;
  return { format: 'PE', system: 'Windows', processors: [named(PE_MACHINES, header.readUInt16LE(at + 4))] };
}

function named(names: Readonly<Record<number, string>>, number: number): string {
  return names[number] ?? `machine ${number}`;
}

function headerOf(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(HEADER_BYTES);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
