import { describe, expect, test } from 'vitest';
import { payOutOf } from '../../../activities/pay-for-call.ts';
import type { Budget, ReportedUsage } from '../../../activities/budget-ports.ts';
import { writeSynopses } from '../../../activities/search/write-synopses.ts';
import { ConfigError, OverBudgetError, RetrieverError } from '../../../domain/shared/errors.ts';
import { failing, handSynopsizer, saying } from '../../support/hand-synopsizer.ts';
import { indexOf, page } from '../../support/search-pages.ts';
import { handEmbedder, searcher } from '../../support/search-world.ts';
import { freeBudget } from '../../support/spending.ts';

const NEVER = new AbortController().signal;
const count = (pages: number) =>
  indexOf(
    Array.from({ length: pages }, (_, at) => page({ slug: `berth-${String(at).padStart(3, '0')}`, title: '', text: `Berth ${at}.` })),
  );
const ignore = (): void => undefined;

describe('writing synopses', () => {
  test('each page is told of in its own words; a page without text is not asked about', async () => {
    const index = indexOf([
      page({ slug: 'a', title: 'Moorings', compiled_truth: 'They cost nine crowns.', timeline: 'Dearer since May.' }),
      page({ slug: 'b', title: 'Nothing yet' }),
    ]);
    const synopsizer = handSynopsizer(() => saying(' What moorings cost. '));
    const told: number[] = [];
    const synopses = await writeSynopses(synopsizer, index, (pages) => told.push(pages), NEVER);
    expect(synopses).toEqual({ texts: ['What moorings cost.', null], written: 1, unusable: 0, unanswered: 0 });
    expect(synopsizer.asked).toEqual(['Moorings\n\nThey cost nine crowns.\n\nDearer since May.']);
    expect(told).toEqual([1, 2]);
  });

  test('what was answered is never asked for again, an answer that was none included; equal pages are one call', async () => {
    const kept = new Map<string, string | null>();
    const index = indexOf(['a', 'b', 'c', 'd'].map((slug, at) => page({ slug, title: '', text: at < 3 ? 'The tide rises.' : 'Pears.' })));
    const first = handSynopsizer((text) => saying(text === 'Pears.' ? 'Two\nlines' : 'When the tide rises.'), kept);
    const synopses = await writeSynopses(first, index, ignore, NEVER);
    expect(synopses).toMatchObject({ texts: [...Array<string>(3).fill('When the tide rises.'), null], written: 3, unusable: 1 });
    expect(first.asked.toSorted()).toEqual(['Pears.', 'The tide rises.']);
    const again = handSynopsizer(() => saying('Something else.'), kept);
    expect(await writeSynopses(again, index, ignore, NEVER)).toEqual(synopses);
    expect(again.asked).toEqual([]);
  });

  test('an answer that was cut off is none', async () => {
    const synopsizer = handSynopsizer(() => saying('What moorings', { finishReason: 'length' }));
    expect(await writeSynopses(synopsizer, count(1), ignore, NEVER)).toMatchObject({ texts: [null], unusable: 1 });
  });

  test('four pages are asked about at once, and no more', async () => {
    let [going, most] = [0, 0];
    const synopsizer = handSynopsizer(async () => {
      going += 1;
      most = Math.max(most, going);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      going -= 1;
      return saying('A berth.');
    });
    await writeSynopses(synopsizer, count(20), ignore, NEVER);
    expect([most, synopsizer.asked.length]).toEqual([4, 20]);
  });

  test('a call is repeated where that may help, as late as the server wants', async () => {
    const answers = [failing('http_429', 1_234), failing('http_5xx'), saying('A berth.')];
    const synopsizer = handSynopsizer((_page, call) => answers[call - 1]!);
    expect(await writeSynopses(synopsizer, count(1), ignore, NEVER)).toMatchObject({ written: 1 });
    expect(synopsizer.waits).toEqual([1_234, 1_000]);
  });

  test('a page that no answer comes for goes by its title and is counted; it is asked about again the next time', async () => {
    const kept = new Map<string, string | null>();
    const first = handSynopsizer((text) => (text === 'Berth 1.' ? failing('http_4xx') : saying('A berth.')), kept);
    expect(await writeSynopses(first, count(3), ignore, NEVER)).toEqual({
      texts: ['A berth.', null, 'A berth.'],
      written: 2,
      unusable: 0,
      unanswered: 1,
    });
    expect(first.asked).toHaveLength(3);
    const again = handSynopsizer(() => saying('Mended.'), kept);
    expect((await writeSynopses(again, count(3), ignore, NEVER)).texts).toEqual(['A berth.', 'Mended.', 'A berth.']);
    expect(again.asked).toEqual(['Berth 1.']);
  });

  test('a model that has fallen silent is not asked about all pages; what it said before is kept', async () => {
    const kept = new Map<string, string | null>();
    const synopsizer = handSynopsizer((text) => (text === 'Berth 0.' ? saying('A berth.') : failing('connection')), kept);
    const failure: unknown = await writeSynopses(synopsizer, count(100), ignore, NEVER).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RetrieverError);
    expect(String(failure)).toContain('5 pages in a row, last connection');
    expect(String(failure)).not.toContain('Berth');
    expect(synopsizer.asked.length).toBeLessThan(40);
    expect(kept.size).toBe(1);
  });

  test('an interrupt lets what is going on be finished and kept, and starts nothing more', async () => {
    const kept = new Map<string, string | null>();
    const stop = new AbortController();
    const synopsizer = handSynopsizer((_page, call) => {
      if (call === 6) stop.abort(new Error('enough'));
      return saying('A berth.');
    }, kept);
    await expect(writeSynopses(synopsizer, count(50), ignore, stop.signal)).rejects.toThrow('enough');
    expect(synopsizer.asked.length).toBeLessThan(10);
    expect(kept.size).toBe(synopsizer.asked.length);
  });

  test('an interrupt also ends a wait', async () => {
    const stop = new AbortController();
    const synopsizer = handSynopsizer(() => {
      stop.abort(new Error('enough'));
      return failing('http_5xx');
    });
    await expect(writeSynopses(synopsizer, count(1), ignore, stop.signal)).rejects.toThrow('enough');
    expect(synopsizer.asked).toHaveLength(1);
  });
});

