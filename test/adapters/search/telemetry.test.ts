import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readSearchCalls, SearchTelemetry, telemetryFolder } from '../../../adapters/search/telemetry.ts';
import { searchCall, searchCalls } from '../../support/search-calls.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const EVER = '2000-01-01T00:00:00.000Z';

afterEach(() => void vi.useRealTimers());

describe('telemetry', () => {
  test('calls are kept in memory until the hundredth, or until it is closed', () => {
    const workspace = temporaryFolder();
    const telemetry = new SearchTelemetry(workspace);
    for (const call of searchCalls(99)) telemetry.note(call);
    expect(existsSync(telemetryFolder(workspace))).toBe(false);
    telemetry.note(searchCall());
    expect(readSearchCalls(workspace, EVER).calls).toHaveLength(100);
    telemetry.note(searchCall({ results: 1 }));
    telemetry.close();
    expect(readSearchCalls(workspace, EVER)).toEqual({ calls: [...searchCalls(100), searchCall({ results: 1 })], unreadableLines: 0 });
  });

  test('a minute after the first of them they are written', () => {
    vi.useFakeTimers();
    const workspace = temporaryFolder();
    const telemetry = new SearchTelemetry(workspace);
    telemetry.note(searchCall());
    vi.advanceTimersByTime(59_999);
    expect(readSearchCalls(workspace, EVER).calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(readSearchCalls(workspace, EVER).calls).toEqual([searchCall()]);
    telemetry.note(searchCall());
    vi.advanceTimersByTime(60_000);
    expect(readSearchCalls(workspace, EVER).calls).toHaveLength(2);
  });

  test('two processes write into one file, one file for each day', () => {
    const workspace = temporaryFolder();
    const [one, other] = [new SearchTelemetry(workspace), new SearchTelemetry(workspace)];
    one.note(searchCall({ ts: '2026-03-04T23:59:59.999Z' }));
    one.note(searchCall({ ts: '2026-03-05T00:00:00.000Z' }));
    other.note(searchCall({ ts: '2026-03-05T00:00:00.001Z' }));
    one.close();
    other.close();
    expect(readdirSync(telemetryFolder(workspace)).sort()).toEqual(['2026-03-04.jsonl', '2026-03-05.jsonl']);
    expect(readSearchCalls(workspace, '2026-03-05T00:00:00.001Z').calls).toHaveLength(1);
    expect(readSearchCalls(workspace, EVER).calls).toHaveLength(3);
  });

  test('where nothing can be written, a search goes on', () => {
    const workspace = temporaryFolder({ lake: 'a file in the place of the folder' });
    const telemetry = new SearchTelemetry(workspace);
    for (const call of searchCalls(100)) telemetry.note(call);
    telemetry.close();
    expect(readSearchCalls(workspace, EVER).calls).toEqual([]);
  });

  test('lines that are none are counted and left out', () => {
    const workspace = temporaryFolder();
    const telemetry = new SearchTelemetry(workspace);
    telemetry.note(searchCall());
    telemetry.close();
    const path = join(telemetryFolder(workspace), '2026-03-04.jsonl');
    writeFileSync(path, `{"ts":"2026-03\n[]\n${readFileSync(path, 'utf8')}{"ts":1}\n`);
    writeFileSync(join(telemetryFolder(workspace), 'notes.txt'), 'not one of ours');
    expect(readSearchCalls(workspace, EVER)).toEqual({ calls: [searchCall()], unreadableLines: 3 });
  });

  test('what nobody can ask for any more goes when a new day begins', () => {
    const workspace = temporaryFolder();
    mkdirSync(telemetryFolder(workspace), { recursive: true });
    for (const name of ['2025-03-02.jsonl', '2025-03-03.jsonl', 'notes.txt']) writeFileSync(join(telemetryFolder(workspace), name), '');
    const telemetry = new SearchTelemetry(workspace);
    telemetry.note(searchCall());
    telemetry.close();
    // 366 days before 4 March 2026 is 3 March 2025.
    expect(readdirSync(telemetryFolder(workspace)).sort()).toEqual(['2025-03-03.jsonl', '2026-03-04.jsonl', 'notes.txt']);
  });
});
