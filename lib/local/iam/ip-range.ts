import { BlockList, isIP, isIPv4 } from 'node:net';
import { PolicyError } from './policy-error';

/** Whether the address is in a range such as `203.0.113.0/24`, `2001:db8::/32` or a single address. */
export function inRange(range: string, address: string): boolean {
  const [base = '', bits] = range.split('/');
  if (isIP(base) === 0) throw new PolicyError(`${range} is no IP address or range in CIDR notation`);
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  if (isIP(address) === 0 || (isIPv4(address) ? 'ipv4' : 'ipv6') !== family) return false;
  const block = new BlockList();
  if (bits === undefined) block.addAddress(base, family);
  else block.addSubnet(base, Number(bits), family);
  return block.check(address, family);
}
