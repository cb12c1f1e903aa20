import { describe, expect, test } from 'vitest';
import type { TruthRecord } from '../../../domain/samples/index.ts';
import { lineOf, readFolder, readTruth, SAMPLES_FOLDER, sortedJson, valueAt } from './read-samples.ts';

const files = readFolder(SAMPLES_FOLDER);
const truth = readTruth();
const adapterOf = new Map(truth.streams.map(({ name, adapter }) => [name, adapter]));
const streamOf = (record: TruthRecord) => record.file.split('/')[0] as string;
const readable = truth.records.filter(({ expected_quarantine: reason }) => reason === undefined || reason === 'exact_duplicate');

describe('the truth file', () => {
  test('names every line of every line file, and blank lines only are left out', () => {
    const named = new Set(truth.records.map(({ file, line }) => `${file}:${line}`));
    const unnamed = [...files].flatMap(([path, bytes]) => {
      if (!path.endsWith('.jsonl') || /dev-sessions|all_preds/.test(path)) return [];
      const lines = bytes.toString('latin1').split('\n');
      return lines.flatMap((text, line) => (text.trim() === '' || named.has(`${path}:${line}`) ? [] : [`${path}:${line}`]));
    });
    expect(unnamed).toEqual([]);
  });

  test('counts its streams as its records say', () => {
    for (const stream of truth.streams) {
      const records = truth.records.filter((record) => streamOf(record) === stream.name);
      expect(records).toHaveLength(stream.records);
      for (const [category, count] of Object.entries(stream.categories)) {
        expect(records.filter((record) => record.expected_category === category)).toHaveLength(count);
      }
      expect(records.filter((record) => record.expected_quarantine === 'exact_duplicate')).toHaveLength(stream.duplicates);
    }
  });

  test('expects no stream to be refused: less than a fifth can not be read', () => {
    for (const { records, quarantined } of truth.streams) {
      expect(Object.values(quarantined).reduce((sum, count) => sum + count, 0) / records).toBeLessThan(0.2);
    }
  });

  test('every kind of trap is planted somewhere', () => {
    const planted = new Set(truth.records.flatMap((record) => record.planted));
    for (const mark of TRAPS) expect(planted).toContain(mark);
  });

  test('expects acceptance only where the source itself says yes and nobody says no', () => {
    const wrong = readable.filter((record) => {
      const voices = voicesOf(record);
      return record.expected_category === 'accepted' && (voices.length === 0 || voices.some((voice) => voice < 1));
    });
    expect(wrong).toEqual([]);
    expect(readable.some((record) => voicesOf(record).some((voice) => voice === 0))).toBe(true);
  });

  test('expects nothing better than a review where no source of truth speaks', () => {
    const silent = readable.filter((record) => voicesOf(record).length === 0 && record.expected_category !== undefined);
    expect(silent.length).toBeGreaterThan(100);
    expect(silent.filter((record) => !['needs_human_review', 'rejected'].includes(record.expected_category as string))).toEqual([]);
  });

  test('expects partial truth to be cut at one half', () => {
    const partial = readable.filter(
      (record) => voicesOf(record).some((voice) => voice > 0 && voice < 1) && record.expected_category !== undefined,
    );
    expect(partial.length).toBeGreaterThan(40);
    for (const record of partial) {
      expect(record.expected_category).toBe(voicesOf(record)[0]! >= 0.5 ? 'partially_accepted' : 'rejected');
    }
  });
});

describe('copies', () => {
  test('are marked at all places but the first in order of source, file and line', () => {
    const groups = new Map<string, TruthRecord[]>();
    for (const record of readable) {
      const adapter = adapterOf.get(streamOf(record)) as string;
      if (adapter === 'claude-code' || adapter === 'review-comments') continue;
      const key = adapter + sortedJson(valueAt(files, record));
      groups.set(key, [...(groups.get(key) ?? []), record]);
    }
    const marked = [...groups.values()].flatMap((group) => {
      const [first, ...later] = group.toSorted((a, b) => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1));
      expect(first?.expected_quarantine).toBeUndefined();
      return later;
    });
    expect(new Set(marked)).toEqual(new Set(truth.records.filter((record) => record.expected_quarantine === 'exact_duplicate')));
    expect(marked.length).toBeGreaterThan(8);
  });
});

