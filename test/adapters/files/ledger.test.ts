import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openLedger } from '../../../adapters/files/ledger.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { LedgerRow } from '../../../domain/shared/ledger-row.ts';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';

// Processes are started here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let path: string;
let headPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lauter-ledger-'));
  path = join(folder, 'ledger', 'landings.jsonl');
  headPath = join(folder, 'ledger', 'landings.head.json');
});
const programs: ChildProgram[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
  rmSync(folder, { recursive: true, force: true });
});

function land(...fish: readonly string[]): Promise<readonly LedgerRow[]> {
  return openLedger(path).append(() => fish.map((name) => ({ fish: name })));
}

/** The fish in the order in which the file has them, read without the ledger. */
function landed(): string[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { fish: string }).fish);
}

function head(): JsonObject {
  return JSON.parse(readFileSync(headPath, 'utf8')) as JsonObject;
}

describe('appending', () => {
  test('rows follow each other, the head names the last one, no lock stays', async () => {
    await land('herring', 'sole');
    const [cod] = await land('cod');
    expect(landed()).toEqual(['herring', 'sole', 'cod']);
    expect(cod).toMatchObject({ seq: 3, fish: 'cod' });
    expect(head()).toEqual({ schema: 'ledger-head/1', seq: 3, row_hash: cod!.row_hash, count: 3 });
    expect(readdirSync(join(folder, 'ledger')).sort()).toEqual(['landings.head.json', 'landings.jsonl']);
    expect(await openLedger(path).check()).toMatchObject({ seq: 3, isTorn: false, fault: undefined });
  });

  test('what is appended may depend on all that is there', async () => {
    await land('herring', 'sole');
    const seen: unknown[] = [];
    const ledger = openLedger(path, (row) => seen.push(row.fish));
    const appended = await ledger.append(() => (seen.includes('sole') ? [] : [{ fish: 'sole' }]));
    expect({ seen, appended }).toEqual({ seen: ['herring', 'sole'], appended: [] });
  });

  test('each row is shown once, whoever appended it', async () => {
    const seen: unknown[] = [];
    const ledger = openLedger(path, (row) => seen.push(row.fish));
    await ledger.refresh();
    await ledger.append(() => [{ fish: 'herring' }]);
    await land('sole');
    await ledger.refresh();
    await ledger.append(() => [{ fish: 'cod' }]);
    await ledger.refresh();
    expect(seen).toEqual(['herring', 'sole', 'cod']);
  });

  test('a ledger that nobody wrote to is empty, and reading makes nothing', async () => {
    expect(await openLedger(path).check()).toMatchObject({ seq: 0, fault: undefined });
    await openLedger(path).refresh();
    expect(existsSync(join(folder, 'ledger'))).toBe(false);
  });

  test('a row that its reader refuses is shown again', async () => {
    await land('herring', 'eel');
    const ledger = openLedger(path, (row) => {
      if (row.fish === 'eel') throw new Error('no eels');
    });
    for (let time = 1; time <= 2; time += 1) await expect(ledger.append(() => [{ fish: 'sole' }])).rejects.toThrow('no eels');
    expect(landed()).toEqual(['herring', 'eel']);
  });

  test('a row that JSON cannot hold leaves the ledger as it was', async () => {
    await land('herring');
    const before = readFileSync(path, 'utf8');
    await expect(openLedger(path).append(() => [{ fish: 'sole' }, { kilos: Number.NaN }])).rejects.toThrow(RangeError);
    expect(readFileSync(path, 'utf8')).toBe(before);
    await land('cod');
    expect(landed()).toEqual(['herring', 'cod']);
  });
});

describe('after a crash', () => {
  test('a torn row is no row, and the next append clears it away', async () => {
    await land('herring', 'sole');
    appendFileSync(path, '{"fish":"c\u00f6');
    truncateSync(path, readFileSync(path).length - 1);
    expect(await openLedger(path).check()).toMatchObject({ seq: 2, isTorn: true, fault: undefined });
    await openLedger(path).refresh();
    await land('plaice');
    expect(landed()).toEqual(['herring', 'sole', 'plaice']);
    expect(await openLedger(path).check()).toMatchObject({ seq: 3, isTorn: false, fault: undefined });
  });

  test('a row that lacks nothing but its line feed is kept', async () => {
    await land('herring', 'sole');
    truncateSync(path, readFileSync(path).length - 1);
    const seen: unknown[] = [];
    await openLedger(path, (row) => seen.push(row.fish)).refresh();
    expect(seen).toEqual(['herring', 'sole']);
    await land('cod');
    expect(landed()).toEqual(['herring', 'sole', 'cod']);
  });

  test('between a row and its head: the row counts, and the next append moves the head', async () => {
    await land('herring');
    copyFileSync(headPath, join(folder, 'old-head'));
    await land('sole');
    copyFileSync(join(folder, 'old-head'), headPath);
    expect(await openLedger(path).check()).toMatchObject({ seq: 2, fault: undefined });
    await land('cod');
    expect(landed()).toEqual(['herring', 'sole', 'cod']);
    expect(head()).toMatchObject({ seq: 3 });
  });

  test('between the very first row and its head', async () => {
    await land('herring');
    writeFileSync(headPath, JSON.stringify({ schema: 'ledger-head/1', seq: 0, row_hash: '0'.repeat(64), count: 0 }));
    await land('sole');
    expect(landed()).toEqual(['herring', 'sole']);
    expect(await openLedger(path).check()).toMatchObject({ seq: 2, fault: undefined });
  });
});

