import { resolve } from 'node:path';
import { fixtureName, qaPlace, requireFree, writeJsonLines } from '../../adapters/bench/qa-files.ts';
import { writeJsonAtomically } from '../../adapters/atomic-write.ts';
import { now } from '../../adapters/clock.ts';
import { graftFixture, type GraftedFixture } from '../bench/graft-fixture.ts';
import { openCorpusOf, openQaAt } from '../bench/open-bench.ts';
import { tellQaGraft } from '../bench/tell-qa.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { QaGraftReport } from '../../schemas/bench-qa-reports.ts';
import { openOldCorpus } from '../bench/open-old-corpus.ts';

export interface QaGraftOptions extends PlaceOptions {
  readonly qa: string;
  readonly corpusVersion: string;
  readonly to: string;
  readonly fromCorpusVersion?: string;
  readonly worklist?: string;
  readonly json?: boolean;
}

/** `lauter bench qa graft`: a new fixture with the goldens of an old one bound to another corpus by content. */
export async function benchQaGraft(io: Io, options: QaGraftOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const place = qaPlace(root, options.to, io.cwd);
  const worklistPath =
    options.worklist === undefined ? place.path.replace(/(?:\.jsonl)?$/, '.worklist.jsonl') : resolve(io.cwd, options.worklist);
  requireFree([place.path, place.provenancePath, worklistPath]);
  const qa = await openQaAt(qaPlace(root, options.qa, io.cwd));
  const from = await openOldCorpus(root, qa, options.fromCorpusVersion);
  const to = await openCorpusOf(root, options.corpusVersion);
  const grafted = graftFixture({ qa, from, to, name: fixtureName(place), at: now() });
  write(grafted, { fixture: place.path, provenance: place.provenancePath, worklist: worklistPath });
  const report: QaGraftReport = {
    schema: 'qa-graft/1',
    fixture: place.path,
    provenance: place.provenancePath,
    worklist: grafted.worklist.length === 0 ? null : worklistPath,
    ...grafted.counts,
  };
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellQaGraft(report));
  return EXIT.accepted;
}

function write(
  { rows, provenance, worklist }: GraftedFixture,
  paths: { readonly fixture: string; readonly provenance: string; readonly worklist: string },
): void {
  if (worklist.length > 0) {
    writeJsonLines(
      paths.worklist,
      worklist.map((row) => canonicalJson(row)),
    );
  }
  writeJsonLines(
    paths.fixture,
    rows.map((row) => canonicalJson(row)),
  );
  writeJsonAtomically(paths.provenance, provenance);
}
