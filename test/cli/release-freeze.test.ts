import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBaselines } from '../../adapters/files/baselines.ts';
import { sha256 } from '../../adapters/digest.ts';
import type { DataGates } from '../../cli/release/data-gates.ts';
import { digestInTag, manifestDigest } from '../../domain/release/index.ts';
import { releaseManifestSchema } from '../../schemas/release-manifest.ts';
import type { ReleaseGate } from '../../schemas/vocabulary.ts';
import { commit, git, makeHarborRepository, makeRepository, type HarborRepository } from '../support/harbor-repository.ts';
import { BASELINE, freeze, PASSING } from '../support/freeze.ts';
import { refine } from '../support/refine.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let office: HarborRepository;
beforeAll(async () => {
  office = await makeHarborRepository();
}, 60_000);
afterAll(() => office?.clear(), 60_000);

const PLACE = 'refinery/reports/releases/1.0.0';

function manifestIn(root: string, path = `${PLACE}/release-manifest.json`) {
  return releaseManifestSchema.parse(JSON.parse(readFileSync(join(root, path), 'utf8')));
}

describe('a release that passes every gate', () => {
  test('is frozen: exit 0, a sealed manifest of the data, the command of the tag, and no tag', async () => {
    const { root, workspace } = office.copy();
    const { code, result } = await freeze(root);
    expect({ code, verdict: result.verdict, tag: result.tag }).toEqual({ code: 0, verdict: 'accepted', tag: '1.0.0' });
    expect(result.gates.map(({ gate, state }) => [gate, state])).toEqual(
      ['clean', 'tests', 'milestones', 'acceptance', 'audit', 'tag'].map((gate) => [gate, 'passed']),
    );
    const manifest = manifestIn(root);
    const head = git(root, 'rev-parse', 'HEAD');
    expect(manifest).toMatchObject({ version: '1.0.0', verdict: 'accepted', head, branch: 'quay' });
    expect(manifest.milestones).toEqual([{ name: 'opening', stated: office.milestone.slice(0, 12), commit: office.milestone }]);
    expect(manifest.manifest_digest).toBe(manifestDigest(manifest, sha256));
    expect(manifest.baseline).toMatchObject({ seq: 1, ...BASELINE });
    // By hand: four records, two of them fit for RAG, one for SFT, one pair.
    const { sets, evidence, scored, run_id, categories } = manifest.dataset;
    expect([run_id, evidence.rows, scored.rows, sets.rag.rows, sets.sft.rows, sets.preference.rows]).toEqual([office.runId, 4, 4, 2, 1, 1]);
    expect(categories).toEqual({ accepted: 1, partially_accepted: 1, rejected: 1, needs_human_review: 1 });
    for (const { path, bytes, sha256: digest } of Object.values(sets).flatMap(({ files }) => files)) {
      const content = readFileSync(join(workspace, path));
      expect([content.length, sha256(content)], path).toEqual([bytes, digest]);
    }
    expect(git(root, 'tag', '--list')).toBe('');
    expect(result.tag_command).toContain(`git tag -a 1.0.0 ${head} `);
  });

  test('the printed command makes the tag, on the frozen commit, with the digest of the manifest', async () => {
    const { root } = office.copy();
    const { result } = await freeze(root);
    const identity = { GIT_COMMITTER_NAME: 'Harbor office', GIT_COMMITTER_EMAIL: 'office@tidewater.example' };
    execFileSync('sh', ['-c', result.tag_command!], { cwd: root, env: { ...process.env, ...identity } });
    expect(git(root, 'rev-parse', '1.0.0^{commit}')).toBe(result.head);
    expect(digestInTag(git(root, 'tag', '--list', '--format=%(contents)', '1.0.0'))).toBe(manifestIn(root).manifest_digest);
  });

  test('leaves a page without network, Markdown, one CSV a table, and the log of the tests', async () => {
    const { root } = office.copy();
    await freeze(root);
    expect(readdirSync(join(root, PLACE)).sort()).toEqual(
      [
        'release-freeze.html',
        'release-freeze.json',
        'release-freeze.md',
        'release-freeze-data.csv',
        'release-freeze-files.csv',
        'release-freeze-findings.csv',
        'release-freeze-gates.csv',
        'release-freeze-milestones.csv',
        'release-manifest.json',
        'tests.log',
      ].sort(),
    );
    const [page, markdown] = ['html', 'md'].map((ending) => readFileSync(join(root, PLACE, `release-freeze.${ending}`), 'utf8'));
    expect(page).toContain('http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;');
    expect(markdown).toContain('git tag -a 1.0.0');
    for (const text of [page, markdown, JSON.stringify(manifestIn(root))]) expect(text).not.toContain(root);
  });

  test('binds the exported tasks to their splits', async () => {
    const { root, workspace } = office.copy();
    await freeze(root);
    const { splits } = manifestIn(root);
    expect(splits?.tasks).toBe(2);
    expect(existsSync(join(workspace, splits!.path))).toBe(true);
    expect(JSON.parse(readFileSync(join(workspace, 'lake/releases/1.0.0/release.json'), 'utf8'))).toMatchObject({
      version: '1.0.0',
      splits,
    });
  });

  test('may be kept where it can be committed, and is no hindrance to the next one', async () => {
    const { root } = office.copy();
    const { code, result } = await freeze(root, { out: join(root, 'releases', '1.0.0') });
    expect([code, result.paths.manifest]).toEqual([0, 'releases/1.0.0/release-manifest.json']);
    expect(readdirSync(join(root, 'releases', '1.0.0')).sort()).toEqual(['release-freeze.md', 'release-manifest.json']);
    expect(existsSync(join(root, PLACE, 'release-freeze.html'))).toBe(true);
    expect((await freeze(root, { out: join(root, 'releases', '1.0.0') })).code).toBe(0);
  });

  test('people read what to do next', async () => {
    const { root } = office.copy();
    const { code, out, err } = await freeze(root, { json: false });
    expect(code).toBe(0);
    expect(out).toContain('Nothing was tagged; the tag is made by\n\n  git tag -a 1.0.0');
    expect(err).toContain('gate 2/6 tests …\n');
    expect(err).toMatch(/gate 2\/6 tests: passed after [\d.]+ m?s, `sh suite.sh` ended with 0/);
  });
});

