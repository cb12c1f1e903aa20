import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import { openBaselines } from '../../adapters/files/baselines.ts';
import { sealManifest } from '../../domain/release/index.ts';
import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { releaseVerificationSchema, type ReleaseVerification } from '../../schemas/release-verification.ts';
import { BASELINE, freeze } from '../support/freeze.ts';
import { commit, git, makeHarborRepository, type HarborRepository } from '../support/harbor-repository.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let office: HarborRepository;
beforeAll(async () => {
  office = await makeHarborRepository();
  expect((await freeze(office.root)).code).toBe(0);
}, 60_000);
afterAll(() => office?.clear(), 60_000);

const MANIFEST = 'refinery/reports/releases/1.0.0/release-manifest.json';
const LEDGER = 'refinery/ledger/audit-baselines.jsonl';

function verify(root: string, ...more: string[]): Promise<CliOutcome> {
  return runCli(['release', 'verify', MANIFEST, '--workspace', 'refinery', ...more], root, { env: process.env });
}

async function verified(root: string): Promise<{ code: number; result: ReleaseVerification }> {
  const { code, out, err } = await verify(root, '--json');
  if (out === '') throw new Error(err);
  return { code, result: releaseVerificationSchema.parse(JSON.parse(out)) };
}

function fileIn(root: string, pattern: RegExp): string {
  const found = readdirSync(join(root, 'refinery'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(root, 'refinery'), join(entry.parentPath, entry.name)))
    .filter((path) => pattern.test(path))
    .sort()[0];
  if (found === undefined) throw new Error(`no file like ${pattern.source}`);
  return found;
}

function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
}

/** The manifest with something changed, and, when it is sealed again, with the digest that fits. */
function edit(root: string, change: (manifest: ReleaseManifest) => ReleaseManifest, seal = false): void {
  const changed = change(JSON.parse(readFileSync(join(root, MANIFEST), 'utf8')) as ReleaseManifest);
  const { manifest_digest: _digest, ...open } = changed;
  writeFileSync(join(root, MANIFEST), JSON.stringify(seal ? sealManifest(open, sha256) : changed));
}

describe('what is still as it was frozen', () => {
  test('holds: every file, row and digest, the ledger, the repository', async () => {
    const { code, result } = await verified(office.root);
    expect({ code, first: result.first, warnings: result.warnings, version: result.version }).toEqual({
      code: 0,
      first: null,
      warnings: [],
      version: '1.0.0',
    });
    // By hand: the rows of the files, JSON lines and Parquet: RAG 2, SFT 1, pairs 1, quarantine 2 + 2 + 3 + 2; and the rows that count in evidence and scores.
    expect(result.checked.rows).toBe(2 * (2 + 1 + 1 + 2 + 2 + 3 + 2) + 4 + 4);
    expect((await verify(office.root)).out).toContain('everything is as it was frozen');
  });

  test('also after white space, a later run, a later audit, and in another place', async () => {
    const { root, workspace } = office.copy();
    edit(root, (manifest) => manifest);
    await refine(workspace, ['desk.jsonl'], root, { now: '2026-03-03T08:15:00Z' });
    await openBaselines(join(root, 'refinery')).append(BASELINE);
    expect((await verified(root)).code).toBe(0);
  });

  test('and in a workspace that lies in no repository, with a warning', async () => {
    const { workspace } = office.copy();
    const root = temporaryFolder();
    cpSync(workspace, join(root, 'refinery'), { recursive: true, verbatimSymlinks: true });
    const { code, result } = await verified(root);
    expect([code, result.warnings.map(({ on }) => on)]).toEqual([0, ['git']]);
  });
});

