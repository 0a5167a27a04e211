import { AssemblyError } from '../../template/assembly-error';

/** Blocks as Fn::Cidr cuts them, IPv4: `count` of them, each with `bits` host bits. */
export function subnets(block: string, count: number, bits: number): string[] {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (!match) throw new AssemblyError(`Fn::Cidr of ${block}: only IPv4 blocks are cut`);
  const start = match.slice(1, 5).reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** bits;
  if (count * size > 2 ** (32 - Number(match[5])))
    throw new AssemblyError(`Fn::Cidr of ${block}: ${count} blocks of ${size} addresses do not fit`);
  return Array.from({ length: count }, (_, i) => {
    const address = start + i * size;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${32 - bits}`;
  });
}
