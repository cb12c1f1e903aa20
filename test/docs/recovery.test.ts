import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIT_CHECKS } from '../../domain/audit/index.ts';
import { blockLines, codeSpans, PROJECT_ROOT, readDocument, sectionOf, tableBelow } from './document.ts';

const { text } = readDocument('docs/recovery.md');
const symptoms = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);

/** What the product must know to recover from. */
const EXPECTED = [
  'audit-full fails',
  'Drift warns',
  'Acceptance fails while the rest of audit-full passes',
  'audit-full fails while acceptance passes',
  'run-all gives empty exports',
  'Another digest from identical input',
  'The replay log grows',
  'A shard is corrupt',
  'The Temporal database file is lost',
  'The disk was full',
  'Restore to a frozen release',
];

/** Rehearsals that need no engine stand together, the others where engines are started and disks are filled. */
const REHEARSALS = ['test/recovery', 'test/e2e', 'test/faults'].flatMap((folder) =>
  readdirSync(join(PROJECT_ROOT, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(PROJECT_ROOT, folder, name), 'utf8')),
);

/** True when a test, or a group of tests, has the symptom for its name, or begins with it. */
function isRehearsed(symptom: string, programs: readonly string[] = REHEARSALS): boolean {
  const names = programs.flatMap((program) => [...program.matchAll(/^(?:describe|test)(?:\.\w+)?\('([^']+)'/gm)].map(([, name]) => name!));
  return names.some((name) => name === symptom || name.startsWith(`${symptom}: `));
}

describe('the symptoms', () => {
  it('are those that were asked for', () => expect(symptoms).toEqual(EXPECTED));

  it.each(EXPECTED)('%s: has a rehearsal of that name', (symptom) => expect(isRehearsed(symptom)).toBe(true));

  it.each(EXPECTED)('%s: has a command', (symptom) => {
    const section = sectionOf(text, symptom);
    expect([...codeSpans(section), ...blockLines(section)].filter((code) => code.startsWith('lauter ')).length).toBeGreaterThan(0);
  });

  it('would miss a rehearsal that is gone, or that is called something else', () => {
    expect(isRehearsed('The gulls are hungry', ["test('The gulls are hungry: they are fed', () => {"])).toBe(true);
    expect(isRehearsed('The gulls are hungry', ["test('The gulls are loud', () => {", '// The gulls are hungry'])).toBe(false);
  });
});

it('lists every check of a full audit, under its number and name', () => {
  expect(tableBelow(text, 'audit-full fails').map(([number, name]) => [number, name])).toEqual(
    AUDIT_CHECKS.map(({ number, name }) => [String(number), name]),
  );
});
