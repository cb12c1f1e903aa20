import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { signedRecords } from '../../adapters/sources/signed-records.ts';
import type { Plan } from '../../schemas/plan.ts';
import type { Trace } from '../../schemas/trace.ts';
import { runCli } from '../support/run-cli.ts';
import { PROJECT_ROOT } from '../support/run-lauter.ts';
import { readData } from './real-data.ts';
import { readExported, type ExportedRow, type Provenance, type RealRun, type ScoredRow } from './real-run.ts';
import { sourceTruth } from './source-truth.ts';
import { expectedPairs, type PairOfRuns } from './tau-pairs.ts';

const SETS = ['rag/playbooks', 'sft/instruction_response', 'preference/chosen_rejected'] as const;
const [RAG, SFT, PREFERENCE] = SETS;

/** What the exported rows of a run over the real folders must show; `run` is asked for it when a test begins. */
export function testExportedRows(run: () => RealRun): void {
  test('no record that its source says failed was accepted, in any folder', () => {
    const wrong = run().rows.filter((row) => !isBorneOut(row.category, sourceTruth(row)));
    expect(wrong).toEqual([]);
    const known = run().rows.filter((row) => row.category === 'accepted');
    expect(known.length).toBeGreaterThan(3_000);
    // The same question to the rows that were rejected finds hundreds.
    expect(known.length).toBeLessThan(run().rows.filter((row) => sourceTruth(row) !== null).length - 500);
  });

  test('no exported row stands for an attempt that its source says failed', () => {
    for (const row of readExported(run(), RAG)) expect(isBorneOut(row.category!, truthOf(row)), row.id).toBe(true);
    for (const row of readExported(run(), SFT)) expect(truthOf(row), row.id).toBe(1);
    for (const { id, provenance } of readExported(run(), PREFERENCE)) {
      if (!('chosen' in provenance)) throw new Error(`pair ${id} without the provenance of its sides`);
      const [chosen, rejected] = [sourceTruth(provenance.chosen)!, sourceTruth(provenance.rejected)!];
      expect(chosen, id).toBeGreaterThan(rejected);
      expect(chosen, id).toBeGreaterThanOrEqual(0.5);
    }
  });

  test('aider-bench: none of the 144 traps is in RAG as accepted, in SFT, or a chosen answer', () => {
    const traps = new Set(
      fileNames(run().rows, 'trace-aider-swebench').filter((file) => {
        const instance = readData<Readonly<Record<string, unknown>>>(`trace-aider-swebench/${file}`);
        const looksRight = instance.edit_outcome === true && instance.lint_outcome === true && instance.test_outcome === true;
        return looksRight && instance.resolved !== true;
      }),
    );
    expect(traps.size).toBe(144);
    const trusted = [
      ...readExported(run(), RAG).filter((row) => row.category === 'accepted'),
      ...readExported(run(), SFT),
      ...readExported(run(), PREFERENCE),
    ];
    const files = trusted.map((row) => sidesOf(row)[0]!.source_file).filter((file) => file.includes('/trace-aider-swebench/'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => traps.has(basename(file)))).toEqual([]);
  });

  test('tau-bench: pairs for the 26 tasks with mixed results, those that the files give, and none for the others', () => {
    const { pairs, mixedTasks } = expectedPairs();
    expect(mixedTasks).toBe(26);
    const runs = new Map(ofTau(run()).map((row) => [row.evidence_id, Number(row.pointer!.slice(1))]));
    const found = readExported(run(), PREFERENCE).filter((row) => runs.has(row.chosen_id!));
    const asRuns = found.map((row): PairOfRuns => ({ chosen: runs.get(row.chosen_id!)!, rejected: runs.get(row.rejected_id!)! }));
    expect(sorted(asRuns)).toEqual(sorted(pairs));
  });

  test('tau-bench: every one of the 84 accepted runs is a row of SFT, unless another row says the same', () => {
    const accepted = ofTau(run()).filter((row) => row.category === 'accepted');
    expect(accepted.length).toBe(84);
    const exported = new Set(readExported(run(), SFT).map(({ id }) => id));
    const reasons = new Map(
      readExported<{ evidence_id: string; reason: string }>(run(), 'quarantine/sft').map((row) => [row.evidence_id, row.reason]),
    );
    const left = accepted.filter((row) => !exported.has(row.evidence_id));
    for (const { evidence_id, pointer } of left) expect(reasons.get(evidence_id), pointer ?? '').toMatch(/duplicate/);
  });

  test('every exported row was read where it says: its source, signed again in one pass for each file, gives id and sig_hash', async () => {
    const signed = await signAgain(run());
    const rows = SETS.flatMap((set) => readExported(run(), set).flatMap(idsAndPlaces));
    expect(rows.length).toBeGreaterThan(5_000);
    expect(rows.filter(([id, place]) => !signed.has(signature(id, place)))).toEqual([]);
    const [[id, place]] = rows as [[string, Provenance]];
    expect(signed.has(signature(id, { ...place, line_offset: place.line_offset + 1 }))).toBe(false);
  });

  test('a row of each folder, and a pair, traces from the export to its source', async () => {
    const samples = new Map<string, string>();
    for (const row of SETS.flatMap((set) => readExported(run(), set))) {
      const folder = /shared\/data\/([^/]+)\//.exec(sidesOf(row)[0]!.source_file)?.[1] ?? '';
      samples.set(`${row.chosen_id === undefined ? 'row' : 'pair'} of ${folder}`, row.id);
    }
    expect(samples.size).toBeGreaterThan(8);
    for (const [sample, id] of samples) {
      const { code, out, err } = await runCli(['trace', id, '--json', '--workspace', run().workspace], PROJECT_ROOT);
      expect(code, `${sample}: ${err}`).toBe(0);
      expect(JSON.parse(out) as Trace, sample).toMatchObject({ verdict: 'holds', first: null });
    }
  }, 300_000);

  test('no task and no text on two sides of a split', () => {
    const sides = new Map<string, string>();
    for (const set of SETS) {
      for (const row of readExported(run(), set)) {
        const text = JSON.stringify(row.content ?? row.messages ?? row.id);
        for (const key of [`task ${row.task_key}`, `${set} ${text}`]) {
          expect(sides.get(key) ?? row.split, key.slice(0, 200)).toBe(row.split);
          sides.set(key, row.split);
        }
      }
    }
    expect(new Set(sides.values())).toEqual(new Set(['train', 'validation', 'test']));
  });
}

