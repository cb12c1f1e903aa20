import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { traceSchema, type Trace } from '../../schemas/trace.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

/**
 * By hand, of the harbor desk: line 1 is accepted (RAG, SFT and the chosen side of the pair), line 2 is rejected (the other side), line 3 is partly
 * accepted (RAG), line 4 waits for a human, line 5 is line 1 again, line 6 is cut.
 */
let root: string;
let runId: string;
beforeAll(async () => {
  root = makeFolder({ 'traces/desk.jsonl': HARBOR_TRACES });
  ({ run_id: runId } = await refine(join(root, 'refinery'), ['traces'], root));
});
afterAll(() => removeFolder(root));

/** A copy of traces and workspace side by side, with the plan pointing to the copied traces. */
function copyOf(): string {
  const copy = mkdtempSync(join(root, 'copy-'));
  for (const name of ['traces', 'refinery']) cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  const plan = join(copy, 'refinery', 'lake', 'runs', runId, 'plan.json');
  writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll(JSON.stringify(join(root, 'traces')).slice(1, -1), join(copy, 'traces')));
  return copy;
}

function trace(folder: string, ...args: string[]): Promise<CliOutcome> {
  return runCli(['trace', ...args, '--workspace', 'refinery'], folder);
}

async function traced(folder: string, id: string, ...more: string[]): Promise<{ code: number; result: Trace }> {
  const { code, out, err } = await trace(folder, id, '--json', ...more);
  if (out === '') throw new Error(err);
  return { code, result: traceSchema.parse(JSON.parse(out)) };
}

function linesOf(folder: string, file: string): { id: string; chosen_id?: string }[] {
  const text = readFileSync(join(folder, 'refinery', 'exports', runId, file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string });
}

const sftRow = (): string => linesOf(root, 'sft/instruction_response.jsonl')[0]!.id;
const pair = (): string => linesOf(root, 'preference/chosen_rejected.jsonl')[0]!.id;

function fileIn(folder: string, pattern: RegExp): string {
  const found = readdirSync(join(folder, 'refinery'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, 'refinery'), join(entry.parentPath, entry.name)))
    .find((path) => pattern.test(path));
  if (found === undefined) throw new Error(`no file like ${pattern.source}`);
  return found;
}

describe('a chain that holds', () => {
  test('of an SFT row: every link, from the exported line to the line of the source', async () => {
    const { code, result } = await traced(root, sftRow());
    expect({ code, verdict: result.verdict, first: result.first, kind: result.kind }).toEqual({
      code: 0,
      verdict: 'holds',
      first: null,
      kind: 'record',
    });
    expect(result).toMatchObject({ run_id: runId, latest_run_id: runId });
    expect(new Set(result.links.map(({ link }) => link))).toEqual(
      new Set([
        'latest_export',
        'export_file',
        'export_row',
        'scored_shard',
        'scored_row',
        'evidence_shard',
        'evidence_row',
        'source_file',
        'source_record',
        'evidence_id',
      ]),
    );
    const [record] = result.records;
    expect(record).toMatchObject({
      evidence_id: sftRow(),
      source_line: 1,
      provenance: { source_file: 'traces/desk.jsonl', line_offset: 0, locator: { line: 0 } },
      scored: { category: 'accepted', rule: 'human' },
      source_row: { from: 'source', is_cut: false },
    });
    expect(record!.exports.map(({ set, role, line }) => [set, role, line])).toEqual([
      ['rag', 'record', 1],
      ['sft', 'record', 1],
      ['preference', 'chosen', 1],
    ]);
    expect(record!.source_row.text).toContain('"id":"desk-1"');
  });

  test('of a pair: both records, each to its own line', async () => {
    const { code, result } = await traced(root, pair().slice(0, 10).toUpperCase());
    expect({ code, kind: result.kind, id: result.id }).toEqual({ code: 0, kind: 'pair', id: pair() });
    expect(result.records.map(({ role, source_line, scored }) => [role, source_line, scored?.category])).toEqual([
      ['chosen', 1, 'accepted'],
      ['rejected', 2, 'rejected'],
    ]);
  });

  test('of a record that entered no set: the chain, and why it is in none', async () => {
    const { out } = await runCli(
      ['distill', 'query', `SELECT evidence_id FROM scored WHERE task_key = 'openai-chat/gulls'`, '--json', '--workspace', 'refinery'],
      root,
    );
    const id = (JSON.parse(out) as { evidence_id: string }[])[0]!.evidence_id;
    const { code, result } = await traced(root, id);
    expect(code).toBe(0);
    expect(result.records[0]!.exports).toEqual([]);
    expect(result.records[0]!.left_out.map(({ set, reason }) => [set, reason])).toEqual([
      ['rag', 'needs_human_review'],
      ['sft', 'needs_human_review'],
      ['preference', 'needs_human_review'],
    ]);
  });

  test('people read it from the export to the source, and no control character of the trace', async () => {
    const [, tides] = linesOf(root, 'rag/playbooks.jsonl').map(({ id }) => id);
    const { code, out } = await trace(root, tides!);
    expect(code).toBe(0);
    expect(out).toContain('rag/playbooks.jsonl:2');
    expect(out).toContain('source    traces/desk.jsonl, line 3  (line 2 counted from 0)');
    expect(out).toContain('the chain holds: ');
    expect(out).not.toContain('\u001b');
  });

  test('of a file that only grew', async () => {
    const copy = copyOf();
    writeFileSync(join(copy, 'traces', 'desk.jsonl'), `${HARBOR_TRACES}{"messages":[]}\n`);
    expect((await traced(copy, sftRow())).code).toBe(0);
  });
});

