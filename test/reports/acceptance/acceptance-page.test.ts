import { expect, test } from 'vitest';
import { renderAcceptance } from '../../../reports/acceptance/render-acceptance.ts';
import { ALL_HOLD, ONE_IS_BROKEN } from '../../support/acceptance-reports.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';

const filesOf = (report: typeof ALL_HOLD) => new Map(renderAcceptance(report, 'out/night.html').map(({ path, text }) => [path, text]));
const held = filesOf(ALL_HOLD);
const broken = filesOf(ONE_IS_BROKEN);

test('a page with its table and the report beside it, the page last', () => {
  expect([...held.keys()]).toEqual(['out/night-invariants.csv', 'out/night.json', 'out/night.html']);
  expect(JSON.parse(held.get('out/night.json')!)).toEqual(ALL_HOLD);
  expect(held.get('out/night-invariants.csv')!.trim().split('\n')).toHaveLength(3);
});

test('sound pages that load nothing and link to what lies beside them', () => {
  for (const page of [held.get('out/night.html')!, broken.get('out/night.html')!]) {
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).not.toMatch(/<script|https?:\/\//);
    expect(page).toContain('href="night-invariants.csv"');
  }
});

test('the verdict first, and of what does not hold what was expected, what was found and where', () => {
  expect(held.get('out/night.html')).toContain('<title>Accepted: Acceptance 2 of 2 invariants hold</title>');
  const page = broken.get('out/night.html')!;
  expect(page).toContain('<title>Refused: Acceptance 1 of 2 invariants hold</title>');
  expect(page).toContain('2. every evidence row validates:');
  expect(page).toContain('expected a row that evidence/1 allows');
  expect(page).toContain('lauter distill acceptance --keep');
});

test('words of the data stay words', () => {
  const page = broken.get('out/night.html')!;
  expect(page).not.toContain('<b>');
  expect(page).not.toContain('\u001b');
  expect(broken.get('out/night-invariants.csv')).not.toMatch(/(?:^|,)"?=HYPERLINK/m);
});
