import type { Hands } from '../../cli/acceptance/gather-facts.ts';
import { rereadSft } from '../../cli/acceptance/reread-facts.ts';
import { verifyRun } from '../../cli/acceptance/receipt-facts.ts';
import { scoreEvidence } from '../../domain/score/index.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { Sabotage } from '../support/sabotage.ts';

/** A fault, put where the pipeline could make it, and what must fail of it. */
export interface PlannedSabotage {
  /** The invariant that is there for this fault. */
  readonly invariant: number;
  readonly what: string;
  /** Others that cannot but fail with it, each for the reason given. */
  readonly implied: Readonly<Record<number, string>>;
  plant(sabotage: Sabotage): Promise<Partial<Hands>> | Partial<Hands>;
}

/** Whatever is changed in the lake or in an export after the run is also no longer what the receipts say. */
const CHAIN = { 22: 'the receipts no longer hold' };
/** A trace holds every file that it reads against its digest. */
const TRACED = { 18: 'no row can be traced through a changed file', ...CHAIN };
const EXPORT = { 21: 'the second run has other lines', ...TRACED };
const PLAIN_HANDS = {};

const SFT = 'sft/instruction_response';
const PAIRS = 'preference/chosen_rejected';
const UNLABELLED = `source_file LIKE 'dev-sessions/%' AND contains(locator, '"line":1')`;

