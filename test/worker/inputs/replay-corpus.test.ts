import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../domain/shared/errors.ts';
import type { RagRow } from '../../../schemas/export-rows.ts';
import { openCorpus } from '../../../worker/inputs/replay-corpus.ts';
import { playbook } from '../../domain/replay/playbooks.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NEVER = new AbortController().signal;
const LOCKS = Array.from({ length: 40 }, (_, number) => playbook(`lock-${number}`, `Open lock ${number}`, 'Ring the bell.'));

function cornerOf(rows: readonly RagRow[]): string {
  return temporaryFolder({ 'playbooks.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') });
}

async function idsOf(root: string, share?: number): Promise<string[]> {
  return (await openCorpus(root, root, { file: 'playbooks.jsonl', share })).rows.map(({ id }) => id);
}

describe('a share of a corpus', () => {
  test('lies in every larger one, and all is all', async () => {
    const root = cornerOf(LOCKS);
    const [tenth, quarter, half, all] = [await idsOf(root, 0.1), await idsOf(root, 0.25), await idsOf(root, 0.5), await idsOf(root)];
    expect([tenth.length, quarter.length, half.length, all.length]).toEqual([4, 10, 20, 40]);
    expect(quarter).toEqual(expect.arrayContaining(tenth));
    expect(half).toEqual(expect.arrayContaining(quarter));
    expect(await idsOf(root, 1)).toEqual(all);
  });

  test('is the first rows by the sha256 of their ids, whatever their order in the file', async () => {
    // sha256 of a: ca9781…, of b: 3e23e8…, of c: 2e7d2c….
    const rows = ['a', 'b', 'c'].map((id) => playbook(id, 'Open the lock', 'Ring the bell.'));
    expect(await idsOf(cornerOf(rows), 0.5)).toEqual(['c', 'b']);
    expect(await idsOf(cornerOf(rows.toReversed()), 0.5)).toEqual(['c', 'b']);
  });

  test.each([
    [100, 0.07, 7],
    [3, 0.34, 2],
    [1, 0.01, 1],
  ])('of %d rows, %d: %d', async (count, share, expected) => {
    const rows = Array.from({ length: count }, (_, number) => playbook(`row-${number}`, 'Open the lock', 'Ring the bell.'));
    expect(await idsOf(cornerOf(rows), share)).toHaveLength(expected);
  });

  test.each([0, -0.5, 1.01, Number.NaN])('%d is none', async (share) => {
    await expect(idsOf(cornerOf(LOCKS), share)).rejects.toThrow(UsageError);
  });
});

describe('what is found', () => {
  test.each(['jaccard', 'bm25'] as const)('%s: in a corpus below K all that share a word, equal ones by id', async (retriever) => {
    const rows = ['b', 'a'].map((id) => playbook(id, 'Open the lock', 'Ring the bell.'));
    const root = cornerOf([...rows, playbook('c', 'Feed the gulls', 'Throw bread.')]);
    const corpus = await openCorpus(root, root, { file: 'playbooks.jsonl' });
    const { ranked, notes } = await corpus.find('Who opens the lock?', { retriever, topK: 8 }, NEVER);
    expect(ranked.map(({ row }) => row.id)).toEqual(['a', 'b']);
    expect(notes).toBeUndefined();
  });

  test('nothing by hybrid where nobody said how to search', async () => {
    const root = cornerOf(LOCKS);
    const corpus = await openCorpus(root, root, { file: 'playbooks.jsonl' });
    await expect(corpus.find('Open the lock', { retriever: 'hybrid', topK: 8 }, NEVER)).rejects.toThrow(ConfigError);
  });
});

test('an empty corpus is told', async () => {
  await expect(idsOf(cornerOf([]))).rejects.toThrow(/expected at least one, found none; nothing was asked/);
});
