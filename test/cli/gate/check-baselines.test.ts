import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBaselines } from '../../../cli/doctor/check-baselines.ts';
import { buildBaseline, writeBaseline } from '../../../domain/gate/index.ts';
import type { DoctorCheck } from '../../../schemas/doctor-report.ts';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROWS = [capturedRow('the tide', ['a']), capturedRow('the loft', ['b'])];

async function published(): Promise<string> {
  const root = temporaryFolder({ 'lauter.config.json': '{}', 'captured.ndjson': rowFile(ROWS) });
  const { code } = await runCli(['eval', 'publish', '--from', 'captured.ndjson', '--to', 'kept/harbour.baseline.ndjson'], root);
  expect(code).toBe(0);
  return root;
}

function check(root: string): DoctorCheck {
  return checkBaselines({ io: recordingIo({ cwd: root }), options: {}, root });
}

test('a workspace without baselines, and one whose baselines verify, are fine', async () => {
  expect(check(temporaryFolder())).toMatchObject({ name: 'baseline_integrity', status: 'ok', message: 'none' });
  expect(check(await published())).toMatchObject({ status: 'ok', message: '1 baseline' });
});

test('a baseline that was edited fails, also when its own hashes were made to fit', async () => {
  const root = await published();
  const path = join(root, 'kept/harbour.baseline.ndjson');
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.replace('"retrieved_slugs":["a"]', '"retrieved_slugs":["z"]'));
  expect(check(root)).toMatchObject({ status: 'fail', message: expect.stringContaining('baseline_tampered') as string });
  const facts = { label: 'harbour', publishedAt: '', thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 }, lauterVersion: '' };
  writeFileSync(path, writeBaseline(buildBaseline([capturedRow('the tide', ['z']), ROWS[1]!], { ...facts, isSynthetic: false })));
  expect(check(root)).toMatchObject({ status: 'fail', message: expect.stringContaining('not the one that was published') as string });
  writeFileSync(path, 'nothing of the kind');
  expect(check(root).status).toBe('fail');
});

test('a baseline that attests its queries only is a warning', () => {
  const facts = { label: 'harbour', publishedAt: '', thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 }, lauterVersion: '' };
  const { header, rows } = buildBaseline(ROWS, { ...facts, isSynthetic: false });
  const { content_hash: _, ...older } = header;
  const root = temporaryFolder({ 'baselines/older.baseline.ndjson': writeBaseline({ header: older, rows }) });
  expect(check(root)).toMatchObject({ status: 'warn', message: expect.stringContaining('queries only') as string });
});
