import { lookup } from 'node:dns/promises';
import { classifyAddress, isMetadataName, type AddressClass } from '../domain/shared/address-class.ts';
import { isPrivateAddress } from '../domain/shared/private-address.ts';

/** Finds the addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Which machines may be spoken to beside this one. Metadata services never may. */
export interface UrlRules {
  readonly allowRemote: boolean;
  /** Host names or addresses, without port. */
  readonly allowedHosts: readonly string[];
  /** Whether this machine and private networks are refused, whatever the other rules say: for addresses that only the public internet should have. */
  readonly isPublicOnly?: boolean;
  /** The system's resolver when it is left out. */
  readonly resolve?: Resolve | undefined;
}

/** Why an address is not called. */
export type UrlRefusal = 'not_http' | 'metadata_address' | 'private_address' | 'remote_host';

export type UrlVerdict =
  | { readonly verdict: 'accepted'; readonly where: 'loopback' | 'remote'; readonly addresses: readonly string[] }
  | { readonly verdict: 'refused'; readonly reason: UrlRefusal; readonly host: string }
  /** The name has no address now. */
  | { readonly verdict: 'unresolved'; readonly host: string };

/**
 * Whether a URL may be called, and at which addresses: loopback always, other hosts when the rules say so, metadata services in no notation and under
 * no name. Whoever connects must connect to one of the returned addresses and not ask for the name again, or a second answer could lead elsewhere.
 */
export async function judgeUrl(url: string | URL, rules: UrlRules): Promise<UrlVerdict> {
  const parsed = parse(url);
  if (parsed === undefined) return { verdict: 'refused', reason: 'not_http', host: '' };
  const host = hostOf(parsed);
  if (isMetadataName(host)) return { verdict: 'refused', reason: 'metadata_address', host };
  const addresses = await addressesOf(host, rules.resolve ?? resolveBySystem);
  const classes = addresses.map((address) => classifyAddress(address));
  if (classes.length === 0) return { verdict: 'unresolved', host };
  if (classes.includes('metadata')) return { verdict: 'refused', reason: 'metadata_address', host };
  if (rules.isPublicOnly === true && addresses.some(isPrivateAddress)) return { verdict: 'refused', reason: 'private_address', host };
  if (classes.every((kind): kind is AddressClass => kind === 'loopback')) return { verdict: 'accepted', where: 'loopback', addresses };
  return isAllowed(host, rules) ? { verdict: 'accepted', where: 'remote', addresses } : { verdict: 'refused', reason: 'remote_host', host };
}

/** The parser of URLs also turns octal, hexadecimal and one-number spellings of IPv4 into dotted decimal. */
function parse(url: string | URL): URL | undefined {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The host without the brackets of IPv6 and the dot that ends a full name. */
function hostOf({ hostname }: URL): string {
  return bare(hostname);
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  if (classifyAddress(host) !== undefined) return [host];
  try {
    return await resolve(host);
  } catch {
    return [];
  }
}

async function resolveBySystem(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

function isAllowed(host: string, { allowRemote, allowedHosts }: UrlRules): boolean {
  return allowRemote || allowedHosts.some((allowed) => bare(allowed) === host);
}
