import { formatNumber } from '../../reports/shared/format.ts';
import type { PanelCalibration } from '../../schemas/panel-calibration.ts';
import type { PanelAgreement } from '../../schemas/panel-receipt.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** How far the judges say the same, for people. */
export function tellAgreement({ rows, percent, kappa, alpha, leniency }: PanelAgreement): string {
  const pairs = kappa.map(({ judges: [one, other], kappa: value }) => `kappa ${plain(one)}/${plain(other)} ${told(value)}`);
  const lenient = Object.entries(leniency).map(([id, value]) => `${plain(id)} ${signed(value)}`);
  return `agreement on ${rows === 1 ? '1 row' : `${rows} rows`}: ${told(percent)}${percent === null ? '' : '%'}, ${[...pairs, `alpha ${told(alpha)}`].join(', ')}; leniency ${lenient.join(', ')}`;
}

/** How far each judge is from what is known, for people. */
export function tellCalibration({ rows, injected_rows: injected, judges }: PanelCalibration): string {
  const table = textTable(
    ['judge', 'scored', 'no scores', 'mean error', 'false pass', 'false fail', 'injected passed'],
    judges.map(({ id, scored, failures, overall, confusion, injected: tricked }) => [
      plain(id),
      String(scored),
      String(failures),
      signed(overall.mean_error),
      String(confusion.false_pass),
      String(confusion.false_fail),
      `${tricked.passed} of ${tricked.scored}`,
    ]),
  );
  return `calibration on ${rows === 1 ? '1 output' : `${rows} outputs`}, ${injected} of them with an injection\n${table}`;
}

/** Names of the figures that are printed, as the glossary knows them. */
export function panelFigures(isCalibrated: boolean): string[] {
  const known = ['mean_error', 'false_pass', 'false_fail', 'injected_passed'];
  return ['panel_overall', 'percent_agreement', 'kappa', 'alpha', 'leniency', ...(isCalibrated ? known : [])];
}

function told(value: number | null): string {
  return value === null ? 'n/a' : formatNumber(value);
}

function signed(value: number | null): string {
  return value === null ? 'n/a' : `${value > 0 ? '+' : ''}${formatNumber(value)}`;
}