describe('each gate can say no, and the others are run all the same', () => {
  type Spoiled = { readonly gates?: Partial<DataGates> } | void;
  const cases: readonly [ReleaseGate, string, (root: string) => Spoiled, RegExp][] = [
    ['clean', 'a file that nobody knows', (root) => writeFileSync(join(root, 'notes.md'), 'draft\n'), /found 1 changed or unknown/],
    ['clean', 'a change', (root) => appendFileSync(join(root, 'desk.jsonl'), '{}\n'), /found 1 changed or unknown/],
    ['clean', 'a config that was not committed', (root) => appendFileSync(join(root, 'refinery/lauter.config.json'), '\n'), /1 changed/],
    [
      'tests',
      'a suite that fails',
      (root) => void commit(root, { 'suite.sh': 'echo the crane is stuck\nexit 3\n' }, 'Break'),
      /ended with 3/,
    ],
    [
      'tests',
      'no suite',
      (root) => {
        git(root, 'rm', '--quiet', 'package.json');
        commit(root, { 'refinery/lauter.config.json': '{}\n' }, 'Without tests');
      },
      /found no test script in package\.json and no release\.test_command/,
    ],
    [
      'tests',
      'one that takes too long',
      (root) => {
        const config = '{ "release": { "test_command": "sleep 60", "test_timeout_s": 1 } }\n';
        commit(root, { 'refinery/lauter.config.json': config }, 'Wait');
      },
      /not ended after 1 s/,
    ],
    ['milestones', 'a commit that is none', (root) => milestones(root, [{ name: 'gone', commit: '0'.repeat(40) }]), /found 1 of 1/],
    ['milestones', 'none', (root) => milestones(root, []), /release-milestones\.json of schema/],
    [
      'milestones',
      'an option of git',
      (root) => milestones(root, [{ name: 'x', commit: '--all' }]),
      /expected a commit hash.*at milestones\.0\.commit/,
    ],
    [
      'milestones',
      'no file of them',
      (root) => {
        git(root, 'rm', '--quiet', 'release-milestones.json');
        git(root, 'commit', '--quiet', '-m', 'Forget');
      },
      /found none\. List the commits/,
    ],
    [
      'acceptance',
      'an invariant',
      () => ({ gates: { acceptance: () => Promise.resolve({ state: 'failed', detail: '21 of 22' }) } }),
      /21 of 22/,
    ],
    ['audit', 'a check', () => ({ gates: { audit: () => Promise.resolve({ state: 'failed', detail: '15 of 16' }) } }), /15 of 16/],
    [
      'audit',
      'a file that is not what its run wrote, though the audit has not noticed',
      (root) => {
        const file = join(root, 'refinery/exports', office.runId, 'sft/instruction_response.jsonl');
        writeFileSync(file, readFileSync(file, 'utf8').replace('Berth 7', 'Berth 8'));
      },
      /differs from what its run wrote in 1 places/,
    ],
    ['tag', 'a name that is taken', (root) => void git(root, 'tag', '1.0.0'), /expected no tag 1\.0\.0, found one on [0-9a-f]{40}/],
  ];

  test.each(cases)('%s: %s', async (gate, _what, spoil, detail) => {
    const { root, workspace } = office.copy();
    const spoiled = spoil(root);
    const { code, result } = await freeze(root, { gates: spoiled?.gates });
    expect([code, result.verdict, result.tag_command]).toEqual([1, 'refused', null]);
    expect(result.gates.filter(({ state }) => state !== 'passed').map((found) => found.gate)).toEqual([gate]);
    expect(result.gates).toHaveLength(6);
    expect(result.gates.find((found) => found.gate === gate)?.detail).toMatch(detail);
    const manifest = manifestIn(root);
    expect([manifest.verdict, manifest.splits]).toEqual(['refused', null]);
    expect(manifest.manifest_digest).toBe(manifestDigest(manifest, sha256));
    expect(existsSync(join(workspace, 'lake/releases'))).toBe(false);
  });

  test('clean: a commit that was made while the gates ran', async () => {
    const { root } = office.copy();
    const audit = (): ReturnType<DataGates['audit']> => {
      commit(root, { 'late.md': 'one more thing\n' }, 'Too late');
      return Promise.resolve({ state: 'passed', detail: '16 of 16' });
    };
    const { code, result } = await freeze(root, { gates: { audit } });
    expect([code, result.gates[0]?.state]).toEqual([1, 'failed']);
    expect(result.gates[0]?.detail).toContain('while the gates ran');
  });

  test('a gate that breaks is no yes and no no: exit 2', async () => {
    const { root } = office.copy();
    const { code, result } = await freeze(root, { gates: { acceptance: () => Promise.reject(new Error('no server')) } });
    expect([code, result.verdict, result.tag_command]).toEqual([2, 'inconclusive', null]);
    expect(result.gates.find(({ gate }) => gate === 'acceptance')).toMatchObject({ state: 'errored', detail: 'no server' });
    expect(result.gates.at(-1)?.state).toBe('passed');
  });

  test('people see what speaks against it, and no command that tags', async () => {
    const { root } = office.copy();
    writeFileSync(join(root, 'low\u001b[31m tide.md'), '');
    const { code, out } = await freeze(root, { json: false });
    expect(code).toBe(1);
    expect(out).toContain('clean:\n  low\\u001b[31m tide.md\n');
    expect(out).toContain('refused: 1 of 6 gates did not pass, so there is nothing to tag');
    expect(out).not.toContain('git tag -a');
  });
});