describe('a ledger that somebody touched is not appended to', () => {
  const change = (how: (lines: string[]) => string[]): void => {
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    writeFileSync(
      path,
      how(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
  };
  const touches: readonly [string, () => void, RegExp][] = [
    ['edit', () => change(([one = '', ...rest]) => [one.replace('herring', 'eel'), ...rest]), /line 1: expected row 1 as it was written/],
    ['truncation', () => change((lines) => lines.slice(0, 2)), /line 3: expected 3 rows, as the head says, found 2/],
    ['reorder', () => change(([one = '', two = '', three = '']) => [one, three, two]), /line 2: expected row 2, which stands on line 3/],
    ['fork', () => change((lines) => [...lines, lines[2]!]), /line 4: expected one row behind .*: on line 3 and on line 4/],
    ['removal', () => change(([one = '', , three = '']) => [one, three]), /line 2: expected row 2, found row 3/],
    ['head', () => rmSync(headPath), /expected a head file/],
    ['head', () => writeFileSync(headPath, '{"seq": 3'), /expected a head file/],
    ['truncation', () => rmSync(path), /line 1: expected 3 rows/],
  ];
  test.each(touches)('%s', async (kind, touch, words) => {
    await land('herring', 'sole', 'cod');
    touch();
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    expect((await openLedger(path).check()).fault?.kind).toBe(kind);
    const refused = await land('plaice').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LakeCorruptError);
    expect(refused).toMatchObject({ message: expect.stringMatching(words), context: { kind } });
    await expect(openLedger(path).refresh()).rejects.toThrow(words);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(before);
  });

  test('a line longer than any row is none, and is not kept in memory', async () => {
    await land('herring');
    appendFileSync(path, `${'x'.repeat(17 << 20)}\n`);
    expect((await openLedger(path).check()).fault).toMatchObject({ kind: 'edit', line: 2 });
    await expect(land('sole')).rejects.toThrow('line 2: expected row 2');
  });

  test('not even by a process that has read it before', async () => {
    const ledger = openLedger(path);
    await ledger.append(() => [{ fish: 'herring' }, { fish: 'sole' }]);
    change((lines) => lines.slice(0, 1));
    await expect(ledger.append(() => [{ fish: 'cod' }])).rejects.toThrow('(truncation)');
    expect(landed()).toEqual(['herring']);
  });
});

describe('several processes', () => {
  async function startWriter(name: string, rows: number): Promise<ChildProgram> {
    const writer = startProgram(new URL('ledger-writer.ts', import.meta.url), [path, name, String(rows)]);
    programs.push(writer);
    expect(await writer.hear()).toBe('ready');
    return writer;
  }

  /** Numbers that each writer has in the file, in the order of the file. */
  function numbersOf(writer: string): number[] {
    const rows = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return rows
      .map((line) => JSON.parse(line) as { writer: string; number: number })
      .flatMap((row) => (row.writer === writer ? [row.number] : []));
  }

  test('that append at once all land, each in its own order', async () => {
    const writers = await Promise.all([startWriter('quay', 15), startWriter('pier', 15)]);
    for (const writer of writers) writer.say('go');
    const own = openLedger(path);
    for (let number = 1; number <= 5; number += 1) await own.append(() => [{ writer: 'desk', number }]);
    expect(await Promise.all(writers.map((writer) => writer.ended()))).toEqual([0, 0]);
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);
    expect([numbersOf('quay'), numbersOf('pier'), numbersOf('desk')]).toEqual([upTo(15), upTo(15), upTo(5)]);
    expect(await own.check()).toMatchObject({ seq: 35, isTorn: false, fault: undefined });
  });

  test('of which one is killed: every row that it reported is there, and the next one goes on', async () => {
    const writer = await startWriter('quay', 10_000);
    writer.say('go');
    let reported = 0;
    while (reported < 5) reported = Number(await writer.hear());
    await writer.kill();
    await openLedger(path).append(() => [{ writer: 'desk', number: 1 }]);
    const numbers = numbersOf('quay');
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(reported);
    expect((await openLedger(path).check()).fault).toBeUndefined();
  });
});
