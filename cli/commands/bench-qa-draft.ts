import { fixtureName, qaPlace, requireFree, writeJsonLines } from '../../adapters/bench/qa-files.ts';
import { writeJsonAtomically } from '../../adapters/atomic-write.ts';
import { sha256 } from '../../adapters/digest.ts';
import { draftQa, qaContentHash, stratify } from '../../domain/bench/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { QaProvenance } from '../../schemas/bench-qa.ts';
import type { QaDraftReport } from '../../schemas/bench-qa-reports.ts';
import { openCorpusOf } from '../bench/open-bench.ts';
import { tellQaDraft } from '../bench/tell-qa.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface QaDraftOptions extends PlaceOptions {
  readonly corpusVersion: string;
  readonly count: number;
  readonly seed: number;
  readonly qa?: string;
  readonly json?: boolean;
}

/** `lauter bench qa draft`: a fixture whose questions are still to be written, each bound to an event of a seeded sample. */
export async function benchQaDraft(io: Io, options: QaDraftOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const corpus = await openCorpusOf(root, options.corpusVersion);
  const place = qaPlace(root, options.qa ?? `draft-${options.corpusVersion}`, io.cwd);
  requireFree([place.path, place.provenancePath]);
  const rows = draftQa(corpus.rows, { count: options.count, seed: options.seed }, sha256);
  const lines = rows.map((row, index) => ({ line: index + 1, value: row as JsonObject }));
  const name = fixtureName(place);
  const qaHash = qaContentHash(lines, sha256);
  const stratification = stratify(rows);
  const provenance: QaProvenance = {
    fixture: name,
    version: name,
    annotated_on: null,
    annotation_method: `draft of ${rows.length} events drawn with seed ${options.seed}, questions to be written`,
    second_annotation: false,
    corpus_version: corpus.version,
    corpus_schema_version: corpus.schemaVersion,
    corpus_content_hash: corpus.contentHash,
    jsonl_content_hash: corpus.jsonlHash,
    qa_content_hash: qaHash,
    event_count: corpus.rows.length,
    scoreable: rows.length,
    stratification,
    grafts: [],
  };
  writeJsonLines(
    place.path,
    lines.map(({ value }) => canonicalJson(value)),
  );
  writeJsonAtomically(place.provenancePath, provenance);
  const report: QaDraftReport = {
    schema: 'qa-draft/1',
    fixture: place.path,
    provenance: place.provenancePath,
    corpus_version: corpus.version,
    rows: rows.length,
    stratification,
    qa_content_hash: qaHash,
    warnings: rows.length < options.count ? [`expected ${options.count} events, found ${rows.length} in the corpus; all were taken`] : [],
  };
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellQaDraft(report));
  return EXIT.accepted;
}