describe('paying for synopses', () => {
  /** A budget that has room for so many calls, and keeps what was planned and settled. */
  function purse(calls: number): { readonly planned: unknown[]; readonly settled: (ReportedUsage | 'no-call')[]; readonly budget: Budget } {
    const [planned, settled]: [unknown[], (ReportedUsage | 'no-call')[]] = [[], []];
    const budget: Budget = {
      runId: 'run',
      spentUsd: () => Promise.resolve(0),
      reserve: (call) => {
        if (planned.length === calls) return Promise.resolve({ refused: 'run', capUsd: 1, spentUsd: 1, wantedUsd: 0.5 });
        planned.push(call);
        const settle = (usage: ReportedUsage | 'no-call'): Promise<number> => Promise.resolve(settled.push(usage));
        return Promise.resolve({ id: null, reservedUsd: 0.5, costUsd: () => 0.5, settle });
      },
      resume: (id, call) => freeBudget.resume(id, call),
    };
    return { planned, settled, budget };
  }

  test('every attempt is reserved at its most and settled at what is reported, in full where nothing is', async () => {
    const { planned, settled, budget } = purse(9);
    const answers = [failing('timeout'), saying('A berth.')];
    const synopsizer = handSynopsizer((_page, call) => answers[call - 1]!, undefined, payOutOf(budget));
    await writeSynopses(synopsizer, count(1), ignore, NEVER);
    expect(planned).toEqual([planned[0], planned[0]]);
    expect(planned[0]).toMatchObject({ lane: 'synopsis', model: 'scribe-small', mostOutputTokens: 256 });
    expect(settled).toEqual([
      { inputTokens: null, outputTokens: null },
      { inputTokens: 100, outputTokens: 20 },
    ]);
  });

  test('a call that may not be paid for is not made: it ends, and what was written is kept', async () => {
    const kept = new Map<string, string | null>();
    const { budget } = purse(6);
    const synopsizer = handSynopsizer(() => saying('A berth.'), kept, payOutOf(budget));
    await expect(writeSynopses(synopsizer, count(50), ignore, NEVER)).rejects.toBeInstanceOf(OverBudgetError);
    expect([synopsizer.asked.length, kept.size]).toEqual([6, 6]);
  });

  test('a call that is refused here costs nothing', async () => {
    const { settled, budget } = purse(9);
    const refused = () => Promise.reject(new ConfigError('asking far.example: expected this machine, found another.', 'Allow it.'));
    await expect(writeSynopses(handSynopsizer(refused, undefined, payOutOf(budget)), count(1), ignore, NEVER)).rejects.toThrow(
      'far.example',
    );
    expect(settled).toEqual(['no-call']);
  });
});

