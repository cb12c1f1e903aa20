import type { Signals } from '../../schemas/evidence.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { createRedactor } from '../redaction/index.ts';

/**
 * The signals of a record with the verdicts that are in force for it behind what its source says of humans. Names go into scored runs and
 * reports, so personal data in them is replaced; people stay apart.
 */
export function mergeVerdicts(signals: Signals, verdicts: readonly Verdict[]): Signals {
  if (verdicts.length === 0) return signals;
  const { redact } = createRedactor();
  return { ...signals, human: [...signals.human, ...verdicts.map(({ by, verdict }) => ({ by: redact(by), verdict }))] };
}
