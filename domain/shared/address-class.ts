import { ipv4Inside, isMappedIpv4, parseIpv4, parseIpv6 } from './ip-address.ts';

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
  const inside = ipv4Inside(groups);
  if (inside === undefined) return 'other';
  const kind = classifyIpv4(inside);
  return kind === 'loopback' && !isMappedIpv4(groups) ? 'other' : kind;
}