describe('what is tolerated', () => {
  test('reports that are made anew, the ledger that the audit appends to, and what the config names', async () => {
    const { root } = office.copy();
    git(root, 'add', '--all', '--force');
    commit(
      root,
      { 'figures.csv': '1\n', 'refinery/lauter.config.json': '{ "release": { "test_command": "sh suite.sh", "tolerate": ["*.csv"] } }\n' },
      'All of it',
    );
    appendFileSync(join(root, 'refinery/reports', office.runId, 'report.md'), 'again\n');
    writeFileSync(join(root, 'figures.csv'), '2\n');
    const { code, result } = await freeze(root);
    expect([code, result.gates[0]?.state]).toEqual([0, 'passed']);
    expect(result.gates[0]?.detail).toContain('regenerated, which is tolerated');
  });
});

describe('a version that was released', () => {
  test('is never replaced by one that was refused', async () => {
    const { root } = office.copy();
    const { result: first } = await freeze(root);
    git(root, 'tag', '1.0.0');
    const { code, result } = await freeze(root);
    expect([code, result.paths.manifest]).toEqual([1, `${PLACE}/release-manifest-refused.json`]);
    expect(manifestIn(root).manifest_digest).toBe(first.manifest_digest);
    expect(manifestIn(root, result.paths.manifest).verdict).toBe('refused');
    expect(existsSync(join(root, result.paths.html))).toBe(true);
  });
});

