import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProduction } from '../../../adapters/production/client.ts';
import { productionKey, readProductionUrl, showProductionUrl } from '../../../adapters/production/production-url.ts';
import { startProduction, type ProductionServer } from '../../support/production-server/production-server.ts';

let production: ProductionServer;
beforeEach(async () => {
  production = await startProduction();
});
afterEach(() => production.close());

/** Short, because nothing here is slow but what never answers. */
function open(url = production.url) {
  return openProduction(url, { timeoutMs: 150, maxBodyBytes: 1_000 });
}

describe('the contract', () => {
  test('P1: pausing twice keeps the first time', async () => {
    const [first, second] = [await open().pause(), await open().pause()];
    expect(first).toMatchObject({ kind: 'answered', body: { paused_at: '2026-03-02T06:40:01.000Z', in_flight_finished: true } });
    expect(second).toEqual(first);
  });

  test('P2: a resume without a pause is answered like any other', async () => {
    expect((await open().resume()).kind).toBe('answered');
    expect(production.state.isPaused).toBe(false);
  });

  test('P3: a pause during a batch says that it is still in flight, however the batch ends', async () => {
    production.state.batches = 1;
    expect(await open().pause()).toMatchObject({ kind: 'answered', body: { in_flight_finished: false, enrichment_active: true } });
    production.state.batches = 0;
    expect(await open().pause()).toMatchObject({ kind: 'answered', body: { in_flight_finished: true } });
  });

  test('health tells process and pause, and a restarted one is unpaused', async () => {
    await open().pause();
    expect(await open().health()).toMatchObject({ body: { pid: 4_000, paused: true } });
    production.state.restart();
    expect(await open().health()).toMatchObject({ body: { pid: 4_001, paused: false } });
  });
});

describe('what else may come back is a value, never an error', () => {
  test.each([
    [503, { kind: 'status', status: 503 }],
    [404, { kind: 'status', status: 404 }],
    [204, { kind: 'status', status: 204 }],
    ['garbage', { kind: 'malformed', problem: 'a body that is no JSON' }],
    ['hang', { kind: 'timeout', afterMs: 150 }],
    ['reset', { kind: 'broken', problem: 'ECONNRESET' }],
  ] as const)('%s', async (fault, answer) => {
    Object.assign(production.faults, { pause: fault, resume: fault, health: fault });
    expect([await open().pause(), await open().resume(), await open().health()]).toEqual([answer, answer, answer]);
  });

  test('a redirect is a status; nobody follows it', async () => {
    production.faults.pause = 302;
    expect(await open().pause()).toEqual({ kind: 'status', status: 302 });
    expect(production.calls).toEqual(['pause']);
  });

  test('nobody listens', async () => {
    await production.goDown();
    expect(await open().health()).toEqual({ kind: 'refused' });
    expect(await open(production.url.replace('127.0.0.1', 'localhost')).health()).toEqual({ kind: 'refused' });
  });

  test('a restarted production is reached by the very next call', async () => {
    await open().health();
    await production.goDown();
    await production.comeUp();
    expect((await open().health()).kind).toBe('answered');
  });
});

describe('bodies', () => {
  async function answering(body: string, use: (url: string) => Promise<void>): Promise<void> {
    const server = createServer((_, response) => void response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  }

  test.each([
    ['[]', 'a body that is no JSON object'],
    ['null', 'a body that is no JSON object'],
    ['{}', '`paused` missing or of another type'],
    ['{"paused":"false"}', '`paused` missing or of another type'],
    ['{"paused":null}', '`paused` missing or of another type'],
    ['{"paused":false,"pid":"12"}', '`pid` missing or of another type'],
    [`{"paused":false,"note":"${'x'.repeat(2_000)}"}`, 'a body of more than 1000 bytes'],
  ])('health that says %.40s is malformed', async (body, problem) => {
    await answering(body, async (url) => expect(await open(url).health()).toEqual({ kind: 'malformed', problem }));
  });

  test('only what decisions need is insisted on', async () => {
    await answering('{"paused":false}', async (url) =>
      expect(await open(url).health()).toEqual({ kind: 'answered', body: { paused: false } }),
    );
    await answering('{}', async (url) => {
      expect((await open(url).resume()).kind).toBe('answered');
      expect((await open(url).pause()).kind).toBe('malformed');
    });
  });

  test('a body that never ends is cut off by the time of the whole call', async () => {
    const server = createServer((_, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await open(`http://127.0.0.1:${port}`).health()).toEqual({ kind: 'timeout', afterMs: 150 });
    server.closeAllConnections();
    server.close();
  });
});

describe('the URL of a production system', () => {
  test('has one spelling, so that one system has one guard', () => {
    expect(readProductionUrl('HTTP://Harbour:80/brain//?x=1#top')).toBe('http://harbour/brain');
    expect(readProductionUrl('http://127.0.0.1:8787/')).toBe('http://127.0.0.1:8787');
    expect(productionKey('http://127.0.0.1:8787')).toMatch(/^[0-9a-f]{16}$/);
    expect(productionKey('http://127.0.0.1:8787')).not.toBe(productionKey('http://127.0.0.1:8788'));
  });

  test.each(['', 'harbour', 'ftp://harbour', 'file:///etc/passwd', 'http://'])('%j is none', (text) => {
    expect(() => readProductionUrl(text)).toThrow('expected an http or https URL');
  });

  test('may hold no password, and none is shown', () => {
    expect(() => readProductionUrl('http://keeper:tide@harbour')).toThrow(/^(?!.*tide).*without user and password/);
    expect(showProductionUrl('http://keeper:tide@harbour/x?key=tide')).toBe('http://harbour/x');
  });
});