describe('a collection with synopses', () => {
  const SERVED = { base_url: 'http://127.0.0.1:1/v1', model: 'scribe-small' };
  const ID = 'http:scribe-small:lauter-synopsis-1';
  const PAGES = [
    page({ slug: 'boats', title: 'Page one', text: 'They sleep in long sheds.' }),
    page({ slug: 'pears', title: 'Page two', text: 'They are pressed.' }),
  ];
  const settings = { contextual: 'synopsis', synopsis_model: SERVED } as const;

  async function scene(options: Parameters<typeof searcher>[1] = {}) {
    const embedded: string[] = [];
    const embedder = handEmbedder((text) => {
      embedded.push(text);
      return /vessels/i.test(text) ? [1, 0, 0] : [0, 1, 0];
    });
    const synopsizer = handSynopsizer(
      (text) => (text.includes('sheds') ? saying('Where vessels are laid up.') : saying('not\none')),
      undefined,
      undefined,
      ID,
    );
    return { embedded, synopsizer, ...(await searcher(PAGES, { embedder, synopsizer, settings, ...options })) };
  }

  test('embeds synopsis, blank line, chunk; a page without one goes by its title', async () => {
    const { embedded, search } = await scene();
    expect(embedded).toEqual(['Where vessels are laid up.\n\nThey sleep in long sheds.', 'Page two\n\nThey are pressed.']);
    const response = await search('vessels in winter', { strategy: 'vector' });
    expect(response.results[0]).toMatchObject({ slug: 'boats', title: 'Page one', text: 'They sleep in long sheds.' });
    expect(response.meta.degraded).toEqual([]);
  });

  test('keeps them from words and from what is shown', async () => {
    const { search } = await scene();
    const response = await search('vessels laid', { strategy: 'keyword' });
    expect(response.results).toEqual([]);
    expect(JSON.stringify(await search('long sheds', { isExplained: true }))).not.toContain('vessels');
  });

  test('is another search by its hash, and only where synopses are asked for', async () => {
    const { search } = await scene();
    const hash = async (model: string | undefined, contextual: 'title' | 'synopsis') => {
      const other = await searcher(PAGES, {
        settings: { contextual, ...(model === undefined ? {} : { synopsis_model: { ...SERVED, model } }) },
      });
      return (await other.search('boats', { strategy: 'keyword' })).knob_hash;
    };
    expect(await hash('a', 'synopsis')).not.toBe(await hash('b', 'synopsis'));
    expect(await hash('a', 'title')).toBe(await hash('b', 'title'));
    expect((await search('vessels', { mode: 'tokenmax' })).meta.degraded).toEqual([]);
  });

  test('that was indexed by another model, or without, says so where synopses are asked for', async () => {
    const other = handSynopsizer(() => saying('Something.'), undefined, undefined, 'another:1');
    const told = async (options: Parameters<typeof searcher>[1], request = {}) =>
      (await (await scene(options)).search('boats', request)).meta.degraded;
    expect(await told({ synopsizer: other })).toEqual(['synopsis_mismatch']);
    expect(await told({ synopsizer: other }, { strategy: 'keyword' })).toEqual([]);
    expect(await told({ settings: { ...settings, contextual: 'title' } })).toEqual([]);
    expect(await told({ settings: { ...settings, contextual: 'title' } }, { mode: 'tokenmax', knobs: { contextual: 'synopsis' } })).toEqual(
      ['synopsis_mismatch'],
    );
    expect(await told({ settings: { contextual: 'synopsis' }, synopsizer: null })).toEqual(['no_synopsis_model']);
  });

  test('is not told of where no vector is asked for: nothing is embedded, nobody is asked', async () => {
    const { retriever, embedded, synopsizer } = await scene();
    const before = [embedded.length, synopsizer.asked.length];
    await retriever.index!('chats', PAGES, { strategy: 'keyword' });
    const found = await retriever.search({ collection: 'chats', query: 'long sheds', strategy: 'keyword', isEvaluation: true });
    expect(found.results.map(({ slug }) => slug)).toEqual(['boats']);
    expect([embedded.length, synopsizer.asked.length]).toEqual(before);
    await retriever.index!('chats', PAGES, { strategy: 'hybrid', knobs: { contextual: 'none' } });
    expect(embedded.slice(before[0])).toEqual(['They sleep in long sheds.', 'They are pressed.']);
  });
});
