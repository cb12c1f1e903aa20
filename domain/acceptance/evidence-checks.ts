import type { AcceptanceFacts, Finding } from './facts.ts';
import { countedEvidence, placeOf, PlantedPlaces } from './places.ts';

/** 1: the records of a file, counted by hand, are its evidence rows and its quarantined rows. */
export function checkAccounting({ planted, evidence, quarantine }: AcceptanceFacts): Finding[] {
  const rows = countBy(
    evidence.filter((row) => !row.is_excluded),
    ({ source_file: file }) => file,
  );
  const refused = countBy(
    quarantine.filter(({ set }) => set === 'materialize'),
    ({ source_file: file }) => file,
  );
  const known = new Set(planted.files.map(({ file }) => file));
  const strangers = [...new Set([...rows.keys(), ...refused.keys()])].filter((file) => !known.has(file));
  return [
    ...planted.files.flatMap(({ file, records }) => {
      const [kept, out] = [rows.get(file) ?? 0, refused.get(file) ?? 0];
      if (kept + out === records) return [];
      return [{ expected: `${records} records`, found: `${kept} evidence + ${out} quarantined`, where: file }];
    }),
    ...planted.files.flatMap(({ file, refused: reasons }) => {
      const own = quarantine.filter((row) => row.set === 'materialize' && row.evidence_id === null && row.source_file === file);
      const [expected, found] = [spell(Object.entries(reasons)), spell([...countBy(own, ({ reason }) => reason)])];
      return expected === found ? [] : [{ expected: `refused: ${expected}`, found: `refused: ${found}`, where: file }];
    }),
    ...strangers.map((file) => ({ expected: 'rows of the files of the fixture', found: 'rows of another file', where: file })),
  ];
}

/** 2: every evidence row is what its schema says. */
export function checkValidity({ evidence, malformed }: AcceptanceFacts): Finding[] {
  if (evidence.length === 0) return [{ expected: 'evidence rows', found: 'none', where: 'lake/evidence' }];
  return malformed.map(({ id, problem }) => ({ expected: 'a row that evidence/1 allows', found: problem, where: `evidence ${id}` }));
}

/** 3: the signature of every row is that of what stands in its source. Several attempts of one place take one signature each. */
export function checkSignatures({ evidence, signatures }: AcceptanceFacts): Finding[] {
  const unclaimed = new Map<string, (string | null)[]>();
  for (const { file, attempt, sig_hash: own } of signatures) {
    const key = placeOf(file, attempt);
    unclaimed.set(key, [...(unclaimed.get(key) ?? []), own]);
  }
  return evidence.flatMap((row) => {
    const where = placeOf(row.source_file, row.locator);
    const here = unclaimed.get(where) ?? [];
    const at = here.indexOf(row.sig_hash);
    if (at === -1)
      return [
        { expected: `sig_hash ${here.map((own) => own ?? 'of nothing').join(' or ') || 'of no record'}`, found: row.sig_hash, where },
      ];
    here.splice(at, 1);
    return [];
  });
}

/** 4: ids are unique, and of a record that was read twice one row counts. */
export function checkUniqueness({ planted, evidence, quarantine }: AcceptanceFacts): Finding[] {
  const places = new PlantedPlaces(planted.files);
  const counted = evidence.filter((row) => !row.is_excluded);
  const repeated = [...countBy(counted, ({ id }) => id)].filter(([, rows]) => rows > 1);
  const copies = planted.files.flatMap(({ file, attempts }) =>
    attempts.filter((attempt) => attempt.is_duplicate === true).map((attempt) => placeOf(file, attempt)),
  );
  const excluded = evidence.filter((row) => row.is_excluded);
  const survivors = countedEvidence(evidence);
  const told = quarantine.filter(({ reason }) => reason === 'exact_duplicate').length;
  return [
    ...repeated.map(([id, rows]) => ({ expected: 'each id once', found: `${rows} rows`, where: `evidence ${id}` })),
    ...excluded.flatMap((row) => {
      const where = placeOf(row.source_file, row.locator);
      if (!survivors.has(row.id)) return [{ expected: 'a copy that survives', found: 'none', where }];
      return places.of(row).some((attempt) => attempt.is_duplicate === true)
        ? []
        : [{ expected: 'a record of its own', found: 'taken for a copy', where }];
    }),
    ...copies
      .filter((copy) => !excluded.some((row) => placeOf(row.source_file, row.locator) === copy))
      .map((where) => ({ expected: 'taken for a copy', found: 'a record of its own', where })),
    ...(told === copies.length
      ? []
      : [{ expected: `${copies.length} rows with exact_duplicate`, found: `${told}`, where: 'quarantine/materialize.jsonl' }]),
  ];
}

/** How many items each key has. */
export function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function spell(counts: readonly (readonly [string, number | undefined])[]): string {
  const words = counts.map(([reason, rows]) => `${rows ?? 0} ${reason}`).sort();
  return words.length === 0 ? 'none' : words.join(', ');
}
