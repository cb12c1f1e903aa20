import { ASSIGNMENTS } from './assignments.ts';
import type { Detector, DetectorFamily } from './detector.ts';
import { anyHintOf, hasRun } from './gates.ts';
import { HEADERS } from './headers.ts';
import { PERSONAL_DATA } from './personal-data.ts';
import { mayHoldPlacedSecret, PLACED_SECRET } from './placed-secret.ts';
import { PRIVATE_KEY } from './private-key.ts';
import { SHORTEST_TOKEN, TOKENS } from './tokens.ts';

/** The secrets: own form before place before name. */
export const SECRET_FAMILIES: readonly DetectorFamily[] = [
  { detectors: [PRIVATE_KEY], mayHoldFindings: anyHintOf([PRIVATE_KEY]) },
  { detectors: TOKENS, mayHoldFindings: tokenGate() },
  { detectors: [...HEADERS, ...ASSIGNMENTS], mayHoldFindings: anyHintOf([...HEADERS, ...ASSIGNMENTS], 'i') },
  { detectors: [PLACED_SECRET], mayHoldFindings: mayHoldPlacedSecret },
];

/**
 * The one table of detectors, in the order in which they run; a later one sees the placeholders of the earlier. Secrets come before personal
 * data, because a connection string looks like an address; among personal data what a checksum confirms comes before what its form suggests.
 * Patterns of injection will be a family of their own.
 */
export const DETECTOR_FAMILIES: readonly DetectorFamily[] = [
  ...SECRET_FAMILIES,
  { detectors: PERSONAL_DATA, mayHoldFindings: (text) => /[@\uff20]|%40|\d[\dA-Z .()/\u00a0\u202f\u2010\u2011\u2013-]{5}/.test(text) },
];

/** What docs and reports print of the table. */
export const DETECTORS: readonly Pick<Detector, 'name' | 'placeholder' | 'description'>[] = DETECTOR_FAMILIES.flatMap(
  (family) => family.detectors,
);

function tokenGate(): (text: string) => boolean {
  const anyPrefix = anyHintOf(TOKENS);
  return (text) => hasRun(text, SHORTEST_TOKEN) && anyPrefix(text);
}
