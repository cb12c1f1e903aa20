import { basename } from 'node:path';
import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { ledgerLine, listModels } from '../../domain/trust/index.ts';
import { renderTrust } from '../../reports/trust/render-trust.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { TrustList } from '../../schemas/trust-reports.ts';
import { tellReport } from '../bench/tell-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { textTable } from '../text-table.ts';
import { ledgerFolder } from '../trust/ledger-folder.ts';
import { refuseBroken } from '../trust/refuse-broken.ts';

export interface LedgerListOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly tsv?: boolean;
  readonly report?: string;
}

/** `lauter bench ledger list`: every verdict of the trust ledger, oldest first. 1 when its chain is broken. */
export function benchLedgerList(io: Io, options: LedgerListOptions): Promise<ExitCode> {
  return refuseBroken(io, async () => {
    const root = ledgerFolder(io, options);
    const rows = [...(await openTrustLedger(root).all())];
    const list: TrustList = { schema: 'trust-list/1', rows, models: listModels(rows) };
    if (options.report !== undefined) tellReport(io, options.report, renderTrust(list, basename(root)));
    if (options.json === true) io.out(JSON.stringify(list, null, 2));
    else if (options.tsv === true) for (const row of list.rows) io.out(plain(ledgerLine(row)));
    else io.out(list.rows.length === 0 ? 'the trust ledger has no rows' : tableOf(list.rows));
    return EXIT.accepted;
  });
}

function tableOf(rows: readonly TrustLedgerRow[]): string {
  return textTable(
    ['row', 'recorded', 'model', 'verdict', 'claim', 'mode', 'runs', 'mrr', 'mrr delta', 'hit@1', 'hit@1 delta', 'judge delta', 'reasons'],
    rows.map((row) => [
      String(row.seq),
      row.recorded_at,
      plain(row.model_id),
      row.verdict,
      row.claim.replace('_', ' '),
      row.mode,
      String(row.n_runs),
      ...[row.mrr_mean, row.mrr_delta, row.hit_at_1_mean, row.hit_at_1_delta, row.judge_mean_delta].map(fourDecimals),
      row.reasons.map(plain).join('; '),
    ]),
  );
}

function fourDecimals(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(4);
}
