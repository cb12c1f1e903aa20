import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { qaContentHash } from '../../../domain/bench/index.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { qaValidationSchema, type QaValidation } from '../../../schemas/bench-qa-reports.ts';
import { benchWorkspace, type BenchWorkspace } from '../../support/bench-workspace.ts';

interface Desk extends BenchWorkspace {
  /** Ids of the shell events of the corpus. */
  readonly shells: readonly string[];
  /** Writes a fixture that belongs to the corpus and validates it. */
  validate(rows: readonly JsonObject[], ...more: readonly string[]): Promise<{ code: number; found: QaValidation }>;
}

async function openDesk(): Promise<Desk> {
  const desk = benchWorkspace();
  await desk.init('nights');
  const shells = desk
    .rows('nights')
    .filter(({ source }) => source === 'shell')
    .map(({ event_id: id }) => id);
  return {
    ...desk,
    shells,
    validate: async (rows, ...more) => {
      desk.writeQa('eval-nights', rows, provenanceOf(desk, rows));
      const { code, out } = await desk.bench(
        'qa',
        'validate',
        '--qa',
        'eval-nights.jsonl',
        '--corpus-version',
        'nights',
        '--json',
        ...more,
      );
      return { code, found: qaValidationSchema.parse(JSON.parse(out)) };
    },
  };
}

function provenanceOf(desk: BenchWorkspace, rows: readonly JsonObject[]): object {
  const lines = rows.map((value, index) => ({ line: index + 1, value }));
  return { corpus_content_hash: desk.manifest('nights').corpus_content_hash, qa_content_hash: qaContentHash(lines, sha256) };
}

function question(qa_id: string, golden_event_id: JsonObject[string], more: JsonObject = {}): JsonObject {
  return {
    qa_id,
    question: `What happened at ${qa_id}?`,
    golden_event_id,
    source_filter: null,
    acceptable_answer_keywords: ['azimuth'],
    tags: [],
    ...more,
  };
}

describe('a fixture', () => {
  it('Q1 with two that resolve, one unknown and one null passes at a minimum of 2', async () => {
    const desk = await openDesk();
    const rows = [
      question('dusk', desk.shells[0]!),
      question('dawn', desk.shells[1]!),
      question('noon', 'shell-77'),
      question('rain', null),
    ];
    const { code, found } = await desk.validate(rows, '--min-scoreable', '2');
    expect(code).toBe(0);
    expect(found).toMatchObject({ passes: true, scoreable: 2, unscoreable: 2, missing_by_qa_id: { noon: 'shell-77', rain: null } });
  });

  it('Q2 with one that resolves fails at a minimum of 2', async () => {
    const desk = await openDesk();
    expect(await desk.validate([question('dusk', desk.shells[0]!)], '--min-scoreable', '2')).toMatchObject({ code: 1 });
  });

  it('must have a hundred of them unless another minimum is stated', async () => {
    const desk = await openDesk();
    const { code, found } = await desk.validate([question('dusk', desk.shells[0]!)]);
    expect(code).toBe(1);
    expect(found.min_scoreable).toBe(100);
  });

  it('Q4 with a golden that is no string reports null', async () => {
    const desk = await openDesk();
    const { code, found } = await desk.validate([question('dusk', desk.shells[0]!), question('dawn', 7)], '--min-scoreable', '1');
    expect(code).toBe(0);
    expect(found.missing_by_qa_id).toEqual({ dawn: null });
  });

  it('Q5 with a blank around the id cannot be scored', async () => {
    const desk = await openDesk();
    const [first, second] = desk.shells;
    const { code, found } = await desk.validate([question('dusk', ` ${first}`), question('dawn', `${second} `)], '--min-scoreable', '1');
    expect(code).toBe(1);
    expect(found.missing_by_qa_id).toEqual({ dusk: ` ${first}`, dawn: `${second} ` });
  });

  it('Q7 without a question fails', async () => {
    const desk = await openDesk();
    const { question: _, ...rest } = question('dusk', desk.shells[0]!);
    const { code, found } = await desk.validate([rest], '--min-scoreable', '1');
    expect(code).toBe(1);
    expect(found.errors).toEqual([{ line: 1, qa_id: 'dusk', code: 'blank_question' }]);
  });

  it('Q8 with a filter that contradicts the golden fails', async () => {
    const desk = await openDesk();
    const { code, found } = await desk.validate([question('dusk', desk.shells[0]!, { source_filter: 'claude' })], '--min-scoreable', '1');
    expect(code).toBe(1);
    expect(found.errors[0]?.code).toBe('source_filter_contradiction');
  });

  it('without rows fails, whatever the minimum', async () => {
    const desk = await openDesk();
    expect(await desk.validate([], '--min-scoreable', '0')).toMatchObject({ code: 1, found: { total: 0 } });
  });

  it('goes by its label when it lies in the workspace', async () => {
    const desk = await openDesk();
    const drafted = await desk.bench('qa', 'draft', '--corpus-version', 'nights', '--count', '3', '--qa', 'eval-nights-v1');
    expect(drafted.code).toBe(0);
    const { code, out } = await desk.bench(
      'qa',
      'validate',
      '--qa',
      'eval-nights-v1',
      '--corpus-version',
      'nights',
      '--min-scoreable',
      '3',
    );
    expect(code).toBe(1);
    expect(out).toContain('3 rows have no question');
    expect(out).not.toContain('provenance');
  });
});

