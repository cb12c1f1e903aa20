import { classifyAddress } from '../domain/shared/address-class.ts';

/**
 * The server behind an address, as `host:port`. The path does not count, because whatever one port answers may come from the same machine; all names and
 * addresses of this machine are one. Other names are not looked up. A text that is no address stands for itself.
 */
export function serverKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  return `${isThisMachine(host) ? 'localhost' : host}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
}

/** Whoever calls the address that means "all addresses" reaches this machine, too. */
const ANY_ADDRESS = ['0.0.0.0', '::'];

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || ANY_ADDRESS.includes(host) || classifyAddress(host) === 'loopback';
}
