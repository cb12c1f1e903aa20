import { describe, expect, test } from 'vitest';
import { INVARIANTS, judgeFacts, type AcceptanceFacts } from '../../../domain/acceptance/index.ts';
import { bakeryFacts, OATS, PAIR, rowOf, RYE, SPELT, TALK } from './hand-made-facts.ts';

/** The numbers of the invariants that do not hold once the facts are changed. */
function broken(changes: Partial<AcceptanceFacts>): number[] {
  return judgeFacts(bakeryFacts(changes))
    .filter(({ passed }) => !passed)
    .map(({ number }) => number);
}

/** What one invariant says of changed facts. */
function told(number: number, changes: Partial<AcceptanceFacts>) {
  return judgeFacts(bakeryFacts(changes)).find((result) => result.number === number);
}

const facts = bakeryFacts();
const without = <Item>(items: readonly Item[], at: number): Item[] => items.filter((_, index) => index !== at);

test('there are 22, numbered in order, each with a name of its own', () => {
  expect(INVARIANTS.map(({ number }) => number)).toEqual(Array.from({ length: 22 }, (_, at) => at + 1));
  expect(new Set(INVARIANTS.map(({ name }) => name)).size).toBe(22);
});

test('all hold of facts in which nothing is wrong', () => {
  expect(broken({})).toEqual([]);
});

describe('evidence', () => {
  test('1: a refused record that nobody counts, a reason that changed, a file that was not planted', () => {
    expect(broken({ quarantine: without(facts.quarantine, 0) })).toEqual([1]);
    expect(told(1, { quarantine: without(facts.quarantine, 0) })).toMatchObject({
      expected: '5 records',
      found: '3 evidence + 1 quarantined (and 1 more)',
      where: ['letters.jsonl', 'letters.jsonl'],
    });
    const [first, ...rest] = facts.quarantine;
    expect(broken({ quarantine: [{ ...first!, reason: 'too_deep' }, ...rest] })).toEqual([1]);
    expect(broken({ quarantine: [...facts.quarantine, { ...first!, source_file: 'cellar.jsonl' }] })).toEqual([1]);
  });

  test('2: a row that the schema refuses, and no rows at all', () => {
    expect(broken({ malformed: [{ id: 'rye', problem: 'outcome.state: expected success' }] })).toEqual([2]);
    expect(told(2, { evidence: [] })?.passed).toBe(false);
  });

  test('3: a signature of something else; of two attempts in one place each takes its own', () => {
    const evidence = [{ ...RYE, sig_hash: '7'.repeat(64) }, ...facts.evidence.slice(1)];
    expect(told(3, { evidence })).toMatchObject({ passed: false, found: '7'.repeat(64), where: ['letters.jsonl, line 1'] });
    const [signed] = facts.signatures;
    const twins = { evidence: [RYE, { ...RYE, id: 'rye-2', sig_hash: 'b'.repeat(64) }] };
    const forked = { ...signed!, sig_hash: 'b'.repeat(64) };
    expect(told(3, { ...twins, signatures: [signed!, forked] })?.passed).toBe(true);
    expect(told(3, { ...twins, signatures: [forked, forked] })?.passed).toBe(false);
  });

  test('4: an id twice, a copy that counts, a record that was taken for one, a copy that is not told', () => {
    expect(broken({ evidence: facts.evidence.map((row) => ({ ...row, is_excluded: false })) })).toContain(4);
    const taken = facts.evidence.map((row) => (row.id === 'spelt' ? { ...row, is_excluded: true } : row));
    expect(told(4, { evidence: taken })).toMatchObject({ expected: 'a copy that survives', where: ['letters.jsonl, line 2'] });
    expect(told(4, { quarantine: without(facts.quarantine, 1) })?.expected).toBe('1 rows with exact_duplicate');
  });
});

