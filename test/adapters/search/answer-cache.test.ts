import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KeptAnswer } from '../../../activities/search-ports.ts';
import { answersFile, openAnswerCache } from '../../../adapters/search/answer-cache.ts';
import { responseOf } from '../../support/scripted-retriever.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;

function answer(query: string, storedAtMs = 1_000, scope = 'scope'): KeptAnswer {
  return { scope, query, storedAtMs, vector: Float32Array.of(0.6, -0.8), response: responseOf({ query }, [query]) };
}

function scene() {
  const workspace = temporaryFolder();
  const cache = openAnswerCache(workspace);
  return {
    cache,
    path: answersFile(workspace, 'harbour'),
    keep: (...kept: readonly KeptAnswer[]) => {
      for (const one of kept) cache.keep('harbour', one, HOUR_MS);
    },
    find: (query: string, scope = 'scope') => cache.find('harbour', scope, (kept) => kept.query === query)?.query,
  };
}

describe('kept answers', () => {
  test('come back whole, the newest that serves first, with what decides that', () => {
    const { cache, keep } = scene();
    keep(answer('tab\tand\nline'), { ...answer('tab\tand\nline', 2_000), response: responseOf({ query: 'newer' }, ['a']) });
    const seen: unknown[] = [];
    const found = cache.find('harbour', 'scope', (kept) => seen.push(kept) > 0);
    expect(found).toEqual(responseOf({ query: 'newer' }, ['a']));
    expect(seen).toEqual([{ query: 'tab\tand\nline', storedAtMs: 2_000, vector: Float32Array.of(0.6, -0.8) }]);
  });

  test('are apart by scope and collection', () => {
    const { cache, find, keep } = scene();
    keep(answer('tide'));
    expect([find('tide'), find('tide', 'other'), cache.find('orchard', 'scope', () => true)]).toEqual(['tide', undefined, undefined]);
  });

  test('are nobody else’s business on this machine', () => {
    const { keep, path } = scene();
    keep(answer('tide'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    keep(answer('later', 1_000 + 2 * HOUR_MS));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('go when they are out of date, and the oldest of more than 200', () => {
    const { find, keep, path } = scene();
    keep(answer('old', 0), answer('tide', 10));
    keep(answer('new', HOUR_MS + 1));
    expect([find('old'), find('tide'), find('new')]).toEqual([undefined, 'tide', 'new']);
    expect(readFileSync(path, 'utf8')).not.toContain('old');
    keep(...Array.from({ length: 250 }, (_, at) => answer(`q${at}`, HOUR_MS)));
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(200);
    expect([find('q49'), find('q50'), find('q249')]).toEqual([undefined, 'q50', 'q249']);
  });
});

describe('a damaged file', () => {
  test('that was cut off anywhere has the answers before that, and takes new ones', () => {
    const whole = scene();
    whole.keep(answer('tide'), answer('pier'));
    const bytes = readFileSync(whole.path);
    const firstLine = bytes.indexOf(0x0a) + 1;
    const ends = [...bytes.keys()].filter((end) => end % 17 === 0 || Math.abs(end - firstLine) < 3);
    for (const end of ends) {
      writeFileSync(whole.path, bytes.subarray(0, end));
      expect([whole.find('tide'), whole.find('pier')]).toEqual([end >= firstLine ? 'tide' : undefined, undefined]);
      whole.keep(answer('rope'));
      expect([whole.find('tide'), whole.find('rope')]).toEqual([end >= firstLine ? 'tide' : undefined, 'rope']);
    }
  });

  test('of other lines has none, and loses them', () => {
    const { find, keep, path } = scene();
    keep(answer('tide'));
    const [line] = readFileSync(path, 'utf8').split('\n');
    const fields = line!.split('\t');
    const changed = (at: number, text: string): string => fields.map((field, place) => (place === at ? text : field)).join('\t');
    writeFileSync(
      path,
      ['', 'scope', changed(1, 'soon'), changed(3, '7'), changed(3, '{'), changed(4, '{}'), changed(4, ''), ''].join('\n'),
    );
    expect(find('tide')).toBeUndefined();
    appendFileSync(path, `${line!}\n`);
    expect(find('tide')).toBe('tide');
    keep(answer('pier'));
    expect(readFileSync(path, 'utf8')).not.toContain('soon');
    truncateSync(path, 0);
    expect(find('tide')).toBeUndefined();
  });

  test('never fails a search: no file, a folder in its place, a name that is none', () => {
    const { cache, find, keep, path } = scene();
    expect(find('tide')).toBeUndefined();
    mkdirSync(path, { recursive: true });
    keep(answer('tide'));
    expect(find('tide')).toBeUndefined();
    rmSync(path, { recursive: true });
    cache.keep('../../harbour', answer('tide'), HOUR_MS);
    expect(cache.find('../../harbour', 'scope', () => true)).toBeUndefined();
    chmodSync(join(path, '..'), 0o700);
  });
});
