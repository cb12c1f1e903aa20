import { turnsOfPair } from '../domain/export/index.ts';
import { contentOf } from '../domain/materialize/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import { KeyedDigest } from '../domain/shared/keyed-digest.ts';
import type { Message } from '../schemas/evidence.ts';
import { preferenceRowSchema } from '../schemas/export-rows.ts';
import type { Split } from '../schemas/vocabulary.ts';
import type { DistillInput } from './contract.ts';
import { exportVersion } from './export.ts';
import { type EvidenceVersion } from './materialize.ts';
import type { Attempt, CategorizedRow, LineFile, PairedRows, Ports } from './ports.ts';
import { provenanceOf } from './record.ts';
import type { ScoredVersion } from './score.ts';
import { readVersion } from './stage-document.ts';
import type { WrittenSet } from './written-set.ts';

/** Writes the pairs of a run as lines, and says what they come to. */
export async function writePairs(
  ports: Ports,
  run: DistillInput,
  file: LineFile,
  attempt: Attempt,
): Promise<Pick<WrittenSet, 'content_digest' | 'splits'>> {
  const evidence = ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest);
  const scored = ports.lake.readManifest('scored', readVersion<ScoredVersion>(ports, run, 'score').manifest);
  const digest = new KeyedDigest();
  const splits: Partial<Record<Split, number>> = {};
  for await (const batch of ports.lake.scanPairs(exportVersion(ports, run), evidence, scored)) {
    for (const pair of batch) {
      const { split } = pair;
      const { id, row, content } = lineOf(ports, pair, split);
      file.write(row);
      digest.add(id, ports.digests.sha256(content));
      splits[split] = (splits[split] ?? 0) + 1;
    }
    attempt.throwIfStopped();
    attempt.report(digest.rows);
  }
  return { content_digest: digest.finish(ports.digests.startSha256()), splits };
}

function lineOf(ports: Ports, pair: PairedRows, split: Split): { id: string; row: string; content: string } {
  const turns = turnsOfPair(messagesOf(pair.chosen), messagesOf(pair.rejected), pair.chosen.task_text);
  if (turns === undefined) throw new Error(`pair ${pair.chosen_id} / ${pair.rejected_id} has no prompt, though both records have one`);
  const id = ports.digests.sha256Of('pair', pair.chosen_id, pair.rejected_id);
  const [chosen, rejected] = [provenanceOf(pair.chosen), provenanceOf(pair.rejected)];
  const rest = {
    id,
    ...turns,
    reason: pair.reason,
    margin: pair.margin,
    task_key: pair.task_key,
    split,
    chosen_id: pair.chosen_id,
    rejected_id: pair.rejected_id,
    chosen_category: pair.chosen.category,
    rejected_category: pair.rejected.category,
  };
  const row = canonicalJson({ ...rest, provenance: { chosen, rejected } } as unknown as JsonValue);
  preferenceRowSchema.parse(JSON.parse(row));
  return {
    id,
    row,
    content: canonicalJson({ ...rest, provenance: { chosen: contentOf(chosen), rejected: contentOf(rejected) } } as unknown as JsonValue),
  };
}

function messagesOf(row: CategorizedRow): Message[] {
  return JSON.parse(row.messages) as Message[];
}
