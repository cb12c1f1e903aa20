import { RELEASE_MANIFEST } from '../support/release-manifest.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const [gate] = RELEASE_MANIFEST.gates;
const { dataset, splits } = RELEASE_MANIFEST;
const milestone = { name: 'opening', commit: 'c0ffee1' };
const difference = { part: 'export_file', on: 'exports/run-1/rag/rows.jsonl', expected: 'a file', found: 'none', remedy: 'Restore it.' };
const warning = { on: 'head', expected: 'c', found: 'd' };
const settings = { test_command: 'make test', test_timeout_s: 60, tolerate: ['docs/figures/'] };

/** What freezing and verifying a release read and write. */
export const RELEASE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  releaseSettingsSchema: fixtureOf(
    settings,
    { 'an empty command': { test_command: '' }, 'no patience': { test_timeout_s: 0 }, 'a pattern of nothing': { tolerate: [''] } },
    { optional: Object.keys(settings) },
  ),
  releaseMilestonesSchema: fixtureOf(
    { schema: 'release-milestones/1', milestones: [milestone] },
    {
      'no milestone': { milestones: [] },
      'two of one name': { milestones: [milestone, { ...milestone, commit: 'c0ffee2' }] },
      'a milestone without a name': { milestones: [{ ...milestone, name: '' }] },
      'an option of git': { milestones: [{ ...milestone, commit: '--all' }] },
      'a question to git': { milestones: [{ ...milestone, commit: ':/opening' }] },
      'two words': { milestones: [{ ...milestone, commit: 'a b' }] },
    },
    { accepts: [{ milestones: [milestone, { name: 'pier', commit: 'release/v1.0-rc.1' }] }] },
  ),
  gateResultSchema: fixtureOf(gate!, {
    'a gate that is none': { gate: 'luck' },
    'a state nobody knows': { state: 'skipped' },
    'a time before the beginning': { duration_ms: -1 },
  }),
  frozenDatasetSchema: fixtureOf(dataset, {
    'a category too few': { categories: { accepted: 1 } },
    'a digest that is none': { receipt_digest: 'd' },
    'a set too few': { sets: { rag: dataset.sets.rag, sft: dataset.sets.sft } },
    'a side of the split that is none': { sets: { ...dataset.sets, rag: { ...dataset.sets.rag, splits: { holdout: 1 } } } },
  }),
  frozenSplitsSchema: fixtureOf(splits!, { 'fewer than no tasks': { tasks: -1 }, 'a digest that is none': { sha256: 'd' } }),
  releaseManifestSchema: fixtureOf(
    RELEASE_MANIFEST,
    {
      'a version that leads elsewhere': { version: '../1.0.0' },
      'a version of two words': { version: '1.0 beta' },
      'a verdict nobody knows': { verdict: 'fine' },
      'a commit that is none': { head: 'quay' },
      'a time in words': { frozen_at: 'at dawn' },
    },
    { accepts: [{ branch: null, splits: null, baseline: null, milestones: [{ name: 'gone', stated: 'c0ffee1', commit: null }] }] },
  ),
  releaseFreezeSchema: fixtureOf(
    {
      schema: 'release-freeze/1',
      version: '1.0.0',
      verdict: 'accepted',
      tag: '1.0.0',
      tag_command: 'git tag -a 1.0.0',
      head: 'c',
      branch: 'quay',
      run_id: 'run-1',
      manifest_digest: SHA256,
      duration_ms: 12,
      gates: [gate],
      paths: { manifest: 'a', markdown: 'b', html: 'c', test_log: 'd' },
    },
    { 'a verdict nobody knows': { verdict: 'fine' }, 'half a millisecond': { duration_ms: 0.5 } },
    { accepts: [{ verdict: 'inconclusive', tag_command: null, branch: null }] },
  ),
  releaseVerificationSchema: fixtureOf(
    {
      schema: 'release-verification/1',
      manifest: 'release-manifest.json',
      version: '1.0.0',
      run_id: 'run-1',
      frozen_at: TIME,
      holds: false,
      checked: { comparisons: 9, files: 8, bytes: 700, rows: 60 },
      first: difference,
      differences: [difference],
      warnings: [warning],
    },
    {
      'a part that is none': { differences: [{ ...difference, part: 'rope' }] },
      'fewer than no rows': { checked: { comparisons: 9, files: 8, bytes: 7, rows: -1 } },
    },
    { accepts: [{ holds: true, first: null, differences: [], warnings: [] }] },
  ),
  releaseEntrySchema: fixtureOf(
    {
      schema: 'release/1',
      version: '1.0.0',
      frozen_at: TIME,
      run_id: 'run-1',
      head: 'c',
      manifest_digest: SHA256,
      splits,
    },
    { 'a digest that is none': { manifest_digest: 'd' }, 'no splits': { splits: null } },
  ),
  scoredVersionSchema: fixtureOf(
    { manifest: SHA256, categories: dataset.categories },
    { 'a category too few': { categories: { accepted: 1 } } },
    { isOpen: true },
  ),
  measuredSetSchema: fixtureOf(
    { files: [{ name: 'rag/rows.jsonl', rows: 1, bytes: 9, sha256: SHA256 }], rows: 1, content_digest: SHA256, splits: { train: 1 } },
    { 'a file that nobody measured': { files: [{ name: 'rag/rows.jsonl', rows: 1 }] }, 'another side': { splits: { holdout: 1 } } },
    { isOpen: true },
  ),
};