/** One fault for each invariant. */
export const SABOTAGES: readonly PlannedSabotage[] = [
  {
    invariant: 1,
    what: 'a refused record vanishes from the quarantine',
    implied: TRACED,
    plant(sabotage) {
      sabotage.editRows('quarantine/materialize', ([first, ...rest]) => (first?.evidence_id === null ? rest : []));
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 2,
    what: 'an evidence row has an outcome that no schema knows',
    implied: CHAIN,
    async plant(sabotage) {
      await sabotage.editParquet('evidence', UNLABELLED, { outcome_state: `'splendid'` });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 3,
    what: 'an evidence row has the signature of something else',
    implied: CHAIN,
    async plant(sabotage) {
      await sabotage.editParquet('evidence', UNLABELLED, { sig_hash: `'${'0'.repeat(64)}'` });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 4,
    what: 'the copies of records are no longer left out',
    implied: { 1: 'a copy then counts as evidence and as quarantined', ...TRACED },
    plant(sabotage) {
      sabotage.edit(sabotage.manifest('evidence'), (text) => JSON.stringify({ ...(JSON.parse(text) as object), excluded: null }, null, 2));
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 5,
    what: 'an evidence row loses its score',
    implied: { 6: 'one is missing in the counts', ...CHAIN },
    async plant(sabotage) {
      await sabotage.editParquet('scored', UNLABELLED, 'remove');
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 6,
    what: 'the summary counts one accepted row more than there are',
    implied: CHAIN,
    plant(sabotage) {
      sabotage.edit(`main/reports/${sabotage.runs.main}/summary.json`, (text) =>
        text.replace(/"accepted": (\d+)/, (_, rows: string) => `"accepted": ${Number(rows) + 1}`),
      );
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 7,
    what: 'the scorer gives another reason each time',
    implied: {},
    plant() {
      let times = 0;
      const score: typeof scoreEvidence = (record, options) => {
        const scored = scoreEvidence(record, options);
        return { ...scored, reasons: [...scored.reasons, { reason: 'time', value: String((times += 1)) }] };
      };
      return { score };
    },
  },
  {
    invariant: 8,
    what: 'a conversation that nobody judged is accepted',
    implied: { 6: 'the counts of its source change', 7: 'the rules do not say so', ...TRACED },
    async plant(sabotage) {
      await sabotage.editParquet('scored', `source_file = 'desk/2026-05-04.jsonl' AND rule = 'nothing_known'`, { category: `'accepted'` });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 9,
    what: 'a session of a source without labels is accepted',
    implied: { 6: 'the counts of its source change', 7: 'the rules do not say so', 8: 'nothing speaks for it', ...CHAIN },
    async plant(sabotage) {
      await sabotage.editParquet('scored', UNLABELLED, { category: `'accepted'` });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 10,
    what: 'a row of RAG says that it was rejected',
    implied: EXPORT,
    plant(sabotage) {
      sabotage.editRows('rag/playbooks', changeFirst({ category: 'rejected' }));
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 11,
    what: 'a rejected record stands in strict SFT, and says that it is accepted',
    implied: {
      12: 'the set with partial rows does not have it',
      13: 'the file is no longer the one that was written',
      17: 'it stands in the quarantine too',
      ...EXPORT,
    },
    plant(sabotage) {
      const [pair] = sabotage.rows(PAIRS).filter((row) => row.rejected_category === 'rejected');
      const provenance = (pair?.provenance as { rejected: JsonObject } | undefined)?.rejected ?? {};
      sabotage.editRows(SFT, (rows) => [
        ...rows,
        { ...rows[0], id: pair?.rejected_id ?? '', task_key: pair?.task_key ?? '', split: pair?.split ?? '', messages: [], provenance },
      ]);
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 12,
    what: 'asked for partial rows, SFT takes in a rejected one',
    implied: {},
    plant(sabotage) {
      const [pair] = sabotage.rows(PAIRS).filter((row) => row.rejected_category === 'rejected');
      const added = { id: pair?.rejected_id ?? '', quality_score: 'partially_accepted' };
      sabotage.editRows(SFT, (rows) => [...rows, { ...rows[0], ...added }], sabotage.runs.partial);
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 13,
    what: 'the re-read passes over rows without provenance',
    implied: {},
    plant: () => ({ reread: async (...given) => (await rereadSft(...given)).filter((finding) => !finding.includes('provenance')) }),
  },
  {
    invariant: 14,
    what: 'a record is paired with itself',
    implied: { 16: 'it cannot be better than itself', 17: 'the other record of the pair is nowhere', ...EXPORT },
    plant(sabotage) {
      const once = (id: unknown): boolean =>
        sabotage.rows(PAIRS).filter((row) => row.chosen_id === id || row.rejected_id === id).length === 1;
      sabotage.editRows(PAIRS, (rows) => {
        const at = rows.findIndex((row) => once(row.rejected_id));
        return rows.map((row, index) => (index === at ? { ...row, rejected_id: row.chosen_id ?? '' } : row));
      });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 15,
    what: 'both sides of a pair say the same',
    implied: EXPORT,
    plant(sabotage) {
      sabotage.editRows(PAIRS, ([first, ...rest]) => [{ ...first, rejected: first?.chosen ?? [] }, ...rest]);
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 16,
    what: 'the worse side of a pair is the chosen one',
    implied: EXPORT,
    plant(sabotage) {
      sabotage.editRows(PAIRS, ([first = {}, ...rest]) => [turned(first), ...rest]);
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 17,
    what: 'a record that did not enter SFT vanishes from its quarantine',
    implied: TRACED,
    plant(sabotage) {
      sabotage.editRows('quarantine/sft', (rows) => rows.slice(1));
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 18,
    what: 'a row of RAG names the line below its own',
    implied: { 21: EXPORT[21], ...CHAIN },
    plant(sabotage) {
      sabotage.editRows('rag/playbooks', ([first = {}, ...rest]) => {
        const place = first.provenance as JsonObject;
        return [{ ...first, provenance: { ...place, line_offset: Number(place.line_offset) + 1 } }, ...rest];
      });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 19,
    what: 'a task is moved to another split in RAG alone',
    implied: EXPORT,
    plant(sabotage) {
      const inSft = new Set(sabotage.rows(SFT).map((row) => row.task_key));
      sabotage.editRows('rag/playbooks', (rows) => {
        const at = rows.findIndex((row) => inSft.has(row.task_key ?? ''));
        return rows.map((row, index) => (index === at ? { ...row, split: row.split === 'train' ? 'test' : 'train' } : row));
      });
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 20,
    what: 'a planted address stands in a log',
    implied: {},
    plant(sabotage) {
      const [email] = sabotage.space.planted.secrets.filter(({ kind }) => kind === 'email');
      sabotage.create('main/temporal/notes.log', `asked to write to ${email?.parts.join('')}\n`);
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 21,
    what: 'in another order a row of RAG comes out with another title',
    implied: {},
    plant(sabotage) {
      sabotage.editRows('rag/playbooks', changeFirst({ title: 'Another title' }), sabotage.runs.shuffled, 'shuffled');
      return PLAIN_HANDS;
    },
  },
  {
    invariant: 22,
    what: 'the verification passes over the files of pairs',
    implied: {},
    plant: () => ({ verify: async (...given) => (await verifyRun(...given)).filter(({ path }) => !path.includes('chosen_rejected')) }),
  },
];

function changeFirst(fields: JsonObject) {
  return ([first, ...rest]: JsonObject[]): JsonObject[] => [{ ...first, ...fields }, ...rest];
}

/** The pair with its sides the other way round, wherever they stand. */
function turned(pair: JsonObject): JsonObject {
  const place = pair.provenance as JsonObject;
  const swapped = (side: 'chosen' | 'rejected') => (side === 'chosen' ? 'rejected' : 'chosen');
  const of = (side: 'chosen' | 'rejected'): JsonObject => ({
    [side]: pair[swapped(side)] ?? [],
    [`${side}_id`]: pair[`${swapped(side)}_id`] ?? '',
    [`${side}_category`]: pair[`${swapped(side)}_category`] ?? '',
  });
  return { ...pair, ...of('chosen'), ...of('rejected'), provenance: { chosen: place.rejected ?? {}, rejected: place.chosen ?? {} } };
}