describe('broken lines', () => {
  const broken = truth.records.filter((record) => record.expected_quarantine !== undefined && record.line !== undefined);
  const bytesOf = (record: TruthRecord) => lineOf(files.get(record.file) as Buffer, record.line as number);

  test.each(Object.entries(proofs()))('%s is what it says', (reason, isProven) => {
    const found = broken.filter((record) => record.expected_quarantine === reason);
    expect(found.length).toBeGreaterThan(0);
    for (const record of found) expect(isProven(bytesOf(record)), `${record.file}:${record.line}`).toBe(true);
  });

  test('no readable record is broken in any of these ways', () => {
    for (const record of readable) {
      if (record.line === undefined) continue;
      const proven = Object.entries(proofs()).filter(([reason, isProven]) => reason !== 'missing_field' && isProven(bytesOf(record)));
      expect(
        proven.map(([reason]) => reason),
        `${record.file}:${record.line}`,
      ).toEqual([]);
    }
  });

  test('a cut last line has no line end', () => {
    for (const record of broken.filter((found) => found.expected_quarantine === 'truncated_line')) {
      expect(files.get(record.file)?.at(-1)).not.toBe(0x0a);
    }
  });
});

const TRAPS = (
  'exact_duplicate exact_duplicate_reordered fluent_failure tie label_against_reward label_against_tests refusal helpful_no ' +
  'echo empty_answer no_assistant_turn unanswered_tool_call orphan_tool_result empty_first_user_turn equals_reference ' +
  'partial_at_the_limit partial_below_the_limit unlabelled cancelled errored fork sub_agent leading_noise huge_tool_result ' +
  'all_proxies_true proxies_false_yet_resolved several_attempts truncated secret_in_broken_line secret:github_token ' +
  'personal:ssn'
).split(' ');

/** Where the formats keep their truth. */
interface RawTruth {
  readonly label?: string;
  readonly reward?: number;
  readonly metadata?: { readonly label?: string; readonly reward?: number };
  readonly resolved?: boolean | null;
  readonly is_solved?: boolean;
  readonly summary?: { readonly max_reward: number };
  readonly foreman?: string | null;
  readonly ride_test?: { readonly passed: boolean } | null;
}

/** What the sources of truth say about a record, between 0 and 1, read from the raw value. */
function voicesOf(record: TruthRecord): number[] {
  const value = valueAt(files, record) as RawTruth;
  switch (adapterOf.get(streamOf(record))) {
    case 'openai-chat': {
      const { label, reward } = value.metadata ?? value;
      return known(reward, { accepted: 1, partial: 0.5, rejected: 0 }[label ?? '']);
    }
    case 'tau-bench':
      return known(value.reward);
    case 'aider-bench':
      return known(value.resolved);
    case 'reflexion':
      return known(value.is_solved);
    case 'intercode':
      return known(value.summary?.max_reward);
    case 'review-comments':
      return [record.file.includes('positive') ? 1 : 0];
    case 'mapped':
      return known(value.ride_test?.passed, { ok: 1, almost: 0.5, redo: 0 }[value.foreman ?? '']);
    default:
      return [];
  }
}

function known(...voices: readonly unknown[]): number[] {
  return voices.filter((voice) => typeof voice === 'number' || typeof voice === 'boolean').map(Number);
}

function proofs(): Record<string, (bytes: Buffer) => boolean> {
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const nests = (text: string) => /\[{201}/.test(text);
  return {
    broken_json: (bytes) => !parses(bytes.toString()) && !bytes.toString().includes('NaN') && isUtf8(bytes),
    truncated_line: (bytes) => !parses(bytes.toString()),
    not_an_object: (bytes) => parses(bytes.toString()) && !bytes.toString().startsWith('{'),
    not_utf8: (bytes) => !isUtf8(bytes),
    lone_surrogate: (bytes) => parses(bytes.toString()) && /\\ud83d"/.test(bytes.toString()),
    not_finite: (bytes) => /:(NaN|1e999),/.test(bytes.toString()),
    duplicate_key: (bytes) => parses(bytes.toString()) && /^\{"(\w+)":"[^"]*","\1":/.test(bytes.toString()),
    too_deep: (bytes) => nests(bytes.toString()),
    missing_field: (bytes) => parses(bytes.toString()),
  };
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}
