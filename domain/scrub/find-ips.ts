import { classifyAddress } from '../shared/address-class.ts';
import { stands } from './digit-groups.ts';
import type { Finding } from './finding.ts';

/** Public addresses. Private ones and those of this machine say nothing about anybody; four numbers behind `v` or `version` are a version. */
export function* findIps(text: string): Generator<Finding> {
  for (const { 0: run, index } of text.matchAll(/[\da-f:.]{3,}/gi)) {
    const start = index + (/^(?:\.+|:(?!:))/.exec(run)?.[0].length ?? 0);
    const end = index + run.length - (/(?:\.+|(?<!:):)$/.exec(run.slice(-8))?.[0].length ?? 0);
    const isGlued = /[\w.]/.test(text.charAt(start - 1)) || /\w/.test(text.charAt(end));
    if (end - start > LONGEST || isGlued) continue;
    yield* findIn(text, start, end);
  }
}

/** Characters of the longest address. */
const LONGEST = 45;
const VERSION = /(?<![a-z])v(?:er(?:s(?:ion)?)?)?[\s.:=]*(?:(?:is|number|no)\b[\s.:=]*)?$/i;

function* findIn(text: string, start: number, end: number): Generator<Finding> {
  const run = text.slice(start, end);
  const [address = ''] = /^\d+(?:\.\d+){3}(?=:\d+$|$)/.exec(run) ?? [run];
  const isPublic = address.includes(':') ? isPublicIpv6(address) : isPublicIpv4(address) && !stands(VERSION, text, start, 24);
  if (isPublic) yield { class: 'ip', start, end: start + address.length };
}

function isPublicIpv4(address: string): boolean {
  if (classifyAddress(address) === undefined) return false;
  const [first = 0, second = 0] = address.split('.').map(Number);
  const isPrivate = first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168);
  const isLocal = first === 0 || first === 127 || (first === 169 && second === 254) || (first === 100 && second >= 64 && second < 128);
  return !isPrivate && !isLocal && first < 224;
}

/** Addresses that are given out begin with 2 or 3; others may carry an IPv4 address. */
function isPublicIpv6(address: string): boolean {
  if (classifyAddress(address) === undefined) return false;
  const [, inside] = /^(?:::ffff:(?:0{1,4}:)?|64:ff9b::)(\d.*\..*)$/i.exec(address) ?? [];
  if (inside !== undefined) return isPublicIpv4(inside);
  const [, high, low] = /^(?:::ffff:|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(address) ?? [];
  if (high !== undefined && low !== undefined) return isPublicIpv4([high, low].flatMap(twoBytes).join('.'));
  return /^[23][\da-f]{3}:/i.test(address);
}

function twoBytes(group: string): [number, number] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