describe('scores', () => {
  test('5: a row without a score, with two, a score without a row', () => {
    expect(broken({ scores: without(facts.scores, 3) })).toContain(5);
    expect(broken({ scores: [...facts.scores, facts.scores[1]!] })).toContain(5);
    expect(told(5, { scores: [...facts.scores, { evidence_id: 'ghost', category: 'rejected' }] })?.where).toEqual(['scored run of ghost']);
  });

  test('6: a fifth category, one that nobody has, another count in a document or than was planted', () => {
    const scored = (category: string) => ({
      scores: facts.scores.map((score) => (score.evidence_id === 'spelt' ? { ...score, category } : score)),
    });
    expect(broken(scored('splendid'))).toEqual(expect.arrayContaining([6]));
    expect(told(6, scored('partially_accepted'))).toMatchObject({
      expected: 'rows that are rejected',
      found: expect.stringContaining('none') as string,
    });
    expect(
      broken({
        stated: [{ document: 'summary.json', categories: { accepted: 2, rejected: 1, partially_accepted: 1, needs_human_review: 1 } }],
      }),
    ).toEqual([6]);
    const files = facts.planted.files.map((file) =>
      file.file === 'talk.jsonl' ? { ...file, attempts: [{ ...file.attempts[0]!, category: 'rejected' as const }] } : file,
    );
    expect(broken({ planted: { ...facts.planted, files } })).toEqual([6]);
  });

  test('7: another digest', () => {
    expect(broken({ rescored: { stored: 'd1', again: 'd2', changed: ['rye'] } })).toEqual([7]);
  });

  test.each(['no', 'partly', 'disputed', 'opinion', 'none'] as const)('8: accepted although the record says "%s" of itself', (truth) => {
    const files = facts.planted.files.map((file) => ({ ...file, attempts: file.attempts.map((attempt) => ({ ...attempt, truth })) }));
    expect(broken({ planted: { ...facts.planted, files } })).toEqual([8]);
  });

  test('8: accepted although no such record was planted', () => {
    const files = facts.planted.files.map((file) => ({ ...file, attempts: file.attempts.filter(({ line }) => line !== 0) }));
    expect(told(8, { planted: { ...facts.planted, files } })?.found).toBe('no record of the fixture');
  });

  test('9: an accepted row of a source without labels, and none of its rows at all', () => {
    const scores = facts.scores.map((score) => (score.evidence_id === 'talk' ? { ...score, category: 'accepted' } : score));
    expect(told(9, { scores })).toMatchObject({ passed: false, where: ['talk.jsonl, line 1'] });
    expect(told(9, { evidence: facts.evidence.filter(({ id }) => id !== 'talk') })?.passed).toBe(false);
  });
});

describe('sets', () => {
  test('10: a rejected record in RAG, a row that says something else, a warning that is missing, no rows', () => {
    expect(told(10, { rag: [rowOf(SPELT, 'accepted', { warning: false })] })).toMatchObject({
      found: 'rejected',
      where: ['rag, row spelt'],
    });
    expect(told(10, { rag: [rowOf(RYE, 'partially_accepted', { warning: true })] })?.passed).toBe(false);
    expect(told(10, { rag: [rowOf(OATS, 'partially_accepted', { warning: false })] })?.passed).toBe(false);
    expect(told(10, { rag: [] })?.passed).toBe(false);
  });

  test('11: a partially accepted record in strict SFT', () => {
    expect(told(11, { sft: [rowOf(OATS, 'accepted')] })?.found).toBe('partially_accepted');
  });

  test('12: with partial rows, a rejected one, none at all, or one less than before', () => {
    expect(told(12, { sftWithPartial: [...facts.sft, rowOf(SPELT, 'partially_accepted')] })?.found).toBe('rejected');
    expect(told(12, { sftWithPartial: facts.sft })?.passed).toBe(false);
    expect(told(12, { sftWithPartial: [rowOf(OATS, 'partially_accepted')] })).toMatchObject({ passed: false, where: ['row rye'] });
  });

  test('13: a planted row that passes, a finding on the file as it was, nothing planted', () => {
    const [row] = facts.reread.planted;
    expect(broken({ reread: { untouched: [], planted: [{ ...row!, finding: null }] } })).toEqual([13]);
    expect(broken({ reread: { untouched: ['line 1: id'], planted: [row!] } })).toEqual([13]);
    expect(broken({ reread: { untouched: [], planted: [] } })).toEqual([13]);
  });

  test('17: a record in no file, in two, twice in the quarantine, and one that is not eligible', () => {
    const lost = facts.quarantine.filter(({ set, evidence_id: id }) => !(set === 'sft' && id === 'oats'));
    expect(told(17, { quarantine: lost })).toMatchObject({ found: '0 times', where: ['sft, evidence oats'] });
    const more = (set: string, id: string) => ({
      quarantine: [...facts.quarantine, { set, evidence_id: id, reason: 'rejected', source_file: 'letters.jsonl' }],
    });
    expect(told(17, more('rag', 'rye'))?.found).toBe('2 times');
    expect(told(17, more('preference', 'talk'))?.found).toBe('2 times');
    expect(told(17, more('rag', 'ghost'))?.where).toEqual(['rag, evidence ghost']);
  });
});

