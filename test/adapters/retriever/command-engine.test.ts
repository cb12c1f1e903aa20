import { describe, expect, test } from 'vitest';
import type { Retriever } from '../../../activities/search-ports.ts';
import { identifyProcess } from '../../../adapters/process-identity.ts';
import { ConfigError, RetrieverError } from '../../../domain/shared/errors.ts';
import { searchPageSchema } from '../../../schemas/search-page.ts';
import { ask, commandBrain, openBrain, type OpenBrain } from '../../support/brain/open-brain.ts';

const open = (way: string, more: object = {}, env: Record<string, string> = {}): Promise<OpenBrain> =>
  openBrain({ kind: 'command', command: commandBrain(way), ...more }, { env: { PATH: process.env.PATH, ...env } });

const slugsOf = async (retriever: Retriever, query: string): Promise<string[]> =>
  (await retriever.search(ask(query))).results.map(({ slug }) => slug);

test('a program is started once and asked line by line', async () => {
  const { retriever } = await open('well');
  const response = await retriever.search(ask('apple trees', { knobs: { limit: 1 } }));
  expect(response.results).toMatchObject([{ key: 'orchard::orchard/bees', title: 'Bees', score: 2, chunk_id: null, rank: 1 }]);
  expect(await slugsOf(retriever, 'mole')).toEqual(['harbour/lights', 'harbour/tides']);
  expect((await retriever.search(ask('apple', { source: 'harbour' }))).results).toEqual([]);
});

test('what a request holds', async () => {
  const { retriever } = await open('echo');
  const { results } = await retriever.search(ask('a "quoted"\nline \u2028', { strategy: 'keyword' }));
  expect(JSON.parse(results[0]!.text)).toEqual({
    id: 1,
    method: 'search',
    query: 'a "quoted"\nline \u2028',
    limit: 10,
    collection: 'coast',
    strategy: 'keyword',
    source: null,
  });
});

test('answers may come in any order', async () => {
  const { retriever } = await open('backwards');
  expect(await Promise.all([slugsOf(retriever, 'hives'), slugsOf(retriever, 'green')])).toEqual([['orchard/bees'], ['harbour/lights']]);
});

test('the program gets no variable that its settings do not name', async () => {
  const { retriever } = await open(
    'environment',
    { pass_env: ['BRAIN_KEY', 'BRAIN_ABSENT'] },
    { BRAIN_KEY: 'berth-7', OTHER_KEY: 'secret' },
  );
  const names = (await retriever.search(ask('x', { knobs: { limit: 99 } }))).results.map(({ slug }) => slug);
  expect(names).toContain('BRAIN_KEY');
  expect(names).not.toContain('OTHER_KEY');
  expect(names).not.toContain('BRAIN_ABSENT');
});

test('error output is told, without end only as far as anybody would read it', async () => {
  const { retriever, told } = await open('noise');
  await retriever.search(ask('mole'));
  await retriever.close();
  expect(told).toHaveLength(201);
  expect(told[0]).toBe('brain: the pump runs');
  expect(told[200]).toBe('brain: (more than 200 lines; the rest is not shown)');
});

test('an index is made by the program that says that it can', async () => {
  const { retriever } = await open('shelve', { can_index: true });
  await retriever.index!('coast', [searchPageSchema.parse({ slug: 'orchard/bees', title: 'Bees', text: 'Two hives.' })]);
  expect((await retriever.search(ask('anything'))).results).toMatchObject([{ slug: 'orchard/bees', title: 'Bees', text: 'Two hives.' }]);
  expect((await open('well')).retriever.index).toBeUndefined();
});

describe('a program that does not do as it must', () => {
  test.each([
    ['crash', 'that it ended with code 7'],
    ['chat', 'a line that is no JSON object'],
    ['stranger', 'an answer with an id that nothing waits for'],
    ['flood', 'a line of more than 16777216 characters'],
    ['latin', 'output that is not UTF-8'],
  ])('%s: this search and all that follow are refused', async (way, found) => {
    const { retriever } = await open(way);
    const searches = [retriever.search(ask('mole')), retriever.search(ask('apple'))];
    for (const search of await Promise.allSettled(searches)) {
      expect(search).toMatchObject({ status: 'rejected', reason: expect.any(RetrieverError) as unknown });
      expect(String((search as PromiseRejectedResult).reason)).toContain(`expected a program that answers, found ${found}.`);
    }
    await expect(retriever.search(ask('mole'))).rejects.toThrow(found);
  });

  test('an error that it reports is told, and not quoted', async () => {
    const { retriever, told } = await open('error');
    const error = await retriever.search(ask('mole')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RetrieverError);
    expect(String(error)).toContain('found an error that it reported');
    expect(String(error)).not.toContain('drawer');
    expect(told).toEqual(['brain: the drawer is stuck']);
    await expect(retriever.search(ask('mole'))).rejects.toThrow('found an error that it reported');
  });

  test('no answer in time', async () => {
    const { retriever } = await open('hang', { timeout_ms: 100 });
    await expect(retriever.search(ask('hives'))).rejects.toThrow('expected an answer, found none within 100 ms');
  });

  test('an answer that comes when nobody waits for it any more is nobody else’s', async () => {
    const { retriever } = await open('late');
    const breaking = new AbortController();
    const first = retriever.search(ask('hives', { signal: breaking.signal }));
    breaking.abort(new Error('the harbour closes'));
    await expect(first).rejects.toThrow('the harbour closes');
    expect(await slugsOf(retriever, 'green')).toEqual(['harbour/lights']);
    expect(await slugsOf(retriever, 'hives')).toEqual(['orchard/bees']);
  });

  test('broken off', async () => {
    const { retriever } = await open('hang');
    const breaking = new AbortController();
    const search = retriever.search(ask('mole', { signal: breaking.signal }));
    breaking.abort(new Error('the harbour closes'));
    await expect(search).rejects.toThrow('the harbour closes');
  });

  test('there is no such program', async () => {
    const opening = openBrain({ kind: 'command', command: ['./no-such-brain', '--key', 'secret'] });
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow('on "./no-such-brain": expected a program, found none that can be started (ENOENT)');
  });
});

describe('when it is closed', () => {
  test('a search that is under way is refused', async () => {
    const { retriever } = await open('hang');
    const search = retriever.search(ask('mole'));
    const [outcome] = await Promise.allSettled([search, retriever.close()]);
    expect(outcome).toMatchObject({ status: 'rejected' });
    await expect(search).rejects.toThrow('expected a program that answers, found that it ended with code 0');
  });

  test('what it started ends with it', async () => {
    const { retriever } = await open('launcher');
    const [pid] = await slugsOf(retriever, 'mole');
    expect(identifyProcess(Number(pid))).not.toBeNull();
    await retriever.close();
    await expect.poll(() => identifyProcess(Number(pid))).toBeNull();
  });

  test('one that would not end is ended', { timeout: 20_000 }, async () => {
    const { retriever } = await open('stubborn');
    await slugsOf(retriever, 'mole');
    await retriever.close();
    await expect(retriever.search(ask('mole'))).rejects.toThrow('found that it was ended by SIGKILL');
  });

  test('closing twice says nothing', async () => {
    const { retriever } = await open('well');
    await retriever.close();
    await retriever.close();
  });
});
