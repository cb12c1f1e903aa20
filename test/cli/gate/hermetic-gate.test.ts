import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bm25Constants, QueryTerm } from '../../../domain/search/bm25.ts';
import type { Candidate, NamedList } from '../../../domain/search/index.ts';
import type { SearchArm } from '../../../schemas/vocabulary.ts';
import { removeFolder } from '../../support/temporary-folder.ts';
import { committed, FIXTURES, floors, indexFixture, runGates, type GateFixture } from './hermetic-gate.ts';

interface Bug {
  /** The constant of reciprocal ranks. */
  readonly k?: number;
  readonly without?: SearchArm;
  readonly isUpsideDown?: boolean;
  /** The part of words in a page's score. */
  readonly wordPart?: number;
  /** Words are scaled from a score of zero, not from the lowest of their list. */
  readonly isFromZero?: boolean;
  /** Scores of the words are not scaled at all. */
  readonly isUnscaled?: boolean;
  /** Both arms weigh the same, whatever the query asks for. */
  readonly isUnweighted?: boolean;
  readonly bm25?: Bm25Constants;
  /** How many times what it should a passage counts. */
  readonly passages?: number;
}

/** What is wrong with the engine at the moment. */
const planted = vi.hoisted((): { bug: Bug } => ({ bug: {} }));

vi.mock('../../../domain/search/fuse-candidates.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/fuse-candidates.ts')>();
  return {
    ...stage,
    fuseCandidates: (...[lists, k, detail]: Parameters<typeof stage.fuseCandidates>) =>
      stage.fuseCandidates(lists, planted.bug.k ?? k, detail),
  };
});
vi.mock('../../../domain/search/blend-pages.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/blend-pages.ts')>();
  return {
    ...stage,
    blendPages: (...[lists, detail]: Parameters<typeof stage.blendPages>) =>
      stage.blendPages(lists.map(misweigh), detail).filter(({ key }) => key !== NOBODY),
  };
});
vi.mock('../../../domain/search/bm25.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/bm25.ts')>();
  return {
    ...stage,
    Bm25: class extends stage.Bm25 {
      constructor(...[postings, constants]: ConstructorParameters<typeof stage.Bm25>) {
        super(postings, planted.bug.bm25 ?? constants);
      }
    },
  };
});
vi.mock('../../../domain/search/search-index.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/search-index.ts')>();
  return {
    ...stage,
    openIndex: (file: Uint8Array) => {
      const index = stage.openIndex(file);
      const [passages, factor] = [index?.passages, planted.bug.passages];
      if (index === undefined || !passages || factor === undefined) return index;
      const addScores = (terms: readonly QueryTerm[], scores: Float64Array): void =>
        passages.addScores(
          terms.map(({ term, times }) => ({ term, times: times * factor })),
          scores,
        );
      return { ...index, passages: { addScores } };
    },
  };
});
vi.mock('../../../activities/search/run-arms.ts', async (original) => {
  const stage = await original<typeof import('../../../activities/search/run-arms.ts')>();
  return {
    ...stage,
    runArms: (...given: Parameters<typeof stage.runArms>) => stage.runArms(...given).filter(({ arm }) => arm !== planted.bug.without),
  };
});
vi.mock('../../../domain/search/candidate-order.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/candidate-order.ts')>();
  return {
    ...stage,
    orderCandidates: (...given: Parameters<typeof stage.orderCandidates>) => {
      const ordered = stage.orderCandidates(...given);
      return planted.bug.isUpsideDown === true ? ordered.reverse() : ordered;
    },
  };
});

const NOBODY = 'default::nobody';

/**
 * Lists that, blended rightly, give what the right ones would when blended wrongly. Words count by their weight among both weights, so a factor of the
 * weight is another part; one more page without any words is a scale from zero; and that times the highest score is no scale at all.
 */
function misweigh(list: NamedList): NamedList {
  const { wordPart = 0.5, isFromZero = false, isUnscaled = false, isUnweighted = false } = planted.bug;
  const weight = isUnweighted ? 1 : list.weight;
  const [first] = list.rows;
  if (list.arm !== 'keyword' || first === undefined) return { ...list, weight };
  const worst: Candidate = { ...first, key: NOBODY, slug: 'nobody', chunk_id: null, score: 0, cosine: null };
  return {
    ...list,
    weight: weight * (wordPart / (1 - wordPart)) * (isUnscaled ? first.score : 1),
    rows: isFromZero || isUnscaled ? [...list.rows, worst] : list.rows,
  };
}

