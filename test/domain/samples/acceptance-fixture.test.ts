import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { signatureFacts } from '../../../cli/acceptance/signature-facts.ts';
import { generateAcceptance } from '../../../domain/samples/index.ts';
import { acceptancePlantedSchema } from '../../../schemas/acceptance-planted.ts';
import { ADAPTERS, CATEGORIES } from '../../../schemas/vocabulary.ts';
import { readFolder } from './read-samples.ts';

const FOLDER = fileURLToPath(new URL('../../../data/acceptance', import.meta.url));
const files = readFolder(FOLDER);
const planted = acceptancePlantedSchema.parse(JSON.parse(String(files.get('planted.json'))));
const attempts = planted.files.flatMap((file) => file.attempts);
const bookkeeping = ['planted.json', 'lauter.config.json', 'README.md'];

/** Every trap that the invariants rely on; one that is no longer planted would let its fault pass. */
const TRAPS = [
  'all_proxies_true',
  'cancelled',
  'content_parts',
  'different_system_prompt',
  'empty_first_turn',
  'ends_with_tool_result',
  'equals_prompt',
  'equals_reference',
  'errored',
  'exact_duplicate',
  'fluent_failure',
  'fork',
  'graded_by_a_model',
  'human_against_reward',
  'human_against_tests',
  'identical_answer',
  'identical_text',
  'illegal_role_order',
  'integer_beyond_2^53',
  'leak',
  'masked',
  'near_copy',
  'never_grounded',
  'no_assertion',
  'no_output',
  'no_prompt',
  'one_vote_a_row',
  'only_refusal',
  'orphan_tool_result',
  'out_of_order',
  'over_pair_limit',
  'over_several_lines',
  'oversized_row',
  'partial',
  'partial_at_the_limit',
  'partial_below_the_limit',
  'proxies_false_yet_resolved',
  'raters_disagree',
  'replay',
  'same_pull_request',
  'second_generation',
  'several_attempts',
  'several_providers',
  'several_purposes',
  'single_judge',
  'sub_agent',
  'tie',
  'tool_arguments_as_text',
  'trailing_user_turn',
  'truncated',
  'unanswered_tool_call',
  'ungrounded',
  'unlabelled',
];

describe('the acceptance fixture', () => {
  test('is what its program writes, byte for byte, and small', () => {
    const written = new Map(generateAcceptance().map(({ path, bytes }) => [path, Buffer.from(bytes)]));
    expect([...files.keys()].sort()).toEqual([...written.keys()].sort());
    for (const [path, bytes] of files) expect(bytes.equals(written.get(path)!), path).toBe(true);
    expect([...files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(300_000);
  });

  test('is in every format, and holds every trap, truth and category', () => {
    expect(new Set(planted.sources.map(({ adapter }) => adapter))).toEqual(new Set(ADAPTERS));
    expect([...new Set(attempts.flatMap(({ traps = [] }) => traps))].sort()).toEqual(TRAPS);
    expect(new Set(attempts.map(({ truth }) => truth))).toEqual(new Set(['yes', 'partly', 'no', 'disputed', 'opinion', 'none']));
    expect(new Set(attempts.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
    expect(planted.sources.filter((source) => !source.is_labelled).map(({ name }) => name)).toEqual([
      'repair-runs',
      'dev-sessions',
      'replays',
    ]);
  });

  test('holds each way in which a record can be unreadable', () => {
    const reasons = planted.files.flatMap(({ refused }) => Object.keys(refused));
    expect([...new Set(reasons)].sort().join(' ')).toBe(
      'broken_json duplicate_key lone_surrogate missing_field not_an_object not_finite not_utf8 too_deep too_large truncated_line',
    );
  });

  test('accepts nothing of which it does not say that it is right', () => {
    expect(attempts.filter(({ category, truth }) => category === 'accepted' && truth !== 'yes')).toEqual([]);
  });

  test('has something to read in every place that it names', () => {
    const signatures = signatureFacts(FOLDER, planted);
    expect(signatures).toHaveLength(attempts.length);
    expect(signatures.filter(({ sig_hash: own }) => own === null)).toEqual([]);
  });

  test('says of a copy what it says of the record: the signatures are the same', () => {
    const signatures = signatureFacts(FOLDER, planted);
    const copies = signatures.filter(({ attempt }) => attempt.is_duplicate === true);
    expect(copies).toHaveLength(3);
    for (const copy of copies) expect(signatures.filter(({ sig_hash: own }) => own === copy.sig_hash).length).toBeGreaterThan(1);
  });

  test('signs the first letter as its text says', () => {
    const line =
      '{"answer":{"words":"In 1652, and again in 1707."},"from":{"words":"Dear library, when was the fen drained?"},"keeper":"good","no":1}';
    const [letter] = signatureFacts(FOLDER, planted).filter(({ file }) => file === 'letters/spring.jsonl');
    expect(letter?.sig_hash).toBe(createHash('sha256').update(line).digest('hex'));
  });
});

describe('what is planted', () => {
  test('stands in a trace, and whole in no other file', () => {
    const traces = [...files].filter(([path]) => !bookkeeping.includes(path)).map(([, bytes]) => bytes.toString('utf8'));
    const texts = planted.secrets.map(({ parts }) => parts.join(''));
    const written = (text: string): string => JSON.stringify(text).slice(1, -1);
    expect(
      texts.filter((text) => !traces.some((trace) => trace.includes(written(text)) || trace.includes(written(written(text))))),
    ).toEqual([]);
    for (const name of bookkeeping) expect(texts.filter((text) => String(files.get(name)).includes(text))).toEqual([]);
  });

  test('is of every kind, in every place where text can stand', () => {
    expect([...new Set(planted.secrets.map(({ kind }) => kind))].sort().join(' ')).toBe(
      'aws_key_id aws_secret bearer card connection_password email github_token iban jwt model_key password phone private_key ssn',
    );
    const places = planted.secrets.map(({ where }) => where);
    for (const place of [
      'question',
      'answer',
      'system prompt',
      'tool argument',
      'key of a tool argument',
      'key of a tool',
      'file name',
      'tool result',
      'description of a tool',
      'id of a task',
      'name of a speaker',
      'name of a judge',
      'name of a score',
      'error text',
      'exit status',
      'comment of a review',
      'line of a patch',
      'broken line',
      'line with NaN',
      'line with a key twice',
      'line that was cut',
      'oversized line',
      'stray line',
      'label',
    ])
      expect(places).toContain(place);
  });
});
