import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { removeFolder } from '../../support/temporary-folder.ts';
import { makeTwoArms } from './two-arms.ts';
import { committed, floors, indexTwoArms, runGates } from './two-arms-scene.ts';

/** What is wrong with the engine at the moment. */
const planted = vi.hoisted((): { k?: number; without?: string; isUpsideDown?: boolean } => ({}));

vi.mock('../../../domain/search/fuse-candidates.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/fuse-candidates.ts')>();
  return {
    ...stage,
    fuseCandidates: (...[lists, k, detail]: Parameters<typeof stage.fuseCandidates>) => stage.fuseCandidates(lists, planted.k ?? k, detail),
  };
});
vi.mock('../../../activities/search/run-arms.ts', async (original) => {
  const stage = await original<typeof import('../../../activities/search/run-arms.ts')>();
  return {
    ...stage,
    runArms: (...given: Parameters<typeof stage.runArms>) => stage.runArms(...given).filter(({ arm }) => arm !== planted.without),
  };
});
vi.mock('../../../domain/search/candidate-order.ts', async (original) => {
  const stage = await original<typeof import('../../../domain/search/candidate-order.ts')>();
  return {
    ...stage,
    orderCandidates: (...given: Parameters<typeof stage.orderCandidates>) => {
      const ordered = stage.orderCandidates(...given);
      return planted.isUpsideDown === true ? ordered.reverse() : ordered;
    },
  };
});

const QUERIES = 20;

const files = Object.entries(makeTwoArms()).map(([name, made]) => ({ name, made, found: committed(name, made) }));

test.each(files)('$name is what its program makes', ({ name, made, found }) => {
  expect(found, `${name}: renew it with LAUTER_UPDATE_GOLDEN=1, and say why in the commit`).toBe(made);
});

describe('a gate by the two-arm fixture', () => {
  let root: string;
  beforeAll(async () => {
    root = await indexTwoArms();
  });
  afterAll(() => removeFolder(root));

  test('the engine as it is passes, 20 of 20 times', { timeout: 120_000 }, async () => {
    for (let time = 0; time < 20; time += 1) {
      const { codes, reports } = await runGates(root);
      expect(codes).toEqual([0, 0]);
      const [byQrels, byBaseline] = reports.map((report) => ({ ...report.correctness_gate.summary, ...report.regression_gate.summary }));
      expect(byQrels).toMatchObject({ queries_run: QUERIES, expected_top1_hit_rate: 1, mean_recall_at_k_strict: 1, queries_degraded: 0 });
      // The order of each of the first ten places is the one that arithmetic says.
      expect(byBaseline).toMatchObject({ rows_replayed: QUERIES, mean_jaccard_strict: 1, top1_stability_strict: 1, rows_degraded: 0 });
      expect(byBaseline?.mean_rbo).toBeCloseTo(1, 12);
    }
  });

  const BUGS: readonly [name: string, bug: typeof planted, moved: number][] = [
    ['a fusion constant of 1', { k: 1 }, 10],
    ['a fusion constant of 50', { k: 50 }, 10],
    ['a fusion constant of 100', { k: 100 }, 10],
    ['no keyword arm', { without: 'keyword' }, 15],
    ['no vector arm', { without: 'vector' }, 15],
    ['a list upside down', { isUpsideDown: true }, 20],
  ];
  test.each(BUGS)('%s fails both gates', async (_name, bug, moved) => {
    Object.assign(planted, bug);
    try {
      const { codes, reports } = await runGates(root);
      expect(codes).toEqual([1, 1]);
      expect(reports[0]?.correctness_gate.summary?.expected_top1_hit_rate).toBe(1 - moved / QUERIES);
      expect(reports[0]?.correctness_gate.breaches).toContainEqual(expect.objectContaining({ metric: 'expected_top1_hit_rate' }));
      expect(reports[1]?.regression_gate.summary?.top1_stability_strict).toBe(1 - moved / QUERIES);
      expect(reports[1]?.regression_gate.breaches).toContainEqual(expect.objectContaining({ metric: 'top1_stability_rate' }));
    } finally {
      for (const name of Object.keys(bug)) delete planted[name as keyof typeof planted];
    }
  });

  test('floors come from the environment, and only as shares', () => {
    expect(floors({})).toEqual({ top1: '0.80', recall: '0.85' });
    expect(floors({ LAUTER_GATE_TOP1_FLOOR: '0.9', LAUTER_GATE_RECALL_FLOOR: '1' })).toEqual({ top1: '0.9', recall: '1' });
    expect(() => floors({ LAUTER_GATE_TOP1_FLOOR: 'high' })).toThrow(/LAUTER_GATE_TOP1_FLOOR/);
    expect(() => floors({ LAUTER_GATE_RECALL_FLOOR: '1.5' })).toThrow(/LAUTER_GATE_RECALL_FLOOR/);
  });
});
