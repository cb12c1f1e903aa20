import type { QrelsReport } from '../../schemas/qrels-report.ts';

/** What the figures were made from, item by item; what is not known reads `unknown`. */
export function provenanceOf({ meta, comparison }: QrelsReport): [item: string, value: string][] {
  const told = (value: string | number | null): string => (value === null || value === '' ? 'unknown' : String(value));
  const arms = comparison === undefined ? [] : [comparison.arm_a, comparison.arm_b];
  return [
    ['code commit', told(meta.commit)],
    ['Lauter version', meta.lauter_version],
    ['judgments', `${meta.qrels_path}, sha256 ${meta.qrels_sha256}`],
    ['question set', meta.question_set_hash],
    ...(meta.run_path === null ? [] : [['rankings', `${meta.run_path}, sha256 ${told(meta.run_sha256)}`] as [string, string]]),
    ['seed', String(meta.seed)],
    ['resamples', String(meta.resamples)],
    ['knob hash', told(meta.knob_hash)],
    ...arms.map(({ name, knob_hash }): [string, string] => [`knob hash of ${name}`, told(knob_hash)]),
    ['corpus hash', told(meta.corpus_hash)],
    ['retriever', told(meta.retriever)],
    ['command', meta.command.join(' ')],
    ['started', meta.started_at],
    ['finished', meta.finished_at],
    [
      'degraded',
      Object.entries(meta.degraded)
        .map(([state, count]) => `${state} ${count}`)
        .join(', ') || 'none',
    ],
    ['cost', 'none: no model was called by the evaluation'],
  ];
}

/** False where nobody could make the figures again from what is recorded. */
export function isReproducible({ meta }: QrelsReport): boolean {
  return meta.commit !== 'unknown';
}