describe('pairs', () => {
  const pair = (changes: Partial<typeof PAIR>) => ({ preference: [{ ...PAIR, ...changes }] });

  test('14, 15, 16: none at all is no proof', () => {
    for (const number of [14, 15, 16]) expect(told(number, { preference: [] })?.passed).toBe(false);
  });

  test('14: a record with itself', () => {
    expect(told(14, pair({ rejected_id: 'rye' }))).toMatchObject({ passed: false, where: ['pair pair'] });
  });

  test('15: one text, however it is spaced and written', () => {
    expect(told(15, pair({ rejected_text: ' RYE  rises\novernight.' }))?.passed).toBe(false);
  });

  test('16: another task, another system prompt, a worse choice, a tie, one that waits for a human, no margin', () => {
    expect(told(16, pair({ task_key: 'cake' }))?.expected).toBe('one task');
    const evidence = facts.evidence.map((row) => (row.id === 'spelt' ? { ...row, system: 'You are the mill.' } : row));
    expect(told(16, { evidence })?.expected).toBe('one system prompt');
    expect(told(16, pair({ chosen_id: 'spelt', rejected_id: 'rye' }))?.passed).toBe(false);
    const both = facts.scores.map((score) => (score.evidence_id === 'spelt' ? { ...score, category: 'accepted' } : score));
    const equal = facts.evidence.map((row) => (row.id === 'spelt' ? { ...row, value: 1 } : row));
    expect(told(16, { scores: both, evidence: equal })?.found).toBe('a tie');
    const waiting = facts.scores.map((score) => (score.evidence_id === 'spelt' ? { ...score, category: 'needs_human_review' } : score));
    expect(told(16, { scores: waiting })?.expected).toBe('an accepted side and one that was judged');
    expect(told(16, pair({ margin: 0 }))?.expected).toBe('a margin above 0');
  });

  test('16: within one category the value decides', () => {
    const both = facts.scores.map((score) => (score.evidence_id === 'spelt' ? { ...score, category: 'accepted' } : score));
    expect(told(16, { scores: both })?.passed).toBe(true);
  });
});