describe('the source', () => {
  const cases: readonly [string, (file: string) => void, string, string, RegExp][] = [
    [
      'a word was changed',
      (file) => rewrite(file, (text) => text.replaceAll('Berth 7', 'Berth 8')),
      'broken',
      'source_record',
      /^sig_hash [0-9a-f]{64}$/,
    ],
    [
      'a line was put before it',
      (file) => rewrite(file, (text) => `{"messages":[]}\n${text}`),
      'broken',
      'source_record',
      /^the same record at line 2$/,
    ],
    ['it was cut short', (file) => truncateSync(file, 10), 'broken', 'source_file', /^10 bytes: the file shrank$/],
    ['it was emptied', (file) => truncateSync(file, 0), 'broken', 'source_file', /^0 bytes: the file shrank$/],
    ['it was compressed', compress, 'broken', 'source_file', /^no such file; the record stands in .*desk\.jsonl\.gz, at line 1$/],
    ['it was rotated', rotate, 'broken', 'source_file', /^other content; the record stands in .*desk\.jsonl\.1, at line 1$/],
    [
      'it was renamed',
      (file) => renameSync(file, file.replace('desk', 'archive')),
      'broken',
      'source_file',
      /^no such file; the record stands in .*archive\.jsonl/,
    ],
    ['it is gone', (file) => rmSync(file), 'unprovable', 'source_file', /^no such file, and none beside it/],
    [
      'a folder stands in its place',
      (file) => (rmSync(file), mkdirSync(file)),
      'unprovable',
      'source_file',
      /^no such file, and none beside it/,
    ],
  ];

  test.each(cases)('%s', async (_, change, verdict, link, found) => {
    const copy = copyOf();
    change(join(copy, 'traces', 'desk.jsonl'));
    const { code, result } = await traced(copy, sftRow());
    expect({ code, verdict: result.verdict, link: result.first?.link }).toEqual({ code: 1, verdict, link });
    expect(result.first?.found).toMatch(found);
    expect(result.first?.remedy).not.toBe('');
    expect(
      result.links
        .filter(({ link: name }) => name.startsWith('export') || name.startsWith('scored'))
        .every(({ state }) => state === 'holds'),
    ).toBe(true);
  });

  test('where it cannot be shown as it was, the evidence says what it keeps, and people are told what to do', async () => {
    const copy = copyOf();
    rmSync(join(copy, 'traces', 'desk.jsonl'));
    const { code, out } = await trace(copy, sftRow());
    expect(code).toBe(1);
    expect(out).toContain('as the evidence keeps it, redacted:');
    expect(out).toContain('the chain cannot be proved: source file');
    expect(out).toContain('to do     Put the file back where it was');
  });

  test('a plan that is gone leaves the source unprovable', async () => {
    const copy = copyOf();
    rmSync(join(copy, 'refinery', 'lake', 'runs', runId, 'plan.json'));
    expect((await traced(copy, sftRow())).result).toMatchObject({ verdict: 'unprovable', first: { link: 'source_file' } });
  });

  test('a secret in it is shown by its placeholder only, also in the page and its tables', async () => {
    const folder = makeFolder({ 'traces/keys.jsonl': `${JSON.stringify(WITH_SECRETS)}\n` });
    try {
      const { run_id } = await refine(join(folder, 'refinery'), ['traces'], folder);
      const [row] = readFileSync(join(folder, 'refinery', 'exports', run_id, 'sft', 'instruction_response.jsonl'), 'utf8').split('\n');
      const { id } = JSON.parse(row!) as { id: string };
      const page = await trace(folder, id, '--html', 'page.html');
      const json = await trace(folder, id, '--json');
      const files = readdirSync(folder).filter((name) => name.startsWith('page'));
      expect(files.sort()).toEqual(['page-links.csv', 'page-rows.csv', 'page.html', 'page.json']);
      const everything = [page.out, page.err, json.out, ...files.map((name) => readFileSync(join(folder, name), 'utf8'))].join('\n');
      expect(everything).toContain('[EMAIL_1]');
      expect(everything).not.toMatch(/keeper@lighthouse\.example|tide-and-moon-7731/);
    } finally {
      removeFolder(folder);
    }
  });
});

