import { glossaryBlock } from '../../domain/glossary/index.ts';
import { makeFooter, type KnownOrigin } from '../../domain/reproducibility/index.ts';
import type { ReportMeta } from '../../schemas/report-meta.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';

/** A footer of which everything is known, with some of it changed. */
export function footerOf(change: Partial<KnownOrigin> = {}): Reproducibility {
  return makeFooter({
    commit: 'c0ffee1',
    lauter_version: '0.1.0',
    datasets: [{ suite: 'replay', name: 'quay.ndjson', sha256: 'b'.repeat(64) }],
    question_set_hash: 'd'.repeat(64),
    seed: 42,
    resamples: 10_000,
    arms: [{ arm: 'balanced', knob_hash: 'a1b2' }],
    corpus_hash: 'e'.repeat(64),
    prompt_hashes: { reader: 'f'.repeat(64) },
    models: [{ lane: 'reader', model: 'scribe-4b', snapshot: 'scribe-4b-0301' }],
    commands: ['lauter eval replay --against quay.ndjson'],
    run_ids: ['run-1'],
    started_at: '2026-03-02T06:40:00.000Z',
    finished_at: '2026-03-02T06:41:00.000Z',
    cost: { estimated_usd: 0.5, settled_usd: 0.25 },
    price_table: '2026-03',
    degraded: { no_embedder: 2 },
    errored: 1,
    ...change,
  });
}

/** How a report ends. */
export function reportMeta(change: Partial<KnownOrigin> = {}, metrics: readonly string[] = ['mean_jaccard']): ReportMeta {
  return { ...glossaryBlock(metrics), footer: footerOf(change) };
}
