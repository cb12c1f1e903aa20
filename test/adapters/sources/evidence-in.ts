import type { EvidenceDraft, SourceAdapter } from '../../../adapters/sources/source-adapter.ts';
import { isEvidence } from './adapter-contract.ts';
import type { FixtureFile } from './fixture-files.ts';
import { recordsOf } from './records-of.ts';
import { sampleOf } from './sample-of.ts';

/** The evidence an adapter finds in a file that it must recognise; a refusal among its drafts is an error unless `skipRefused`. */
export function evidenceIn(adapter: SourceAdapter, file: FixtureFile, { skipRefused = false } = {}): EvidenceDraft[] {
  const layout = adapter.detect(sampleOf(file.text, file.path))?.layout;
  if (layout === undefined || layout === 'companion')
    throw new Error(`reading ${file.path}: expected a source, found ${layout ?? 'nothing known'}.`);
  const drafts = recordsOf(file.text, layout).flatMap((record) =>
    adapter.normalize(record, { path: file.path, options: file.options ?? {} }),
  );
  const refused = drafts.filter((draft) => !isEvidence(draft));
  if (refused.length > 0 && !skipRefused) throw new Error(`reading ${file.path}: refused ${JSON.stringify(refused)}.`);
  return drafts.filter(isEvidence);
}

/** All that a draft would carry into a data set, as text: everything but the signed source record. */
export function outputText(draft: EvidenceDraft): string {
  const { signed: _signed, ...output } = draft;
  return JSON.stringify(output);
}