describe('chains', () => {
  test('18: another line than that of the evidence, a source that says something else, a trace that breaks, none', () => {
    const [row, ...rest] = facts.rag;
    expect(told(18, { rag: [{ ...row!, provenance: { ...row!.provenance, line_offset: 8 } }, ...rest] })?.where).toEqual(['rag, row rye']);
    expect(told(18, { signatures: facts.signatures.map((signed) => ({ ...signed, sig_hash: null })) })?.passed).toBe(false);
    const [trace, ...others] = facts.traces;
    expect(told(18, { traces: [{ ...trace!, verdict: 'broken', detail: 'source_record' }, ...others] })?.found).toBe(
      'broken: source_record',
    );
    expect(told(18, { traces: others })?.found).toBe('no trace');
    expect(told(18, { rag: [], sft: [], preference: [] })?.passed).toBe(false);
  });

  test('19: a task, a text, a near copy, a planted group in two splits; one split alone proves nothing', () => {
    expect(told(19, { sft: [rowOf(RYE, 'accepted', { split: 'test' })] })?.expected).toBe('one split for one task');
    const twice = [rowOf(RYE, 'accepted', { text: 'Bread.' }), rowOf(OATS, 'accepted', { text: 'bread.', split: 'test' })];
    expect(told(19, { sft: twice })?.expected).toBe('one split for one text');
    const long = Array.from({ length: 60 }, (_, at) => `word${at}`);
    const near = [long, long.with(20, 'other').with(40, 'another')].map((words) => words.join(' '));
    const rows = [rowOf(RYE, 'accepted', { text: near[0]! }), rowOf(OATS, 'accepted', { text: near[1]!, split: 'test' })];
    expect(told(19, { sft: rows })?.expected).toBe('one split for near copies');
    const far = [rows[0]!, { ...rows[1]!, text: long.map((word) => `un${word}`).join(' ') }];
    expect(told(19, { sft: far })?.passed).toBe(true);
    const files = facts.planted.files.map((file) => ({
      ...file,
      attempts: file.attempts.map((attempt) => ({ ...attempt, near_copies: 'loaf' })),
    }));
    expect(told(19, { planted: { ...facts.planted, files } })?.expected).toBe('one split for one group of near copies');
    expect(told(19, { rag: [facts.rag[0]!] })?.found).toBe('one split');
  });

  test('20: a planted datum in a file, and a search that does not find it in the sources either', () => {
    const found = [{ kind: 'email', planted_in: 'question', file: 'reports/report.html' }];
    expect(told(20, { leaks: { ...facts.leaks, found } })).toMatchObject({
      found: 'email, planted in: question',
      where: ['reports/report.html'],
    });
    expect(broken({ leaks: { ...facts.leaks, seenInSources: 0 } })).toEqual([20]);
    expect(broken({ leaks: { ...facts.leaks, filesRead: 0 } })).toEqual([20]);
  });

  test('21: another digest in the second run, and no second run', () => {
    expect(broken({ digests: [{ of: 'stage score', first: 'd1', second: 'd2' }] })).toEqual([21]);
    expect(broken({ digests: [] })).toEqual([21]);
  });

  test('22: a link that does not hold, a changed byte that nobody names, nothing changed', () => {
    const { flips } = facts.receipts;
    expect(broken({ receipts: { faults: ['summary.json: expected 1, found 2'], flips } })).toEqual([22]);
    expect(broken({ receipts: { faults: [], flips: [{ path: 'exports/sft.jsonl', is_named: false }] } })).toEqual([22]);
    expect(broken({ receipts: { faults: [], flips: [] } })).toEqual([22]);
  });
});

test('a failure names at most five places, and counts the others', () => {
  const files = Array.from({ length: 8 }, (_, nth) => ({ kind: 'email', planted_in: 'answer', file: `lake/${nth}.parquet` }));
  const result = told(20, { leaks: { ...facts.leaks, found: files } });
  expect(result?.where).toEqual([0, 1, 2, 3, 4].map((nth) => `lake/${nth}.parquet`));
  expect(result?.found).toBe('email, planted in: answer (and 7 more)');
});

test('what the sources hold is told apart by its model where one place holds two attempts', () => {
  const side = (model: string, truth: 'yes' | 'no') => ({
    line: 0,
    truth,
    model,
    category: truth === 'yes' ? ('accepted' as const) : ('rejected' as const),
  });
  const files = facts.planted.files.map((file) =>
    file.file === 'letters.jsonl' ? { ...file, attempts: [side('oven-a', 'yes'), side('oven-b', 'no'), ...file.attempts.slice(1)] } : file,
  );
  const evidence = [{ ...RYE, model: 'oven-b' }, ...facts.evidence.slice(1)];
  expect(told(8, { planted: { ...facts.planted, files }, evidence })?.found).toBe('no');
  expect(told(8, { planted: { ...facts.planted, files }, evidence: [{ ...RYE, model: 'oven-a' }, TALK] })?.passed).toBe(true);
});
