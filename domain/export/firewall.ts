import type { JsonObject, JsonValue } from '../shared/json.ts';

/** What the third firewall found wrong with a row that already stands on disk. */
export interface FirewallFinding {
  readonly row: number;
  readonly detail: string;
}

/** Spelled out here although the first two firewalls have lists of their own: a word that slips into those must still be caught by this one. */
const MAY_STAND = ['accepted', 'partially_accepted'] as const;

/** The third firewall: reads SFT rows back, one by one, and remembers what it has seen. */
export class SftFirewall {
  readonly #includePartial: boolean;
  readonly #seen = new Set<string>();
  #rows = 0;

  constructor(includePartial: boolean) {
    this.#includePartial = includePartial;
  }

  /** The finding about the next row, or undefined when it may stand there. */
  check(row: JsonObject): FirewallFinding | undefined {
    const at = this.#rows;
    this.#rows += 1;
    const fault = this.#faultOf(row);
    return fault === undefined ? undefined : { row: at, detail: fault };
  }

  #faultOf(row: JsonObject): string | undefined {
    const quality = row.quality_score;
    if (!MAY_STAND.some((word) => word === quality))
      return `quality_score: expected ${MAY_STAND.join(' or ')}, found ${JSON.stringify(quality)}`;
    if (quality === 'partially_accepted' && !this.#includePartial) return 'quality_score: expected accepted only, found partially_accepted';
    if (typeof row.id !== 'string' || row.id === '') return 'id: expected a text, found none';
    if (this.#seen.has(row.id)) return `id: expected every id once, found ${row.id} again`;
    this.#seen.add(row.id);
    return hasProvenance(row.provenance) ? undefined : 'provenance: expected source_file, line_offset and sig_hash, found something else';
  }
}

/** True when a row says where it was read. */
export function hasProvenance(value: JsonValue | undefined): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { source_file, line_offset, sig_hash } = value as JsonObject;
  return (
    typeof source_file === 'string' &&
    source_file !== '' &&
    typeof line_offset === 'number' &&
    typeof sig_hash === 'string' &&
    /^[0-9a-f]{64}$/.test(sig_hash)
  );
}
