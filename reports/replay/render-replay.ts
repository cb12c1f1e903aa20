import { tellReproducible } from '../../domain/reproducibility/index.ts';
import type { ReplayReport, ReplayResult, ReplaySummary } from '../../schemas/replay-report.ts';
import { showValue } from '../shared/bench-values.ts';
import { formatAmount, shortenDigest } from '../shared/format.ts';
import { movedFigure } from '../shared/moved-figure.ts';
import { movesTable, rowsTable } from '../shared/replayed-rows.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import type { Verdict } from '../shared/verdict.ts';
import { measuresTable } from './measures-table.ts';

const NAME = 'eval-replay';

/** What a replay is about, beside its numbers. */
export interface ReplayFacts {
  readonly file: string;
  readonly collection: string;
  readonly retriever: string;
  readonly lauterVersion: string;
}

/** A replay as files. `moved` are the rows that moved, furthest first. The same replay gives the same bytes. */
export function renderReplay(
  report: ReplayReport & { readonly results: readonly ReplayResult[] },
  moved: readonly ReplayResult[],
  facts: ReplayFacts,
): { readonly name: string; readonly text: string }[] {
  const { summary, results, _meta, ...rest } = report;
  return renderReport({
    name: NAME,
    kind: 'Replay',
    subject: facts.file,
    facts: [
      `Collection ${facts.collection}, retriever ${facts.retriever}`,
      `Knobs ${summary.knob_hash ?? 'unknown'}`,
      `Corpus ${summary.corpus_hash === null ? 'unknown' : shortenDigest(summary.corpus_hash)}`,
      ...(report.attestation === undefined ? [] : [`Attestation ${report.attestation}`]),
      `Lauter ${facts.lauterVersion}, ${tellReproducible(_meta.footer)}`,
      'Results describe these queries on this collection, not others; without labels, a change is neither better nor worse.',
    ],
    verdict: judge(summary),
    sections: [
      {
        id: 'measures',
        title: 'Measures',
        lead: 'Strict figures count a row that errored as 0. A mean Jaccard from 0.85 is neutral, below 0.70 a major shift; below 70% of first places kept, the top is broken.',
        table: measuresTable(summary, NAME),
      },
      {
        id: 'moved',
        title: 'What moved',
        lead: `${formatAmount(moved.length, 'row')} of ${results.length} moved, furthest first.`,
        figure: movedFigure(moved),
        table: movesTable(moved, NAME),
      },
      { id: 'rows', title: 'Rows', lead: 'Every row, in the order of the file.', table: rowsTable(results, NAME) },
      ...metaSections(_meta, NAME),
    ],
    document: { ...rest, summary, results, _meta },
  });
}

/** The usual reading of the numbers; a replay decides nothing. */
const NEUTRAL = { jaccard: 0.85, top1: 0.85 };
const BROKEN = { jaccard: 0.7, top1: 0.7 };

function judge(summary: ReplaySummary): Verdict {
  const { mean_jaccard_strict: jaccard, top1_stability_strict: top1, rows_replayed, rows_total, rows_errored } = summary;
  const isNeutral = jaccard !== null && top1 !== null && jaccard >= NEUTRAL.jaccard && top1 >= NEUTRAL.top1 && rows_errored === 0;
  const isBroken = jaccard === null || top1 === null || jaccard < BROKEN.jaccard || top1 < BROKEN.top1;
  return {
    tone: isNeutral ? 'accepted' : isBroken ? 'rejected' : 'review',
    word: rows_replayed === 0 ? 'Nothing replayed' : isNeutral ? 'Steady' : isBroken ? 'Major shift' : 'Moved',
    sentence: `${rows_replayed} of ${formatAmount(rows_total, 'row')} were replayed.`,
    reasons:
      rows_errored === 0 ? [] : [{ sentence: `${formatAmount(rows_errored, 'search', 'searches')} threw:`, detail: 'they count as 0' }],
    figures: [
      { label: 'Mean Jaccard (strict)', value: showValue(jaccard) },
      { label: 'Top-1 stability (strict)', value: showValue(top1) },
      { label: 'Mean RBO', value: showValue(summary.mean_rbo) },
    ],
    nextSteps: [],
  };
}
