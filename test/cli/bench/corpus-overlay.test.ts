import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { overlayRowSchema, type OverlayRow } from '../../../schemas/bench-corpus.ts';
import { overlayEditSchema } from '../../../schemas/bench-corpus-reports.ts';
import { benchWorkspace, jsonLines, type BenchWorkspace } from '../../support/bench-workspace.ts';
import { OBSERVATORY_SECRETS } from '../../support/observatory-events.ts';

async function nights(): Promise<BenchWorkspace> {
  const desk = benchWorkspace();
  await desk.init('nights');
  return desk;
}

function add(desk: BenchWorkspace, id: string, ...more: readonly string[]) {
  return desk.bench('corpus', 'add-adversarial', id, '--corpus-version', 'nights', '--reason', 'says sorry inside quotes', ...more);
}

function remove(desk: BenchWorkspace, id: string) {
  return desk.bench('corpus', 'remove-adversarial', id, '--corpus-version', 'nights', '--json');
}

function overlay(desk: BenchWorkspace): OverlayRow[] {
  return jsonLines<OverlayRow>(desk.corpusPath('nights', 'overlay.jsonl'));
}

async function isVerified(desk: BenchWorkspace): Promise<boolean> {
  return (await desk.bench('corpus', 'verify', '--corpus-version', 'nights')).code === 0;
}

it('takes an event of a source in, redacted, and changes nothing of the corpus', async () => {
  const desk = await nights();
  const before = desk.manifest('nights');
  // Older than the window: nothing that sampling could have taken.
  const { code, out } = await add(desk, 'shell-902', '--from', 'events.jsonl', '--json');
  expect(code).toBe(0);
  const edit = overlayEditSchema.parse(JSON.parse(out));
  expect(edit).toMatchObject({ action: 'added', event_id: 'shell-902', overlay_count: 1 });
  const [row] = overlay(desk).map((line) => overlayRowSchema.parse(line));
  expect(row).toMatchObject({ event_id: 'shell-902', source: 'shell', reason: 'says sorry inside quotes' });
  const { overlay_hash, file_hashes: hashes, manifest_digest: _, ...rest } = desk.manifest('nights');
  expect(overlay_hash).toBe(edit.overlay_hash);
  expect(before).toMatchObject(rest);
  expect(hashes?.['corpus.parquet']).toBe(before.file_hashes?.['corpus.parquet']);
  expect(await isVerified(desk)).toBe(true);
});

it('redacts what it takes in', async () => {
  const desk = await nights();
  await add(desk, 'shell-5', '--from', 'events.jsonl');
  await add(desk, 'claude-3', '--from', 'events.jsonl');
  expect(overlay(desk)).toHaveLength(2);
  const text = readFileSync(desk.corpusPath('nights', 'overlay.jsonl'), 'utf8');
  for (const secret of OBSERVATORY_SECRETS) expect(text).not.toContain(secret);
});

it('takes an event of the corpus itself when no source is named, and gives it back', async () => {
  const desk = await nights();
  const first = desk.rows('nights')[0]!;
  const parquet = statSync(desk.corpusPath('nights', 'corpus.parquet')).size;
  expect((await add(desk, first.event_id)).code).toBe(0);
  expect(overlay(desk)[0]?.content_sha256).toBe(first.content_sha256);
  expect(await isVerified(desk)).toBe(true);
  const { code, out } = await remove(desk, first.event_id);
  expect(code).toBe(0);
  expect(overlayEditSchema.parse(JSON.parse(out))).toMatchObject({ action: 'removed', overlay_count: 0, overlay_hash: null });
  expect(statSync(desk.corpusPath('nights', 'corpus.parquet')).size).toBe(parquet);
  expect(await isVerified(desk)).toBe(true);
});

it('refuses an event twice, one that nobody has, one that is not in it, and a blank reason', async () => {
  const desk = await nights();
  expect((await add(desk, 'shell-902', '--from', 'events.jsonl')).code).toBe(0);
  expect((await add(desk, 'shell-902', '--from', 'events.jsonl')).code).toBe(2);
  expect((await add(desk, 'shell-77777')).code).toBe(2);
  expect((await add(desk, 'shell-77777', '--from', 'events.jsonl')).code).toBe(2);
  expect((await remove(desk, 'shell-1')).code).toBe(2);
  expect((await add(desk, 'shell-903', '--from', 'events.jsonl', '--reason', ' ')).code).toBe(2);
  const unreasoned = await desk.bench('corpus', 'add-adversarial', 'shell-903', '--corpus-version', 'nights');
  expect(unreasoned).toMatchObject({ code: 2 });
  expect(overlay(desk)).toHaveLength(1);
});

it('is refused on a corpus that is not what its manifest says, which stays as it is', async () => {
  const desk = await nights();
  const path = desk.corpusPath('nights', 'corpus.jsonl');
  const torn = readFileSync(path, 'utf8').slice(0, -20);
  writeFileSync(path, torn);
  expect((await add(desk, 'shell-902', '--from', 'events.jsonl')).code).toBe(2);
  expect(readFileSync(path, 'utf8')).toBe(torn);
});

it('warns when --force leaves the overlay behind', async () => {
  const desk = await nights();
  await add(desk, 'shell-902', '--from', 'events.jsonl');
  const { code, out } = await desk.init('nights', '--force');
  expect(code).toBe(0);
  expect(out).toContain('the 1 adversarial events of the corpus that was replaced were not taken over');
  expect(overlay(desk)).toEqual([]);
});

it('an edit of the overlay by hand is found', async () => {
  const desk = await nights();
  await add(desk, 'shell-902', '--from', 'events.jsonl');
  writeFileSync(desk.corpusPath('nights', 'overlay.jsonl'), '');
  expect(await isVerified(desk)).toBe(false);
});
