/**
 * What kind of machine an IP address leads to: this one, the service of a cloud that hands out credentials to whoever asks from inside, or any other.
 */
export type AddressClass = 'loopback' | 'metadata' | 'other';

/**
 * The class of an IPv4 address in dotted decimal form or of an IPv6 address in any of its forms; undefined for a text that is neither. Addresses that carry an
 * IPv4 address inside (mapped, compatible, NAT64, 6to4, ISATAP) lead to metadata when that one does. Other spellings of IPv4 (octal, hexadecimal, one number)
 * are made dotted decimal by the URL parser before they come here.
 */
export function classifyAddress(text: string): AddressClass | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return classifyIpv4(ipv4);
  const groups = parseIpv6(text.replace(/%.*$/, ''));
  return groups === undefined ? undefined : classifyIpv6(groups);
}

/** True for a name under which a cloud's metadata service is reached, whatever it resolves to at the moment. */
export function isMetadataName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return METADATA_NAMES.some((known) => name === known || name.endsWith(`.${known}`));
}

const METADATA_NAMES = [
  'metadata',
  'instance-data',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data.ec2.internal',
  'metadata.azure.com',
  'metadata.azure.internal',
  'metadata.oraclecloud.com',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
];

/** Networks of metadata services: an address and how many of its leading bits count. */
const METADATA_NETWORKS: readonly (readonly [string, number])[] = [
  // AWS, Google, Azure, Oracle, DigitalOcean, Hetzner and others; the credentials of containers on AWS.
  ['169.254.169.0', 24],
  ['169.254.170.0', 24],
  // Scaleway, Tencent, Alibaba, Azure's host, Oracle's older one.
  ['169.254.42.42', 32],
  ['169.254.0.23', 32],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
];

/** AWS, Google, Scaleway; OpenStack. */
const METADATA_IPV6 = ['fd00:ec2::254', 'fd00:ec2::23', 'fd00:ec2::253', 'fd20:ce::254', 'fd00:42::42', 'fe80::a9fe:a9fe'];

function classifyIpv4(address: number): AddressClass {
  if (address >>> 24 === 127) return 'loopback';
  return METADATA_NETWORKS.some(([network, bits]) => (address ^ parseIpv4(network)!) >>> (32 - bits) === 0) ? 'metadata' : 'other';
}

function classifyIpv6(groups: readonly number[]): AddressClass {
  const key = groups.join(':');
  if (key === '0:0:0:0:0:0:0:1') return 'loopback';
  if (METADATA_IPV6.some((known) => parseIpv6(known)!.join(':') === key)) return 'metadata';
  const inside = embeddedIpv4(groups);
  if (inside === undefined) return 'other';
  const kind = classifyIpv4(inside);
  return kind === 'loopback' && !isMapped(groups) ? 'other' : kind;
}

function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function embeddedIpv4(groups: readonly number[]): number | undefined {
  const [first, second, third] = groups as [number, number, number];
  const isCompatible = groups.slice(0, 6).every((group) => group === 0);
  const isNat64 = first === 0x64 && second === 0xff9b;
  const isIsatap = (groups[4]! & 0xfdff) === 0 && groups[5] === 0x5efe;
  if (isMapped(groups) || isCompatible || isNat64 || isIsatap) return ((groups[6]! << 16) | groups[7]!) >>> 0;
  return first === 0x2002 ? ((second << 16) | third) >>> 0 : undefined;
}

function parseIpv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((address, part) => address * 256 + part, 0);
}

/** The eight groups of an IPv6 address. */
function parseIpv6(text: string): number[] | undefined {
  const halves = withHexTail(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').map(parseGroup)));
  if (head === undefined) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<number>(tail === undefined ? 0 : missing).fill(0), ...(tail ?? [])];
  return groups.every((group) => group !== undefined) ? groups : undefined;
}

/** The last 32 bits may be written as IPv4. */
function withHexTail(text: string): string | undefined {
  const tail = /[\d.]+$/.exec(text)?.[0] ?? '';
  if (!tail.includes('.')) return text.includes(':') ? text : undefined;
  const address = parseIpv4(tail);
  if (address === undefined) return undefined;
  return `${text.slice(0, -tail.length)}${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}`;
}

function parseGroup(text: string): number | undefined {
  return /^[0-9a-f]{1,4}$/i.test(text) ? parseInt(text, 16) : undefined;
}
