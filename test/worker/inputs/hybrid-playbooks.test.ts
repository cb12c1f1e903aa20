import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Embedder } from '../../../activities/search-ports.ts';
import type { Corpus, FoundPlaybooks } from '../../../activities/replay/replay-world.ts';
import { sha256 } from '../../../adapters/digest.ts';
import { listCollections } from '../../../adapters/search/collection-store.ts';
import { CollectionError, RetrieverError } from '../../../domain/shared/errors.ts';
import type { RagRow } from '../../../schemas/export-rows.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { openHybridPlaybooks, type HybridPlaybooks } from '../../../worker/inputs/hybrid-playbooks.ts';
import { createSearchWorld } from '../../../worker/open-retriever.ts';
import { playbook } from '../../domain/replay/playbooks.ts';
import { freeBudget } from '../../support/spending.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NEVER = new AbortController().signal;
const ROWS = [
  playbook('north', 'Open the north lock', 'Ring the bell, wait for the keeper, then open the gate.'),
  playbook('south', 'Open the south lock', 'Push the gate by hand until it moves.'),
  playbook('gulls', 'Feed the gulls', 'Throw bread from the pier.'),
];
const WITH_VECTORS = { embedder: 'chart', embedders: { chart: { kind: 'deterministic' } } };

interface Scene {
  readonly hybrid: HybridPlaybooks;
  /** What making the collection showed. */
  readonly shown: string[];
}

/** Knows two directions: what has to do with birds, and all else. */
const BIRDS: Embedder = {
  id: 'birds',
  dimensions: 2,
  embed: async (texts) => texts.map((text) => (/bird|gull/i.test(text) ? Float32Array.of(1, 0) : Float32Array.of(0, 1))),
  close: async () => undefined,
};

function open(workspace: string, settings: object, rows: readonly RagRow[] = ROWS, embedder?: Embedder): Scene {
  const shown: string[] = [];
  const place = {
    workspace,
    settings: searchSettingsSchema.parse(settings),
    base: workspace,
    env: {},
    budget: freeBudget,
    tell: () => undefined,
    show: (stage: string) => void shown.push(stage),
  };
  const corpus: Pick<Corpus, 'rows' | 'sha256'> = { rows, sha256: sha256(JSON.stringify(rows)) };
  const world = { ...createSearchWorld(place), ...(embedder === undefined ? {} : { embedder: async () => embedder }) };
  return { hybrid: openHybridPlaybooks(place, corpus, world), shown };
}

function idsOf({ ranked }: FoundPlaybooks): string[] {
  return ranked.map(({ row }) => row.id);
}

async function foundIn(workspace: string, settings: object, task: string, topK = 8, rows = ROWS): Promise<FoundPlaybooks> {
  const { hybrid } = open(workspace, settings, rows);
  try {
    return await hybrid.find(task, topK, NEVER);
  } finally {
    await hybrid.close();
  }
}

describe('without an embedder', () => {
  test('words alone decide, and the notes say so', async () => {
    const found = await foundIn(temporaryFolder(), {}, 'How is the north lock opened?');
    expect(idsOf(found)).toEqual(['north', 'south']);
    expect(found.notes).toEqual(['keyword only (no embedder configured)']);
    const [first, second] = found.ranked;
    expect(first!.score).toBeGreaterThan(second!.score);
  });

  test('function words find nothing, and take no place from what shares a word', async () => {
    const rows = [
      ...Array.from({ length: 9 }, (_, number) => playbook(`above-${number}`, 'How and about', 'How it all went once more.')),
      playbook('lamp', 'Light the lamp', 'How it is lit: with a match.'),
    ];
    expect(idsOf(await foundIn(temporaryFolder(), {}, 'how once more', 8, rows))).toEqual([]);
    expect(idsOf(await foundIn(temporaryFolder(), {}, 'how about the lamp', 8, rows))).toEqual(['lamp']);
  });

  test('equal ones by id, at most K', async () => {
    const rows = ['c', 'a', 'b'].map((id) => playbook(id, 'Open the lock', 'Ring the bell.'));
    expect(idsOf(await foundIn(temporaryFolder(), {}, 'open the lock', 2, rows))).toEqual(['a', 'b']);
  });

  test('an id that no page can have, or that comes twice, does no harm', async () => {
    const rows = [playbook('a\tb', 'Open the lock', 'Ring.'), playbook('twice', 'Lock it', 'Ring.'), playbook('twice', 'Lock', 'Knock.')];
    const { ranked } = await foundIn(temporaryFolder(), {}, 'lock', 8, rows);
    expect(ranked.map(({ row }) => row)).toEqual(expect.arrayContaining([rows[0], rows[1]]));
    expect(ranked).toHaveLength(2);
  });
});

