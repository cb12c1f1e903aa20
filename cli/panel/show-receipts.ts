import { decidingCycle } from '../../domain/panel/index.ts';
import { formatUsd } from '../../reports/shared/format.ts';
import type { PanelCalibration } from '../../schemas/panel-calibration.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { panelFigures, tellAgreement, tellCalibration } from './tell-agreement.ts';
import { tellReceipt } from './tell-receipt.ts';
import type { PanelOptions } from './panel-options.ts';
import { writePanelReport } from './write-panel-report.ts';

/** What is shown beside the receipts. */
interface ShownWith {
  readonly options: PanelOptions;
  readonly calibration: PanelCalibration | null;
  readonly estimatedUsd: number;
  /** By the ledger: with the calibration, and with replies that were lost. */
  readonly settledUsd: number;
  readonly capUsd: number | null;
}

/** Shows what the cycles came to; the worst of them decides. */
export async function showReceipts(
  io: Io,
  [first, ...rest]: readonly [PanelReceipt, ...PanelReceipt[]],
  { options, calibration, estimatedUsd, settledUsd, capUsd }: ShownWith,
): Promise<ExitCode> {
  const byVerdict = (receipt: PanelReceipt) => ({ receipt, verdict: receipt.aggregate.verdict });
  const { receipt, verdict } = decidingCycle([byVerdict(first), ...rest.map(byVerdict)]);
  if (options.report !== undefined) await writePanelReport(io, options.report, receipt);
  if (options.json === true) io.out(JSON.stringify(receipt, null, 2));
  else {
    const cap = capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`;
    const cycles = rest.length === 0 ? '' : ` (the worst of ${rest.length + 1} cycles)`;
    const lines = [
      tellReceipt(receipt),
      ...(receipt.agreement === undefined ? [] : [tellAgreement(receipt.agreement)]),
      ...(calibration === null ? [] : ['', tellCalibration(calibration)]),
      `cost: estimated ${formatUsd(estimatedUsd)}, settled ${formatUsd(settledUsd)}, ${cap}`,
      ...[first, ...rest].map(({ receipt_path: path }) => `receipt ${plain(path)}`),
      '',
      `${verdict}${cycles}`,
    ];
    io.out(lines.join('\n') + glossaryBelow(options, panelFigures(calibration !== null)));
  }
  return EXIT_BY_VERDICT[verdict];
}

const EXIT_BY_VERDICT: Readonly<Record<PanelReceipt['aggregate']['verdict'], ExitCode>> = {
  pass: EXIT.accepted,
  fail: EXIT.refused,
  inconclusive: EXIT.impossible,
};