const WITH_SECRETS = {
  label: 'accepted',
  'keeper@lighthouse.example': 'the key of a field is no hiding place',
  note: 'password="tide-and-moon-7731"',
  messages: [
    { role: 'user', content: 'Whom do I ask about the lamp? <script>alert(1)</script>' },
    { role: 'assistant', content: 'Write to keeper@lighthouse.example.' },
  ],
};

describe('what the run wrote', () => {
  test.each([
    ['the SFT file', /^exports\/.*\/sft\/instruction_response\.jsonl$/, 'export_file'],
    ['the RAG file, in another place than the row', /^exports\/.*\/rag\/playbooks\.jsonl$/, 'export_file'],
    ['the file of the score', /^lake\/scored\/.*\.parquet$/, 'scored_shard'],
    ['the file of the evidence', /^lake\/evidence\/.*\.parquet$/, 'evidence_shard'],
    ['the entry of the evidence shard', /^lake\/entries\/evidence\/.*\.json$/, 'evidence_shard'],
  ])('%s, with one byte changed', async (_, pattern, link) => {
    const copy = copyOf();
    const path = join(copy, 'refinery', fileIn(copy, pattern));
    const bytes = readFileSync(path);
    const at = link === 'evidence_shard' && path.endsWith('.json') ? bytes.indexOf('sha256') + 12 : Math.floor(bytes.length / 2);
    bytes[at] = bytes[at]! === 0x61 ? 0x62 : 0x61;
    writeFileSync(path, bytes);
    const { code, result } = await traced(copy, sftRow());
    expect({ code, verdict: result.verdict, link: result.first?.link }).toEqual({ code: 1, verdict: 'broken', link });
    expect(join(copy, 'refinery', result.first!.path)).toContain(
      link === 'evidence_shard' && path.endsWith('.json') ? 'lake/evidence' : path,
    );
  });

  test('a file of the evidence that is gone', async () => {
    const copy = copyOf();
    rmSync(join(copy, 'refinery', fileIn(copy, /^lake\/evidence\/.*\.parquet$/)));
    const { code, result } = await traced(copy, sftRow());
    expect(code).toBe(1);
    expect(result.first).toMatchObject({ link: 'evidence_shard', expected: 'a file', found: 'none' });
  });

  test('a row whose category was changed together with nothing else', async () => {
    const copy = copyOf();
    const path = join(copy, 'refinery', fileIn(copy, /rag\/playbooks\.jsonl$/));
    rewrite(path, (text) => text.replace('"category":"accepted"', '"category":"partially_accepted"'));
    const { result } = await traced(copy, sftRow());
    expect(result.links.filter(({ state }) => state === 'broken').map(({ link }) => link)).toEqual(['export_file', 'export_row']);
  });

  test('a row of an export that is not the latest', async () => {
    const copy = copyOf();
    rmSync(join(copy, 'refinery', 'exports', 'latest'));
    const { code, result } = await traced(copy, sftRow());
    expect({ code, first: result.first?.link, found: result.first?.found }).toEqual({
      code: 1,
      first: 'latest_export',
      found: 'no accepted export',
    });
    expect((await traced(copy, sftRow(), '--run-id', runId)).code).toBe(0);
  });
});

describe('an id', () => {
  test.each([
    ['f'.repeat(64), /found none in the run/],
    ['abc', /at least 6 hexadecimal digits/],
    ["' OR true --", /expected an id/],
  ])('that is none: %j', async (id, message) => {
    const { code, out, err } = await trace(root, id);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('that begins several: they are listed', async () => {
    const copy = copyOf();
    const path = join(copy, 'refinery', fileIn(copy, /quarantine\/rag\.jsonl$/));
    const other = `${sftRow().slice(0, 20)}${'0'.repeat(44)}`;
    rewrite(path, (text) => text.replace(/"evidence_id":"[0-9a-f]{64}"/, `"evidence_id":"${other}"`));
    const { code, err } = await trace(copy, sftRow().slice(0, 8));
    expect(code).toBe(2);
    expect(err).toMatch(/expected the beginning of one id, found that of several:/);
    expect(err).toContain(other);
  });

  test('and neither it nor a place', async () => {
    expect((await trace(root)).code).toBe(2);
    expect((await runCli(['trace', sftRow(), '--workspace', 'nowhere'], root)).code).toBe(2);
  });
});

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

function compress(path: string): void {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  rmSync(path);
}

function rotate(path: string): void {
  renameSync(path, `${path}.1`);
  writeFileSync(path, '{"messages":[{"role":"user","content":"A new day?"},{"role":"assistant","content":"It is."}]}\n');
}
