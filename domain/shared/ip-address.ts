/** The number that an IPv4 address in dotted decimal form stands for; undefined for another text. Other spellings are made this one by the URL parser. */
export function parseIpv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((address, part) => address * 256 + part, 0);
}

/** The eight groups of an IPv6 address in any of its forms, without a zone; undefined for another text. */
export function parseIpv6(text: string): number[] | undefined {
  const halves = withHexTail(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').map(parseGroup)));
  if (head === undefined) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<number>(tail === undefined ? 0 : missing).fill(0), ...(tail ?? [])];
  return groups.every((group) => group !== undefined) ? groups : undefined;
}

/** True for an IPv4 address that is written as IPv6, `::ffff:10.0.0.7`: it leads to the very same machine. */
export function isMappedIpv4(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

/** The IPv4 address inside of an IPv6 address (mapped, compatible, NAT64, 6to4, ISATAP); undefined where there is none. */
export function ipv4Inside(groups: readonly number[]): number | undefined {
  const [first, second, third] = groups as [number, number, number];
  const isCompatible = groups.slice(0, 6).every((group) => group === 0);
  const isNat64 = first === 0x64 && second === 0xff9b;
  const isIsatap = (groups[4]! & 0xfdff) === 0 && groups[5] === 0x5efe;
  if (isMappedIpv4(groups) || isCompatible || isNat64 || isIsatap) return ((groups[6]! << 16) | groups[7]!) >>> 0;
  return first === 0x2002 ? ((second << 16) | third) >>> 0 : undefined;
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
