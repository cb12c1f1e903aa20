import { ipv4Inside, isMappedIpv4, parseIpv4, parseIpv6 } from './ip-address.ts';

/**
 * True for an IP address that no machine of the public internet has: this machine, networks of houses and companies, neighbours on the same wire, groups, and
 * what is set aside for examples and tests (IANA's registries of special-purpose addresses). True as well for a text that is no address.
 */
export function isPrivateAddress(text: string): boolean {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return isPrivateIpv4(ipv4);
  const groups = parseIpv6(text.replace(/%.*$/, ''));
  return groups === undefined || isPrivateIpv6(groups);
}

/** Networks that are not part of the public internet: an address and how many of its leading bits count. */
const PRIVATE_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Groups, what is set aside for later, and everybody on the wire.
  ['224.0.0.0', 3],
];

function isPrivateIpv4(address: number): boolean {
  return PRIVATE_IPV4.some(([network, bits]) => (address ^ parseIpv4(network)!) >>> (32 - bits) === 0);
}

function isPrivateIpv6(groups: readonly number[]): boolean {
  const [first, second] = groups as [number, number];
  const inside = ipv4Inside(groups);
  if (inside !== undefined && isPrivateIpv4(inside)) return true;
  // An address that only carries one of IPv4 is as public as that one.
  const isTranslated = inside !== undefined && (isMappedIpv4(groups) || first === 0x64 || first === 0x2002);
  if (isTranslated) return false;
  const isGlobal = first >>> 13 === 1;
  const isSetAside = (first === 0x2001 && (second < 0x200 || second === 0xdb8)) || (first === 0x3fff && second < 0x1000);
  return !isGlobal || isSetAside;
}
