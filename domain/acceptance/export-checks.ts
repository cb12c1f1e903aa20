import { EXPORT_SETS, type ExportSet } from '../../schemas/vocabulary.ts';
import { countBy } from './evidence-checks.ts';
import type { AcceptanceFacts, Finding, RowFact, ScoreFact } from './facts.ts';
import { countedEvidence } from './places.ts';

/** 10: RAG holds what was scored accepted or partially accepted, says so, and warns of the latter. */
export function checkRag({ rag, scores }: AcceptanceFacts): Finding[] {
  return checkRows('rag', rag, scores, ['accepted', 'partially_accepted']);
}

/** 11: strict SFT holds what was scored accepted. */
export function checkStrictSft({ sft, scores }: AcceptanceFacts): Finding[] {
  return checkRows('sft', sft, scores, ['accepted']);
}

/** 12: asked to include partial rows, SFT keeps all it had and takes in rows that were scored partially accepted. */
export function checkPartialSft({ sft, sftWithPartial, scores }: AcceptanceFacts): Finding[] {
  const strict = new Set(sft.map(({ id }) => id));
  const added = sftWithPartial.filter(({ id }) => !strict.has(id));
  const kept = new Set(sftWithPartial.map(({ id }) => id));
  const lost = sft.filter(({ id }) => !kept.has(id));
  return [
    ...checkRows('sft with partial rows', added, scores, ['partially_accepted']),
    ...lost.map(({ id }) => ({ expected: 'every row of the strict set', found: 'one is gone', where: `row ${id}` })),
  ];
}

/** 13: a row that must not stand in SFT is told by name when the file is read back. */
export function checkReread({ reread }: AcceptanceFacts): Finding[] {
  if (reread.planted.length === 0)
    return [{ expected: 'forbidden rows', found: 'none were planted', where: 'sft/instruction_response.jsonl' }];
  return [
    ...reread.untouched.map((finding) => ({
      expected: 'no finding on the file as it was written',
      found: finding,
      where: 'sft/instruction_response.jsonl',
    })),
    ...reread.planted
      .filter(({ finding }) => finding === null)
      .map(({ what, line }) => ({
        expected: `a finding on ${what}`,
        found: 'none',
        where: `sft/instruction_response.jsonl, line ${line}`,
      })),
  ];
}

/** 17: of each set, every record stands in its file or, once and with a reason, in its quarantine. */
export function checkSetAccounting(facts: AcceptanceFacts): Finding[] {
  const eligible = countedEvidence(facts.evidence);
  return EXPORT_SETS.flatMap((set) => {
    const exported = exportedIds(facts, set);
    const out = countBy(
      facts.quarantine.filter((row) => row.set === set),
      ({ evidence_id: id }) => id ?? 'null',
    );
    const faults = [...eligible.keys()].flatMap((id) => {
      const times = (exported.has(id) ? 1 : 0) + (out.get(id) ?? 0);
      return times === 1 ? [] : [{ expected: 'exported or quarantined, once', found: `${times} times`, where: `${set}, evidence ${id}` }];
    });
    const strangers = [...exported, ...out.keys()].filter((id) => !eligible.has(id));
    return [
      ...faults,
      ...strangers.map((id) => ({ expected: 'a record that is eligible', found: 'none', where: `${set}, evidence ${id}` })),
    ];
  });
}

function exportedIds({ rag, sft, preference }: AcceptanceFacts, set: ExportSet): Set<string> {
  if (set === 'preference') return new Set(preference.flatMap(({ chosen_id, rejected_id }) => [chosen_id, rejected_id]));
  return new Set((set === 'rag' ? rag : sft).map(({ id }) => id));
}

function checkRows(set: string, rows: readonly RowFact[], scores: readonly ScoreFact[], allowed: readonly string[]): Finding[] {
  if (rows.length === 0) return [{ expected: 'rows', found: 'none', where: set }];
  const categoryOf = new Map(scores.map(({ evidence_id: id, category }) => [id, category]));
  return rows.flatMap(({ id, quality, warning }): Finding[] => {
    const category = categoryOf.get(id) ?? 'no score';
    const where = `${set}, row ${id}`;
    if (!allowed.includes(category)) return [{ expected: `scored ${allowed.join(' or ')}`, found: category, where }];
    if (quality !== category) return [{ expected: `a row that says ${category}`, found: quality, where }];
    if (warning !== null && warning !== (category === 'partially_accepted'))
      return [{ expected: 'a warning on partially accepted rows alone', found: String(warning), where }];
    return [];
  });
}
