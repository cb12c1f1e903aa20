import { relative } from 'node:path';
import type { RunSummary } from '../schemas/run-summary.ts';
import { plain, type Io } from './io.ts';
import { textTable } from './text-table.ts';

/** A run's result for people: verdict, counts, paths, and what to try next. */
export function tellSummary(summary: RunSummary, io: Pick<Io, 'cwd' | 'hasColour'>): string {
  const isAccepted = summary.verdict === 'accepted';
  const short = (path: string): string => {
    const near = relative(io.cwd, path);
    return near.startsWith('..') ? path : near;
  };
  const lines = [
    '',
    `${paint(io, isAccepted ? '32' : '31', isAccepted ? '✔ accepted' : '✘ refused')}   run ${summary.run_id}, ${(summary.duration_ms / 1000).toFixed(1)} s${summary.resumed ? ', resumed' : ''}`,
    ...summary.reasons.map(({ reason, detail }) => `  ${reason}: ${plain(detail)}`),
    ...(summary.warnings ?? []).map(({ warning, detail }) => `  warning, ${warning}: ${plain(detail)}`),
    '',
    textTable(
      ['stage', 'rows in', 'rows out', 'quarantined', 'shards', 'reused', 'time'],
      summary.stages.map((stage) => [
        stage.stage,
        count(stage.rows_in),
        count(stage.rows_out),
        count(stage.rows_quarantined),
        count(stage.shards),
        count(stage.shards_reused),
        `${(stage.duration_ms / 1000).toFixed(1)} s`,
      ]),
    ),
    '',
    textTable(
      ['source', 'format', 'files', 'records', 'evidence', 'quarantined'],
      summary.sources.map((source) => [
        plain(source.name),
        source.adapter,
        count(source.files),
        count(source.records),
        count(source.evidence),
        count(source.quarantined),
      ]),
    ),
    '',
    textTable(
      ['accepted', 'partially accepted', 'rejected', 'needs human review', 'RAG rows', 'SFT rows', 'preference pairs'],
      [
        [
          summary.categories.accepted,
          summary.categories.partially_accepted,
          summary.categories.rejected,
          summary.categories.needs_human_review,
          summary.exports.rag,
          summary.exports.sft,
          summary.exports.preference,
        ].map(count),
      ],
    ),
    '',
    `drift    ${summary.drift.severity}${summary.drift.against === null ? ' (first run)' : ` against ${summary.drift.against}`}`,
    `exports  ${short(summary.paths.exports)}`,
    `report   ${short(summary.paths.report)}`,
    '',
    'next:',
    `  lauter distill query "SELECT category, count(*) AS rows FROM scored GROUP BY category"`,
    `  lauter distill score --explain EVIDENCE_ID`,
    `  lauter runs show ${summary.run_id}`,
    '',
  ];
  return lines.join('\n');
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function paint(io: Pick<Io, 'hasColour'>, colour: string, text: string): string {
  return io.hasColour ? `\u001b[1;${colour}m${text}\u001b[0m` : text;
}
