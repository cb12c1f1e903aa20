import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { ConfigError, RetrieverError } from '../../../domain/shared/errors.ts';
import { HANDLED, startHttpBrain } from '../../support/brain/http-brain.ts';
import { startMcpHttpBrain } from '../../support/brain/mcp-http.ts';
import { ask, mcpBrain, openBrain } from '../../support/brain/open-brain.ts';

const FIELDS = { source_id: '$.source_id', title: '$.title', text: '$.text', score: '$.score' };
const overStreams = (tool: string, more: object = {}): object => ({
  kind: 'mcp',
  command: mcpBrain(),
  tool,
  ...FIELDS,
  ...more,
});

describe('a server of the official SDK over its standard streams', () => {
  test('structured content', async () => {
    const { retriever, told } = await openBrain(
      overStreams('search', { arguments: { query: '{{query}}', limit: '{{limit}}', source: '{{source}}' } }),
    );
    const { results } = await retriever.search(ask('apple trees', { knobs: { limit: 2 } }));
    expect(results).toMatchObject([
      { key: 'orchard::orchard/bees', rank: 1, score: 2, text: 'Two hives stand between the apple trees.' },
      { key: 'orchard::orchard/pruning', rank: 2 },
    ]);
    expect((await retriever.search(ask('mole', { source: 'orchard' }))).results).toEqual([]);
    expect(told).toEqual(expect.arrayContaining(['brain: (a line on standard output that is no message)', 'brain: opening the drawers']));
  });

  test('one text that is JSON', async () => {
    const { retriever } = await openBrain(overStreams('search_text'));
    expect((await retriever.search(ask('mole'))).results.map(({ slug }) => slug)).toEqual(['harbour/lights', 'harbour/tides']);
  });

  test('a text for each result', async () => {
    const { retriever } = await openBrain(overStreams('search_pieces', { results: '$[*]' }));
    expect((await retriever.search(ask('mole'))).results.map(({ slug }) => slug)).toEqual(['harbour/lights', 'harbour/tides']);
  });

  test.each([
    ['search_prose', 'expected structured content, or JSON as text, found text that is no JSON'],
    ['search_nothing', 'found neither'],
    ['search_broken', 'found an error that the tool reported'],
  ])('%s is no answer', async (tool, found) => {
    const { retriever } = await openBrain(overStreams(tool));
    const error = await retriever.search(ask('mole')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RetrieverError);
    expect(String(error)).toContain(found);
    expect(String(error)).toContain(`on tool ${tool} of brain (`);
    expect(String(error)).not.toContain('mole');
  });

  test('none in time, and one broken off', async () => {
    const { retriever } = await openBrain(overStreams('search_forever', { timeout_ms: 100 }));
    const breaking = new AbortController();
    const search = retriever.search(ask('tide', { signal: breaking.signal }));
    breaking.abort(new Error('the harbour closes'));
    await expect(search).rejects.toThrow('the harbour closes');
    await expect(retriever.search(ask('mole'))).rejects.toThrow('expected an answer, found none in time');
  });

  test('a tool that is not there is told with those that are', async () => {
    const opening = openBrain(overStreams('find'));
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow('on tool find of brain');
    await expect(opening).rejects.toThrow('expected that tool, found "search", "search_text", "search_pieces"');
  });

  test('arguments that do not hold the query are told before anything is started', async () => {
    const opening = openBrain({ kind: 'mcp', command: ['./no-such-brain'], tool: 'search', arguments: { limit: '{{limit}}' } });
    await expect(opening).rejects.toThrow('on search.retrievers.brain.arguments: expected {{query}}, found it nowhere');
  });

  test('a program that ends, or is none', async () => {
    await expect(openBrain({ kind: 'mcp', command: [process.execPath, '-e', 'process.exit(3)'], tool: 'search' })).rejects.toThrow(
      'expected an answer, found that it ended with code 3',
    );
    await expect(openBrain({ kind: 'mcp', command: ['./no-such-brain'], tool: 'search' })).rejects.toThrow(ConfigError);
  });
});