describe('what cannot be frozen', () => {
  test.each(['', '-f', '--list', 'v1;rm', '$(id)', '../1.0.0', '1..0', 'v1.lock', 'HEAD', 'v 1'])(
    'version %j: exit 2, nothing written',
    async (version) => {
      const { root, workspace } = office;
      const { code, err } = await runCli(['release', 'freeze', `--version=${version}`, '--workspace', workspace], root, {
        env: process.env,
      });
      expect(code).toBe(2);
      expect(err).toContain('Name a version like 1.2.0');
      expect(existsSync(join(workspace, 'reports/releases'))).toBe(false);
    },
  );

  test('without a version, that is said; and --version alone is still that of the program', async () => {
    const { root, workspace } = office.copy();
    expect(await runCli(['release', 'freeze', '--workspace', workspace], root)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--version'),
    });
    expect((await runCli(['--version'], root)).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('a folder in no repository', async () => {
    const { workspace } = office.copy();
    const root = temporaryFolder();
    rmSync(root, { recursive: true });
    cpSync(workspace, root, { recursive: true, verbatimSymlinks: true });
    const { code, err } = await runCli(['release', 'freeze', '--version', '1.0.0', '--workspace', root], root, { env: process.env });
    expect(code).toBe(2);
    expect(err).toContain('expected a work tree of git that holds it, found none');
  });

  test('a workspace without an accepted run', async () => {
    const root = temporaryFolder();
    makeRepository(root, { 'desk.jsonl': '{"messages":[]}\n' });
    await refine(join(root, 'refinery'), ['desk.jsonl'], root);
    const { code, err } = await runCli(['release', 'freeze', '--version', '1.0.0', '--workspace', 'refinery'], root, { env: process.env });
    expect(code).toBe(2);
    expect(err).toContain('expected an accepted run, found none');
  });

  test('while somebody else freezes', async () => {
    const { root } = office.copy();
    let second: Promise<unknown> = Promise.resolve();
    const acceptance: DataGates['acceptance'] = async (stop) => {
      second = freeze(root).catch((error: unknown) => error);
      await second;
      return PASSING.acceptance(stop);
    };
    expect((await freeze(root, { gates: { acceptance } })).code).toBe(0);
    expect(String(await second)).toContain('taking a lock');
  });
});

test('an interrupt ends the test suite, and nothing is frozen: exit 130', async () => {
  const { root, workspace } = office.copy();
  commit(root, { 'suite.sh': 'touch "$LAUTER_TEST_BEGUN"\nsleep 600\n' }, 'Long suite');
  const begun = join(temporaryFolder(), 'begun');
  const { code, err } = await freeze(root, { json: false, env: { ...process.env, LAUTER_TEST_BEGUN: begun }, interruptOnceThere: begun });
  expect(code).toBe(130);
  expect(err).toContain('interrupted: nothing was frozen');
  expect(readdirSync(join(workspace, 'reports/releases/1.0.0'))).toEqual(['tests.log']);
  expect(existsSync(join(workspace, 'locks/release.lock'))).toBe(false);
});

test('the baseline that is frozen is the latest one', async () => {
  const { root, workspace } = office.copy();
  await openBaselines(workspace).append(BASELINE);
  await freeze(root);
  expect(manifestIn(root).baseline?.seq).toBe(2);
});

function milestones(root: string, list: readonly object[]): void {
  commit(root, { 'release-milestones.json': JSON.stringify({ schema: 'release-milestones/1', milestones: list }) }, 'Other milestones');
}
