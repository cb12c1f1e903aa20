import { canonicalJson } from '../shared/canonical-json.ts';
import type { VerdictsInForce } from './verdicts-in-force.ts';

/**
 * Digest of the verdicts that concern some records: who said what of which, whatever the order of the ids and whenever it was said. Null when
 * there are none, so that a key that includes it stays what it was before anybody reviewed anything.
 */
export function verdictsDigest(inForce: VerdictsInForce, ids: Iterable<string>, sha256: (text: string) => string): string | null {
  const concerned = [...new Set(ids)].filter((id) => inForce.has(id)).sort();
  const said = concerned.flatMap((id) => inForce.get(id)!.map(({ by, verdict }) => [id, by, verdict]));
  return said.length === 0 ? null : sha256(canonicalJson(said));
}
