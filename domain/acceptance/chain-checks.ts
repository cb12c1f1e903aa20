import type { AcceptanceFacts, Finding, ProvenanceFact, RowFact } from './facts.ts';
import { countedEvidence, placeOf } from './places.ts';

/** 18: every exported row leads to its evidence, and that to the line of its source, which is signed as the row says. */
export function checkTraces(facts: AcceptanceFacts): Finding[] {
  const { rag, sft, preference, evidence, signatures, traces } = facts;
  const rows = countedEvidence(evidence);
  const signed = new Map<string, Set<string | null>>();
  for (const { file, attempt, sig_hash: own } of signatures) {
    const key = placeOf(file, attempt);
    signed.set(key, (signed.get(key) ?? new Set()).add(own));
  }
  const exported: [string, string, readonly ProvenanceFact[]][] = [
    ...ofRows('rag', rag),
    ...ofRows('sft', sft),
    ...preference.map(({ id, provenance }): [string, string, readonly ProvenanceFact[]] => ['preference', id, provenance]),
  ];
  if (exported.length === 0) return [{ expected: 'exported rows', found: 'none', where: 'exports' }];
  const traced = new Map(traces.map(({ set, id, verdict, detail }) => [`${set} ${id}`, { verdict, detail }]));
  return exported.flatMap(([set, id, places]) => {
    const where = `${set}, row ${id}`;
    const trace = traced.get(`${set} ${id}`);
    const faults = places.map((place) => faultOf(place, rows.get(place.evidence_id), signed)).filter((fault) => fault !== undefined);
    if (trace?.verdict !== 'holds')
      faults.push({ expected: 'a trace that holds', found: trace === undefined ? 'no trace' : `${trace.verdict}: ${trace.detail}` });
    return faults.map((fault) => ({ ...fault, where }));
  });
}

function ofRows(set: string, rows: readonly RowFact[]): [string, string, readonly ProvenanceFact[]][] {
  return rows.map(({ id, provenance }) => [set, id, [provenance]]);
}

function faultOf(
  place: ProvenanceFact,
  row: ProvenanceFact | Omit<ProvenanceFact, 'evidence_id'> | undefined,
  signed: ReadonlyMap<string, ReadonlySet<string | null>>,
): Omit<Finding, 'where'> | undefined {
  if (row === undefined) return { expected: `evidence ${place.evidence_id}`, found: 'none' };
  const [said, stored] = [spell(place), spell(row)];
  if (said !== stored) return { expected: stored, found: said };
  const own = signed.get(placeOf(place.source_file, place.locator));
  return own?.has(place.sig_hash) === true
    ? undefined
    : { expected: `sig_hash ${place.sig_hash} in the source`, found: own === undefined ? 'no record there' : 'another record' };
}

function spell({ source_file: file, locator, line_offset: line, sig_hash: signature }: Omit<ProvenanceFact, 'evidence_id'>): string {
  return `${placeOf(file, locator)}, at line ${line + 1}, sig_hash ${signature}`;
}

/** 21: another order of the sources and another number of threads change nothing that is digested. */
export function checkSecondRun({ digests }: AcceptanceFacts): Finding[] {
  if (digests.length === 0) return [{ expected: 'digests of two runs', found: 'none', where: 'second run' }];
  return digests
    .filter(({ first, second }) => first !== second)
    .map(({ of, first, second }) => ({ expected: first, found: second, where: of }));
}

/** 22: the receipts hold, and one changed byte in any output is told by the name of its file. */
export function checkReceipts({ receipts }: AcceptanceFacts): Finding[] {
  if (receipts.flips.length === 0) return [{ expected: 'outputs whose bytes were changed', found: 'none', where: 'exports' }];
  return [
    ...receipts.faults.map((fault) => ({ expected: 'receipts that hold', found: fault, where: 'receipts' })),
    ...receipts.flips
      .filter((flip) => !flip.is_named)
      .map(({ path }) => ({ expected: 'the changed file named', found: 'nothing said of it', where: path })),
  ];
}