const QUERIES = 20;

/** How many of the first places each bug moves: the numbers of queries that the arithmetic of the fixture names. */
const BUGS: Readonly<Record<GateFixture['name'], readonly (readonly [name: string, bug: Bug, moved: number])[]>> = {
  'two-arms': [
    ['a fusion constant of 1', { k: 1 }, 10],
    ['a fusion constant of 50', { k: 50 }, 10],
    ['a fusion constant of 100', { k: 100 }, 10],
    ['no keyword arm', { without: 'keyword' }, 15],
    ['no vector arm', { without: 'vector' }, 15],
    ['a list upside down', { isUpsideDown: true }, 20],
  ],
  'two-scores': [
    ['words as nine tenths', { wordPart: 0.9 }, 10],
    ['words as 0.65', { wordPart: 0.65 }, 10],
    ['words as 0.4', { wordPart: 0.4 }, 10],
    ['words as one tenth', { wordPart: 0.1 }, 10],
    ['words scaled from zero', { isFromZero: true }, 10],
    ['words not scaled', { isUnscaled: true }, 10],
    ['arms that weigh the same for every query', { isUnweighted: true }, 10],
    ['no keyword arm', { without: 'keyword' }, 20],
    ['no vector arm', { without: 'vector' }, 10],
    ['a list upside down', { isUpsideDown: true }, 20],
    ['the constants of the reference', { bm25: { k1: 0.9, b: 0.4 } }, 10],
    ['no passages', { passages: 0 }, 10],
    ['passages alone', { passages: 1_000 }, 10],
  ],
};

describe.each(FIXTURES)('a gate by the fixture $name', (fixture) => {
  let root: string;
  beforeAll(async () => {
    root = await indexFixture(fixture);
  });
  afterAll(() => removeFolder(root));

  test.each(Object.entries(fixture.make()))('%s is what its program makes', (name, made) => {
    expect(committed(fixture, name, made), `${name}: renew it with LAUTER_UPDATE_GOLDEN=1, and say why in the commit`).toBe(made);
  });

  test('the engine as it is passes, 20 of 20 times', { timeout: 120_000 }, async () => {
    for (let time = 0; time < 20; time += 1) {
      const { codes, reports } = await runGates(fixture, root);
      expect(codes).toEqual([0, 0]);
      const [byQrels, byBaseline] = reports.map((report) => ({ ...report.correctness_gate.summary, ...report.regression_gate.summary }));
      expect(byQrels).toMatchObject({ queries_run: QUERIES, expected_top1_hit_rate: 1, mean_recall_at_k_strict: 1, queries_degraded: 0 });
      // The order of each of the first ten places is the one that arithmetic says.
      expect(byBaseline).toMatchObject({ rows_replayed: QUERIES, mean_jaccard_strict: 1, top1_stability_strict: 1, rows_degraded: 0 });
      expect(byBaseline?.mean_rbo).toBeCloseTo(1, 12);
    }
  });

  test.each(BUGS[fixture.name])('%s fails both gates', async (_name, bug, moved) => {
    planted.bug = bug;
    try {
      const { codes, reports } = await runGates(fixture, root);
      expect(codes).toEqual([1, 1]);
      expect(reports[0]?.correctness_gate.summary?.expected_top1_hit_rate).toBe(1 - moved / QUERIES);
      expect(reports[0]?.correctness_gate.breaches).toContainEqual(expect.objectContaining({ metric: 'expected_top1_hit_rate' }));
      expect(reports[1]?.regression_gate.summary?.top1_stability_strict).toBe(1 - moved / QUERIES);
      expect(reports[1]?.regression_gate.breaches).toContainEqual(expect.objectContaining({ metric: 'top1_stability_rate' }));
    } finally {
      planted.bug = {};
    }
  });
});

test('floors come from the environment, and only as shares', () => {
  expect(floors({})).toEqual({ top1: '0.80', recall: '0.85' });
  expect(floors({ LAUTER_GATE_TOP1_FLOOR: '0.9', LAUTER_GATE_RECALL_FLOOR: '1' })).toEqual({ top1: '0.9', recall: '1' });
  expect(() => floors({ LAUTER_GATE_TOP1_FLOOR: 'high' })).toThrow(/LAUTER_GATE_TOP1_FLOOR/);
  expect(() => floors({ LAUTER_GATE_RECALL_FLOOR: '1.5' })).toThrow(/LAUTER_GATE_RECALL_FLOOR/);
});
