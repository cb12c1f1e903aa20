import { RELEASE_GATES, type GateState, type ReleaseVerdict } from '../../schemas/vocabulary.ts';

/** What the gates come to: one that says no refuses, and without a no only all of them together accept. */
export function releaseVerdict(gates: readonly { readonly state: GateState }[]): ReleaseVerdict {
  if (gates.some(({ state }) => state === 'failed')) return 'refused';
  const hasAll = gates.length === Object.keys(RELEASE_GATES).length;
  return hasAll && gates.every(({ state }) => state === 'passed') ? 'accepted' : 'inconclusive';
}