describe('one flipped byte is found, and nothing else', () => {
  test.each([
    ['export_file', /^exports\/.*\/sft\/instruction_response\.jsonl$/],
    ['export_file', /^exports\/.*\/rag\/playbooks\.parquet$/],
    ['export_file', /^exports\/.*\/quarantine\/rag\.jsonl$/],
    ['lake_manifest', /^lake\/manifests\/evidence\/.*\.json$/],
    ['lake_file', /^lake\/evidence\/.*\.parquet$/],
    ['lake_file', /^lake\/scored\/.*\.parquet$/],
    ['lake_file', /^lake\/excluded\/.*\.parquet$/],
    ['splits', /^lake\/releases\/1\.0\.0\/splits-.*\.parquet$/],
  ])('%s: %s', async (part, pattern) => {
    const { root } = office.copy();
    const path = fileIn(root, pattern);
    flipByte(join(root, 'refinery', path));
    const { code, result } = await verified(root);
    expect([code, result.first?.part, result.first?.on]).toEqual([1, part, path]);
    expect(result.differences.map(({ on }) => on).filter((on) => on !== path)).toEqual([]);
  });

  test('in the last receipt, which is the end of the chain', async () => {
    const { root } = office.copy();
    const path = join(root, 'refinery/lake/runs', office.runId, 'audit-receipt.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"passed": true', '"passed": false'));
    expect((await verified(root)).result.first).toMatchObject({ part: 'receipt', on: `lake/runs/${office.runId}/audit-receipt.json` });
  });
});

