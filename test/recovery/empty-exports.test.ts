import { writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { chat, lines } from '../activities/traces.ts';
import { readDocument, sectionOf } from '../docs/document.ts';
import { runCli } from '../support/run-cli.ts';
import { removeFolder } from '../support/temporary-folder.ts';
import { makeRefinery, query, runAll, type Refinery } from './refinery.ts';

// Each rehearsal runs the refinery several times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The queries of the page, in its order: what is asked here is what is written there. */
const [SOURCES, UNREAD, CATEGORIES, REFUSALS] = [
  ...sectionOf(readDocument('docs/recovery.md').text, 'run-all gives empty exports').matchAll(/^lauter distill query "([^"]+)"$/gm),
].map(([, sql]) => sql!);

const GOOD = lines(
  chat('When is low tide?', 'At 6:40.', { task_id: 'low-tide', label: 'accepted' }),
  chat('When is low tide?', 'At noon.', { task_id: 'low-tide', label: 'rejected' }),
);

interface Counters {
  readonly sources: readonly { files: number; records: number; evidence: number; quarantined: number }[];
  readonly unread: readonly { reason: string; rows: number }[];
  readonly categories: readonly { category: string; rule: string; rows: number }[];
  readonly refusals: readonly { set: string; reason: string; rows: number }[];
}

/** The counters in the order in which the page looks at them. */
async function countersOf(refinery: Refinery): Promise<Counters> {
  return {
    sources: await query(refinery, SOURCES!),
    unread: await query(refinery, UNREAD!),
    categories: await query(refinery, CATEGORIES!),
    refusals: await query(refinery, REFUSALS!),
  };
}

/** Runs over traces that come to nothing, asks for the counters, and runs again when the traces are mended. */
async function rehearse(bad: string): Promise<Counters> {
  const refinery = makeRefinery(bad);
  try {
    // One source may well be dirty here: that is another reason to refuse a run.
    const empty = await runAll(refinery, { max_quarantined: 1 });
    expect(empty).toMatchObject({
      verdict: 'refused',
      reasons: [{ reason: 'nothing_exported' }],
      exports: { rag: 0, sft: 0, preference: 0 },
    });
    const counters = await countersOf(refinery);
    writeFileSync(refinery.traces, GOOD);
    expect(await runAll(refinery)).toMatchObject({ verdict: 'accepted', exports: { rag: 1, sft: 1, preference: 1 } });
    return counters;
  } finally {
    removeFolder(refinery.root);
  }
}

describe('run-all gives empty exports', () => {
  test('sources: no file of a known format; nothing is begun, and detect says what each file is', async () => {
    const refinery = makeRefinery('{"tide":"low","berths":[7,8]}\n');
    try {
      await expect(runAll(refinery)).rejects.toThrow('expected files of exactly one known format each, found 1 that are not');
      const { code, out, err } = await runCli(['sources', 'detect', 'desk.jsonl'], refinery.root);
      expect(code, err).toBe(2);
      expect(out).toContain('desk.jsonl');
      writeFileSync(refinery.traces, GOOD);
      expect((await runAll(refinery)).verdict).toBe('accepted');
    } finally {
      removeFolder(refinery.root);
    }
  });

  test('records: everything that was read was refused, with its reasons', async () => {
    const { sources, unread, categories } = await rehearse(
      lines(chat('Is the tide low \ud800?', 'At 6:40.'), '{"id":"desk-1","id":"desk-2","messages":[{"role":"user","content":"Low?"}]}'),
    );
    expect(sources).toMatchObject([{ files: 1, records: 2, evidence: 0, quarantined: 2 }]);
    expect(unread).toEqual([
      { reason: 'duplicate_key', rows: 1 },
      { reason: 'lone_surrogate', rows: 1 },
    ]);
    expect(categories).toEqual([]);
  });

  test('categories: nobody said that anything was right', async () => {
    const { sources, unread, categories } = await rehearse(
      lines(chat('When is low tide?', 'At 6:40.'), chat('Is the lock open?', 'Yes, until ten.', { label: 'rejected' })),
    );
    expect(sources).toMatchObject([{ records: 2, evidence: 2, quarantined: 0 }]);
    expect(unread).toEqual([]);
    expect(categories).toEqual([
      { category: 'needs_human_review', rule: 'nothing_known', rows: 1 },
      { category: 'rejected', rule: 'human', rows: 1 },
    ]);
  });

  test('refusals of each set: what was accepted fits none of them', async () => {
    const { categories, refusals } = await rehearse(lines(chat('', 'At 6:40.', { label: 'accepted' })));
    expect(categories).toEqual([{ category: 'accepted', rule: 'human', rows: 1 }]);
    expect(refusals.filter(({ reason }) => reason !== 'no_counterpart')).toEqual([
      { set: 'preference', reason: 'no_prompt', rows: 1 },
      { set: 'rag', reason: 'no_prompt', rows: 1 },
      { set: 'sft', reason: 'no_prompt', rows: 1 },
    ]);
  });
});
