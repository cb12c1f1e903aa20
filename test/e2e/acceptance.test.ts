import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatherFacts, OWN_HANDS } from '../../cli/acceptance/gather-facts.ts';
import { openSpace, readRuns, removeSpace } from '../../cli/acceptance/space.ts';
import { INVARIANTS, judgeFacts } from '../../domain/acceptance/index.ts';
import { acceptanceReportSchema, type AcceptanceReport } from '../../schemas/acceptance-report.ts';
import { runLauter, type Finished } from '../support/run-lauter.ts';
import { Sabotage } from '../support/sabotage.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';
import { SABOTAGES } from './acceptance-sabotages.ts';

let finished: Finished;
let report: AcceptanceReport;
let folder: string;

beforeAll(async () => {
  folder = makeFolder();
  finished = await runLauter(['distill', 'acceptance', '--json', '--keep', '--html', join(folder, 'acceptance.html')]);
  report = acceptanceReportSchema.parse(JSON.parse(finished.stdout));
});

afterAll(() => {
  if (typeof report?.kept === 'string') removeSpace(report.kept);
  removeFolder(folder);
});

describe('lauter distill acceptance', () => {
  test('every invariant holds of the pipeline as it is', () => {
    expect(report.invariants.filter(({ passed }) => !passed)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'accepted', passed: 22, total: 22 });
    expect(finished.code).toBe(0);
  });

  test('writes a page with the report beside it, and keeps the runs when asked to', () => {
    expect(readFileSync(join(folder, 'acceptance.html'), 'utf8')).toContain('All 22 invariants hold');
    expect(JSON.parse(readFileSync(join(folder, 'acceptance.json'), 'utf8'))).toEqual(report);
    expect(existsSync(join(report.kept ?? '', 'main', 'exports', 'latest'))).toBe(true);
  });
});

describe('a fault in the pipeline', () => {
  test('there is one for each invariant', () => {
    expect(SABOTAGES.map(({ invariant }) => invariant)).toEqual(INVARIANTS.map(({ number }) => number));
  });

  test.each(SABOTAGES.map((sabotage) => [`${sabotage.invariant}: ${sabotage.what}`, sabotage] as const))(
    '%s',
    async (_, { invariant, implied, plant }) => {
      const space = openSpace(report.kept ?? '');
      const sabotage = new Sabotage(space, readRuns(space));
      try {
        const hands = await plant(sabotage);
        const results = judgeFacts(await gatherFacts(space, sabotage.runs, undefined, { ...OWN_HANDS, ...hands }));
        const failed = results.filter(({ passed }) => !passed);
        expect(failed.map(({ number }) => number)).toEqual(
          [invariant, ...Object.keys(implied).map(Number)].sort((left, right) => left - right),
        );
        const own = failed.find(({ number }) => number === invariant);
        expect(own?.where.length).toBeGreaterThan(0);
        expect(own?.found).not.toBe(own?.expected);
      } finally {
        sabotage.undo();
      }
    },
  );

  test('undone, leaves everything as it was', async () => {
    const space = openSpace(report.kept ?? '');
    expect(judgeFacts(await gatherFacts(space, readRuns(space))).filter(({ passed }) => !passed)).toEqual([]);
  });
});