describe('what is gone', () => {
  test('an exported file: named, with what to do; all differences are listed', async () => {
    const { root } = office.copy();
    rmSync(join(root, 'refinery/exports', office.runId), { recursive: true });
    const { code, result } = await verified(root);
    expect([code, result.differences.length]).toEqual([1, 21]);
    expect(result.first).toMatchObject({ part: 'export_file', expected: 'a file', found: 'none' });
    const { out } = await verify(root);
    expect(out).toContain('21 things are not as frozen; the first is\n  export file, exports/');
    expect(out).toContain('to do     Train on nothing of it.');
  });

  test('rows: a line that was taken out', async () => {
    const { root } = office.copy();
    const path = fileIn(root, /rag\/playbooks\.jsonl$/);
    writeFileSync(
      join(root, 'refinery', path),
      readFileSync(join(root, 'refinery', path), 'utf8')
        .split('\n')
        .slice(1)
        .join('\n'),
    );
    expect((await verified(root)).result.first).toMatchObject({ part: 'export_file', on: path });
  });

  test('a dataset version, a receipt, and what the lake keeps of the release', async () => {
    for (const [part, pattern] of [
      ['lake_manifest', /^lake\/manifests\/scored\//],
      ['receipt', /audit-receipt\.json$/],
      ['splits', /release\.json$/],
    ] as const) {
      const { root } = office.copy();
      rmSync(join(root, 'refinery', fileIn(root, pattern)));
      expect((await verified(root)).result.first?.part).toBe(part);
    }
  });
});

describe('the ledger', () => {
  test('cut off at its end: its head still knows better', async () => {
    const { root } = office.copy();
    truncateSync(join(root, LEDGER), 0);
    const { code, result } = await verified(root);
    expect([code, result.differences.map(({ part }) => part)]).toEqual([1, ['ledger', 'baseline']]);
    expect(result.first).toMatchObject({ expected: '1 rows, as the head says', found: '0 (truncation)' });
  });

  test('gone with its head, as if there had never been one: the row is missed', async () => {
    const { root } = office.copy();
    rmSync(join(root, 'refinery/ledger'), { recursive: true });
    expect((await verified(root)).result.differences.map(({ part }) => part)).toEqual(['baseline']);
  });

  test('written anew, with a chain that holds: it is another row', async () => {
    const { root } = office.copy();
    rmSync(join(root, 'refinery/ledger'), { recursive: true });
    await openBaselines(join(root, 'refinery')).append({ ...BASELINE, run_id: 'another' });
    expect((await verified(root)).result.first).toMatchObject({ part: 'baseline', found: 'another row' });
  });

  test('with a changed row', async () => {
    const { root } = office.copy();
    writeFileSync(join(root, LEDGER), readFileSync(join(root, LEDGER), 'utf8').replace('"p4_sft_rows":1', '"p4_sft_rows":2'));
    expect((await verified(root)).result.differences.map(({ part }) => part)).toEqual(['ledger', 'baseline']);
  });
});

describe('the manifest itself', () => {
  test('edited: its own digest no longer fits', async () => {
    const { root } = office.copy();
    edit(root, (manifest) => ({ ...manifest, head: '0'.repeat(40) }));
    const { code, result } = await verified(root);
    expect([code, result.first?.part, result.first?.on]).toEqual([1, 'manifest', MANIFEST]);
    expect(result.warnings.map(({ on }) => on)).toEqual(['head']);
  });

  test('edited to fit changed data, digest and all: the tag knows the other one', async () => {
    const { root } = office.copy();
    const { manifest_digest: digest, head } = JSON.parse(readFileSync(join(root, MANIFEST), 'utf8')) as ReleaseManifest;
    git(root, 'tag', '-a', '1.0.0', head, '-m', 'Release 1.0.0', '-m', `release-manifest sha256 ${digest}`);
    expect((await verified(root)).code).toBe(0);
    const file = fileIn(root, /sft\/instruction_response\.jsonl$/);
    flipByte(join(root, 'refinery', file));
    const changed = sha256(readFileSync(join(root, 'refinery', file)));
    edit(
      root,
      (manifest) => JSON.parse(JSON.stringify(manifest).replace(sha256(readFileSync(join(office.workspace, file))), changed)) as never,
      true,
    );
    const { code, result } = await verified(root);
    expect([code, result.differences.map(({ part }) => part)]).toEqual([1, ['tag']]);
  });

  test('that leads out of the workspace is not followed', async () => {
    const { root } = office.copy();
    writeFileSync(join(root, 'secret.csv'), 'code\nlighthouse\n');
    edit(
      root,
      (manifest) => JSON.parse(JSON.stringify(manifest).replace(/exports\/[^"]*\/rag\/playbooks\.jsonl"/, '../secret.csv"')) as never,
      true,
    );
    expect((await verified(root)).result.first).toMatchObject({ on: '../secret.csv', found: 'one that leads elsewhere' });
    edit(root, (manifest) => JSON.parse(JSON.stringify(manifest).replaceAll(office.runId, '../../../etc')) as never, true);
    expect((await verified(root)).result.first).toMatchObject({ part: 'export_file' });
  });

  test('of a freeze that was refused releases nothing', async () => {
    const { root } = office.copy();
    rmSync(join(root, 'refinery/reports/releases'), { recursive: true });
    writeFileSync(join(root, 'notes.md'), 'draft\n');
    expect((await freeze(root)).code).toBe(1);
    const { code, result } = await verified(root);
    expect([code, result.first?.part]).toEqual([1, 'verdict']);
  });

  test.each([
    ['{', 'another document'],
    ['{"schema":"release-manifest/1"}', 'another document at '],
    ['[]', 'another document'],
  ])('that is none (%s): exit 2', async (text, found) => {
    const { root, workspace } = office;
    const path = join(temporaryFolder(), 'release-manifest.json');
    writeFileSync(path, text);
    const { code, err } = await runCli(['release', 'verify', path, '--workspace', workspace], root);
    expect(code).toBe(2);
    expect(err).toContain(found);
  });

  test('that names a version no folder may have is none; nor is one that is not there', async () => {
    const { root } = office.copy();
    edit(root, (manifest) => ({ ...manifest, version: '../../..' }), true);
    expect(await verify(root)).toMatchObject({ code: 2, err: expect.stringContaining('at version') });
    rmSync(join(root, MANIFEST));
    expect(await verify(root)).toMatchObject({ code: 2, err: expect.stringContaining('found ENOENT') });
  });
});

test('where the repository stands is a warning: a later commit, another line, a tag elsewhere, a milestone that is gone', async () => {
  const { root } = office.copy();
  const { head } = JSON.parse(readFileSync(join(root, MANIFEST), 'utf8')) as ReleaseManifest;
  const later = commit(root, { 'notes.md': 'the tide turned\n' }, 'Later');
  git(root, 'tag', '1.0.0');
  const { code, result } = await verified(root);
  expect([code, result.warnings]).toEqual([
    0,
    [
      { on: 'head', expected: head, found: `${later} (later)` },
      { on: 'tag 1.0.0', expected: head, found: later },
    ],
  ]);
  git(root, 'checkout', '--quiet', '--orphan', 'elsewhere');
  git(root, 'commit', '--quiet', '-m', 'Begin again');
  expect((await verified(root)).result.warnings[0]?.found).toMatch(/\(another line\)$/);
  rmSync(join(root, '.git'), { recursive: true });
  git(root, 'init', '--quiet');
  commit(root, { 'notes.md': 'another harbor\n' }, 'Another repository');
  expect((await verified(root)).result.warnings.map(({ on, found }) => [on, found])).toEqual([
    ['head', 'no such commit in this repository'],
    ['milestone opening', 'no such commit in this repository'],
  ]);
  expect((await verify(root)).out).toContain('warning: head: frozen ');
});