describe('provenance', () => {
  it('Q12 of another corpus fails, unless a reason lets it through', async () => {
    const desk = await openDesk();
    await desk.init('other', '--seed', '7');
    const rows = [question('dusk', desk.rows('other').at(-20)!.event_id)];
    desk.writeQa('eval-nights', rows, provenanceOf(desk, rows));
    const line = ['qa', 'validate', '--qa', 'eval-nights.jsonl', '--corpus-version', 'other', '--min-scoreable', '0'];
    const refused = await desk.bench(...line);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(`corpus_content_hash: expected ${desk.manifest('nights').corpus_content_hash}`);
    expect(refused.out).toContain(desk.manifest('other').corpus_content_hash);
    const allowed = await desk.bench(...line, '--allow-hash-mismatch', 'rebuilt with another seed');
    expect(allowed.code).toBe(0);
    expect(allowed.out).toContain('warning: the hashes are not those of the provenance; allowed: rebuilt with another seed');
    expect(await desk.bench(...line, '--allow-hash-mismatch', ' ')).toMatchObject({ code: 2 });
  });

  it('that is missing counts as a mismatch', async () => {
    const desk = await openDesk();
    desk.writeQa('eval-nights', [question('dusk', desk.shells[0]!)]);
    const { code, out } = await desk.bench(
      'qa',
      'validate',
      '--qa',
      'eval-nights.jsonl',
      '--corpus-version',
      'nights',
      '--min-scoreable',
      '1',
    );
    expect(code).toBe(1);
    expect(out).toContain('there is no provenance file');
  });
});

describe('input that cannot be read', () => {
  it('Q10 a corpus of zero bytes is an input error', async () => {
    const desk = await openDesk();
    desk.writeQa('eval-nights', [question('dusk', desk.shells[0]!)]);
    writeFileSync(desk.corpusPath('nights', 'corpus.jsonl'), '');
    const { code, err } = await desk.bench('qa', 'validate', '--qa', 'eval-nights.jsonl', '--corpus-version', 'nights');
    expect(code).toBe(2);
    expect(err).toContain('corpus.jsonl');
  });

  it.each([
    ['a missing fixture', (desk: Desk) => rmSync(join(desk.root, 'eval-nights.jsonl')), 'eval-nights.jsonl'],
    ['a missing corpus', (desk: Desk) => rmSync(desk.corpusPath('nights'), { recursive: true }), 'nights'],
    [
      'a junk corpus',
      (desk: Desk) => writeFileSync(desk.corpusPath('nights', 'corpus.jsonl'), '{"event_id":"shell-1"}\nfog\n'),
      'corpus.jsonl:1',
    ],
    ['a junk manifest', (desk: Desk) => writeFileSync(desk.corpusPath('nights', 'manifest.json'), 'fog'), 'manifest.json'],
    [
      'bad JSON',
      (desk: Desk) => writeFileSync(join(desk.root, 'eval-nights.jsonl'), '{"qa_id":"dusk"}\n\n{"qa_id":\n'),
      'eval-nights.jsonl:3',
    ],
    ['a line that is no object', (desk: Desk) => writeFileSync(join(desk.root, 'eval-nights.jsonl'), '[1]\n'), 'eval-nights.jsonl:1'],
    [
      'a byte order mark',
      (desk: Desk) => writeFileSync(join(desk.root, 'eval-nights.jsonl'), '\ufeff{"qa_id":"dusk"}\n'),
      'eval-nights.jsonl:1',
    ],
    [
      'bytes that are no UTF-8',
      (desk: Desk) => writeFileSync(join(desk.root, 'eval-nights.jsonl'), Buffer.from([123, 0xff, 125])),
      'eval-nights.jsonl:1',
    ],
    ['NaN', (desk: Desk) => writeFileSync(join(desk.root, 'eval-nights.jsonl'), '{"qa_id":"dusk","n":NaN}\n'), 'eval-nights.jsonl:1'],
    ['junk provenance', (desk: Desk) => writeFileSync(join(desk.root, 'eval-nights.provenance.json'), '[]'), 'eval-nights.provenance.json'],
  ])('Q11 %s names the file, and the line', async (_, spoil, told) => {
    const desk = await openDesk();
    const rows = [question('dusk', desk.shells[0]!)];
    desk.writeQa('eval-nights', rows, provenanceOf(desk, rows));
    spoil(desk);
    const { code, err, out } = await desk.bench(
      'qa',
      'validate',
      '--qa',
      'eval-nights.jsonl',
      '--corpus-version',
      'nights',
      '--min-scoreable',
      '1',
    );
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(told);
  });

  it('accepts blank lines and CR LF', async () => {
    const desk = await openDesk();
    const rows = [question('dusk', desk.shells[0]!)];
    desk.writeQa('eval-nights', rows, provenanceOf(desk, rows));
    writeFileSync(join(desk.root, 'eval-nights.jsonl'), `\r\n${JSON.stringify(rows[0])}\r\n\n`);
    const { code } = await desk.bench('qa', 'validate', '--qa', 'eval-nights.jsonl', '--corpus-version', 'nights', '--min-scoreable', '1');
    expect(code).toBe(0);
  });

  it.each(['../eval', '.eval', 'eval nights'])('a label is a plain name: %j', async (label) => {
    const desk = await openDesk();
    expect(await desk.bench('qa', 'validate', '--qa', label, '--corpus-version', 'nights')).toMatchObject({ code: 2 });
  });
});
