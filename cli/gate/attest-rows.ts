import { readBaseline, type NamedText } from '../../adapters/gate/read-rows.ts';
import { verifyBaseline } from '../../domain/gate/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { ReplayReport } from '../../schemas/replay-report.ts';

/** What the rows of a baseline attest; nothing for rows without a whole header. A replay measures them in any case and says so. */
export function attestRows(source: NamedText): Pick<ReplayReport, 'attestation'> {
  try {
    const { attestation, breaches } = verifyBaseline(readBaseline(source));
    return { attestation: breaches.length === 0 ? attestation : 'broken' };
  } catch (error) {
    if (error instanceof CollectionError) return {};
    throw error;
  }
}
