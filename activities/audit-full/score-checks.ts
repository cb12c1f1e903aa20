import { mergeVerdicts } from '../../domain/review/index.ts';
import { RULES, scoreEvidence, SCORER_VERSION } from '../../domain/score/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { CATEGORIES, type Category } from '../../schemas/vocabulary.ts';
import { recordOfRow } from '../record.ts';
import { readVerdicts } from '../run-verdicts.ts';
import type { ScoredVersion } from '../score.ts';
import { manifestOf } from './audited-data.ts';
import type { AuditedRun, AuditWatch, AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { addStrays } from './stray-rows.ts';

/** Check 6: one scored run for each evidence row. */
export async function checkPairing({ ports, lake }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes): Promise<void> {
  const data = { evidence: manifestOf(ports, run_id, 'materialize'), scored: manifestOf(ports, run_id, 'score') };
  notes.hold(
    `the scores of run ${run_id}`,
    `${data.evidence.rows} rows, as many as evidence`,
    `${data.scored.rows} rows, as many as evidence`,
  );
  addStrays(notes, 'evidence', await lake.unpairedScores(data));
  notes.look(`${amount(data.evidence.rows, 'evidence row')} and ${amount(data.scored.rows, 'scored run')}`);
}

/** Check 7: only words of the closed lists, one version of the rules, and the counts that the run gives. */
export async function checkCategories({ ports }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes): Promise<void> {
  const scored = manifestOf(ports, run_id, 'score');
  const counted: Record<Category, number> = { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 };
  for (const { category, rule, scorer_version, rows } of await ports.lake.countBy(scored, ['category', 'rule', 'scorer_version'])) {
    const where = `${amount(rows, 'scored run')} by ${rule}`;
    const known = CATEGORIES.find((word) => word === category);
    if (known === undefined) notes.add({ where, expected: `a category: ${CATEGORIES.join(', ')}`, found: String(category) }, rows);
    else counted[known] += rows;
    if (!RULES.some(({ name }) => name === rule)) notes.add({ where, expected: 'a rule of the table', found: String(rule) }, rows);
    if (scorer_version !== SCORER_VERSION)
      notes.add({ where, expected: `rules of version ${SCORER_VERSION}`, found: String(scorer_version) }, rows);
  }
  const { categories } = ports.runs.read<ScoredVersion>(run_id, 'score-version');
  for (const category of CATEGORIES)
    notes.hold(`lake/runs/${run_id}/score-version.json`, `${counted[category]} ${category}`, `${categories[category]} ${category}`);
  notes.look(CATEGORIES.map((category) => `${counted[category].toLocaleString('en-US')} ${category}`).join(', '));
}

/** Check 8: the rules decide about every record as they did, from the same record and the same verdicts of people. */
export async function checkRescoring(world: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const { ports, lake } = world;
  const data = { evidence: manifestOf(ports, run.run_id, 'materialize'), scored: manifestOf(ports, run.run_id, 'score') };
  const verdicts = readVerdicts(ports, run);
  const options = { partialMin: run.settings.partial_min };
  let rows = 0;
  for await (const batch of lake.scanScored(data)) {
    for (const row of batch) {
      const record = recordOfRow(row);
      const { category, rule, reasons } = scoreEvidence(
        { ...record, signals: mergeVerdicts(record.signals, verdicts.get(row.id) ?? []) },
        options,
      );
      const expected = `${category}, by ${rule}, from ${canonicalJson(reasons as unknown as JsonValue)}`;
      notes.hold(
        `evidence ${row.id}`,
        expected,
        `${row.category}, by ${row.rule}, from ${canonicalJson(JSON.parse(row.reasons) as JsonValue)}`,
      );
    }
    rows += batch.length;
    watch.progress(rows, data.evidence.rows);
    watch.throwIfStopped();
  }
  notes.look(`${amount(rows, 'record')}, with the verdicts of people on ${verdicts.size.toLocaleString('en-US')}`);
}
