import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { openSynopsisCache, synopsesFile } from '../../../adapters/search/synopsis-cache.ts';
import { startProgram } from '../../support/child-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const [MOORINGS, TIDES] = [sha256('moorings'), sha256('tides')];

function desk() {
  const workspace = temporaryFolder();
  return { workspace, path: synopsesFile(workspace, 'scribe', 'rules'), open: () => openSynopsisCache(workspace, 'scribe', 'rules') };
}

test('what was kept is there for the next process; an answer that was none is, too', async () => {
  const { open } = desk();
  const cache = open();
  await Promise.all([cache.put(MOORINGS, 'What\tmoorings cost: "nine".'), cache.put(TIDES, null)]);
  for (const each of [cache, open()]) {
    expect(each.get(MOORINGS)).toBe('What\tmoorings cost: "nine".');
    expect(each.get(TIDES)).toBeNull();
    expect(each.get(sha256('orchards'))).toBeUndefined();
  }
});

test('another model or other rules know nothing of it, and only its owner may read it', async () => {
  const { workspace, open, path } = desk();
  await open().put(MOORINGS, 'What moorings cost.');
  expect(openSynopsisCache(workspace, 'another', 'rules').get(MOORINGS)).toBeUndefined();
  expect(openSynopsisCache(workspace, 'scribe', 'other rules').get(MOORINGS)).toBeUndefined();
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('looking makes no file', () => {
  const { open, path } = desk();
  expect(open().get(MOORINGS)).toBeUndefined();
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
});

describe('what a crash leaves', () => {
  test('half a line counts as never written, and goes before the next one', async () => {
    const { open, path } = desk();
    await open().put(MOORINGS, 'What moorings cost.');
    const whole = readFileSync(path, 'utf8');
    await open().put(TIDES, 'When the tide rises.');
    truncateSync(path, statSync(path).size - 7);
    const cache = open();
    expect([cache.get(MOORINGS), cache.get(TIDES)]).toEqual(['What moorings cost.', undefined]);
    await cache.put(TIDES, null);
    expect(readFileSync(path, 'utf8').startsWith(whole)).toBe(true);
    expect([open().get(MOORINGS), open().get(TIDES)]).toEqual(['What moorings cost.', null]);
  });

  test.each([
    ['an altered text', (line: string) => line.replace('cost', 'c0st')],
    ['an altered key', (line: string) => line.replace(MOORINGS.slice(0, 4), 'beef')],
    ['zeros', () => '\0'.repeat(90)],
    ['a line of nobody', () => 'hello'],
  ])('%s is no synopsis', async (_what, change) => {
    const { open, path } = desk();
    await open().put(MOORINGS, 'What moorings cost.');
    writeFileSync(path, `${change(readFileSync(path, 'utf8').trimEnd())}\n`);
    appendFileSync(path, '\n');
    expect(open().get(MOORINGS)).toBeUndefined();
  });
});

test('processes that write at once lose nothing, also when one of them is killed', { timeout: 60_000 }, async () => {
  const [{ workspace, open }, rounds] = [desk(), 5];
  const names = ['harbour', 'orchard', 'doomed'];
  const programs = names.map((name) => startProgram(new URL('synopsis-writer.ts', import.meta.url), [workspace, name, String(rounds)]));
  for (const program of programs) expect(await program.hear()).toBe('ready');
  for (const program of programs) program.say('go');
  const [first, second, doomed] = programs;
  expect(await doomed!.hear()).toBe('kept 1');
  await doomed!.kill();
  expect(await Promise.all([first!.ended(), second!.ended()])).toEqual([0, 0]);
  const cache = open();
  for (const name of names)
    for (let round = 0; round < (name === 'doomed' ? 1 : rounds); round += 1)
      expect(cache.get(sha256(`${name} ${round}`))).toBe(`About ${name} ${round}.`);
});