/** Accepted means that the source says success, partially accepted that it says at least half of it. */
function isBorneOut(category: string, truth: number | null): boolean {
  if (category === 'accepted') return truth === 1;
  return category !== 'partially_accepted' || (truth !== null && truth >= 0.5);
}

function truthOf(row: ExportedRow): number | null {
  return sourceTruth(sidesOf(row)[0]!);
}

/** Where a row, or the chosen and the rejected side of a pair, was read. */
function sidesOf({ provenance }: ExportedRow): Provenance[] {
  return 'chosen' in provenance ? [provenance.chosen, provenance.rejected] : [provenance];
}

function idsAndPlaces(row: ExportedRow): [string, Provenance][] {
  const ids = row.chosen_id === undefined ? [row.id] : [row.chosen_id, row.rejected_id!];
  return sidesOf(row).map((place, side) => [ids[side]!, place]);
}

/** Every attempt of the files that the run read, as it stands there now. */
async function signAgain({ workspace, summary }: RealRun): Promise<Set<string>> {
  const plan = JSON.parse(readFileSync(join(workspace, 'lake', 'runs', summary.run_id, 'plan.json'), 'utf8')) as Plan;
  const signed = new Set<string>();
  for (const { adapter, options, parts } of plan.shards) {
    for (const part of parts) {
      for await (const { evidenceId, line, locator, sigHash } of signedRecords({ part, adapter, options, maxRecordBytes: 16 << 20 }))
        signed.add(signature(evidenceId, { source_file: part.source_file, line_offset: line, locator, sig_hash: sigHash }));
    }
  }
  return signed;
}

function signature(id: string, { source_file, line_offset, locator, sig_hash }: Provenance): string {
  return [id, sig_hash, source_file, line_offset, locator.line, locator.pointer, locator.member].join(' ');
}

function fileNames(rows: readonly ScoredRow[], source: string): string[] {
  return rows.filter((row) => row.source === source).map((row) => basename(row.source_file));
}

function ofTau({ rows }: RealRun): ScoredRow[] {
  return rows.filter((row) => row.source === 'trace-tau-bench');
}

function sorted(pairs: readonly PairOfRuns[]): string[] {
  return pairs.map(({ chosen, rejected }) => `${chosen} rather than ${rejected}`).sort();
}