test('an example of the SDK as it is shipped', async () => {
  const sdk = createRequire(import.meta.url).resolve('@modelcontextprotocol/sdk/server/mcp.js');
  const example = sdk.replace('/cjs/', '/esm/').replace('server/mcp.js', 'examples/server/mcpServerOutputSchema.js');
  const { retriever } = await openBrain({
    kind: 'mcp',
    command: [process.execPath, example],
    tool: 'get_weather',
    arguments: { city: '{{query}}', country: 'NO' },
    results: '$',
    slug: '$.conditions',
    score: '$.temperature.celsius',
  });
  const { results } = await retriever.search(ask('Bergen'));
  expect(results).toHaveLength(1);
  expect(['sunny', 'cloudy', 'rainy', 'stormy', 'snowy']).toContain(results[0]?.slug);
});

describe('a server of the official SDK over streamable HTTP', () => {
  test.each([
    ['as events', false],
    ['as JSON', true],
  ])('answers %s, and its session is ended', async (_, isJson) => {
    const brain = await startMcpHttpBrain({ isJson });
    const entry = { kind: 'mcp', url: brain.url, tool: 'search', api_key_env: 'BRAIN_KEY', ...FIELDS };
    const { retriever } = await openBrain(entry, { env: { BRAIN_KEY: 'berth-7' } });
    expect((await retriever.search(ask('mole'))).results).toMatchObject([
      { key: 'harbour::harbour/lights' },
      { key: 'harbour::harbour/tides' },
    ]);
    await retriever.close();
    expect(brain.seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'POST', 'DELETE']);
    expect(brain.seen.every(({ authorization }) => authorization === 'Bearer berth-7')).toBe(true);
    expect(brain.seen.slice(1).every(({ session }) => session)).toBe(true);
  });

  test('a tool that is not there', async () => {
    const brain = await startMcpHttpBrain();
    await expect(openBrain({ kind: 'mcp', url: brain.url, tool: 'find' })).rejects.toThrow('expected that tool, found "search"');
  });

  test('a tool that never answers', async () => {
    const brain = await startMcpHttpBrain();
    const { retriever } = await openBrain({ kind: 'mcp', url: brain.url, tool: 'search_forever', timeout_ms: 100 });
    const error = await retriever.search(ask('mole')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RetrieverError);
    expect(String(error)).toContain('expected an answer, found none in time');
  });

  test.each([
    [404, 'expected an answer, found status 404'],
    [302, 'expected an answer, found status 302'],
    [401, 'expected an answer, found status 401'],
  ])('a server that answers with status %i', async (status, found) => {
    const brain = await startHttpBrain(
      (_, response) => (response.writeHead(status, { location: 'http://169.254.169.254/' }).end(), HANDLED),
    );
    const opening = openBrain({ kind: 'mcp', url: `${brain.url}/mcp`, tool: 'search' });
    await expect(opening).rejects.toThrow(RetrieverError);
    await expect(opening).rejects.toThrow(found);
    expect(brain.seen).toHaveLength(1);
  });

  test('a server that is not there, and one that is none', async () => {
    await expect(openBrain({ kind: 'mcp', url: 'http://127.0.0.1:9/mcp', tool: 'search' })).rejects.toThrow(
      'found the connection failed (ECONNREFUSED)',
    );
    const page = await startHttpBrain((_, response) => (response.setHeader('content-type', 'text/html').end('<html>'), HANDLED));
    await expect(openBrain({ kind: 'mcp', url: page.url, tool: 'search' })).rejects.toThrow('found a body that is neither JSON nor events');
  });

  test('a host that nobody allowed is never called', async () => {
    const rules = { allowedHosts: [], resolve: () => Promise.resolve(['10.0.0.7']) };
    const opening = openBrain({ kind: 'mcp', url: 'http://brain.harbour.example/mcp', tool: 'search' }, { rules });
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow('calling the MCP server brain, on http://brain.harbour.example/mcp: expected this machine');
  });
});