describe('with an embedder', () => {
  test('vectors find rows that share no word', async () => {
    const { hybrid } = open(temporaryFolder(), {}, ROWS, BIRDS);
    const found = await hybrid.find('What do birds eat?', 1, NEVER);
    expect(idsOf(found)).toEqual(['gulls']);
    expect(found.notes).toEqual([]);
    expect(idsOf(await hybrid.find('What do the keepers of the north lock hear?', 8, NEVER))[0]).toBe('north');
  });

  test('a graph of neighbours above the threshold finds what comparing with all finds', async () => {
    const root = temporaryFolder();
    const rows = Array.from({ length: 60 }, (_, number) => playbook(`lock-${number}`, `Open lock ${number}`, 'Ring the bell.'));
    const exact = await foundIn(root, WITH_VECTORS, 'Open lock 7', 8, rows);
    const near = await foundIn(root, { ...WITH_VECTORS, ann_threshold: 59 }, 'Open lock 7', 8, rows);
    expect(near).toEqual(exact);
    const graphs = listCollections(root).map(({ files }) => 'hnsw.usearch' in files);
    expect(graphs.toSorted()).toEqual([false, true]);
  });
});

describe('the collection', () => {
  test('is made once for a corpus and its settings, and found again', async () => {
    const root = temporaryFolder();
    const first = open(root, WITH_VECTORS);
    const found = await first.hybrid.find('Open the lock', 8, NEVER);
    expect(first.shown).toContain('embedding');
    const second = open(root, WITH_VECTORS);
    expect(await second.hybrid.find('Open the lock', 8, NEVER)).toEqual(found);
    expect(second.shown).toEqual([]);
    expect(listCollections(root)).toMatchObject([{ name: expect.stringMatching(/^playbooks-[0-9a-f]{16}$/), generation: 1, pages: 3 }]);
    await foundIn(root, {}, 'Open the lock');
    await foundIn(root, WITH_VECTORS, 'Open the lock', 8, ROWS.slice(1));
    expect(listCollections(root)).toHaveLength(3);
  });

  test('is made once by those who need it at the same time', async () => {
    const root = temporaryFolder();
    const [one, other] = [open(root, WITH_VECTORS), open(root, WITH_VECTORS)];
    const found = await Promise.all([one, one, other].map(({ hybrid }) => hybrid.find('Open the lock', 8, NEVER)));
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
    expect([...one.shown, ...other.shown].filter((stage) => stage === 'embedding')).toHaveLength(1);
    expect(listCollections(root)).toMatchObject([{ generation: 1 }]);
  });

  test('that is damaged is made anew', async () => {
    const root = temporaryFolder();
    const found = await foundIn(root, WITH_VECTORS, 'Open the lock');
    const [head] = listCollections(root);
    truncateSync(join(root, 'lake', 'collections', head!.name, head!.folder, 'index.bin'), 10);
    expect(await foundIn(root, WITH_VECTORS, 'Open the lock')).toEqual(found);
    rmSync(join(root, 'lake', 'collections', head!.name), { recursive: true });
    expect(await foundIn(root, WITH_VECTORS, 'Open the lock')).toEqual(found);
  });

  test('is not made without its embedder, and is once that answers', async () => {
    const root = temporaryFolder();
    let isDown = true;
    const embed: Embedder['embed'] = async (texts, kind) => {
      if (isDown) throw new RetrieverError('embedding: expected an answer, found none.', 'Start it.');
      return BIRDS.embed(texts, kind);
    };
    const { hybrid } = open(root, {}, ROWS, { ...BIRDS, embed });
    await expect(hybrid.find('gulls', 8, NEVER)).rejects.toThrow(CollectionError);
    expect(listCollections(root)).toEqual([]);
    isDown = false;
    expect(idsOf(await hybrid.find('gulls', 1, NEVER))).toEqual(['gulls']);
    isDown = true;
    const { ranked, notes } = await hybrid.find('gulls', 8, NEVER);
    expect([ranked.map(({ row }) => row.id), notes]).toEqual([['gulls'], ['keyword only (the embedder did not answer)']]);
  });

  test('an interrupt of whoever makes it ends nobody else, and leaves nothing that counts', async () => {
    const root = temporaryFolder();
    const stop = new AbortController();
    stop.abort(new Error('the worker ends'));
    const { hybrid } = open(root, WITH_VECTORS);
    const [interrupted, other] = await Promise.allSettled([
      hybrid.find('Open the lock', 8, stop.signal),
      hybrid.find('Open the lock', 8, NEVER),
    ]);
    expect(interrupted).toMatchObject({ status: 'rejected' });
    expect(other).toMatchObject({ status: 'fulfilled' });
    expect(listCollections(root)).toMatchObject([{ generation: 1 }]);
  });
});
