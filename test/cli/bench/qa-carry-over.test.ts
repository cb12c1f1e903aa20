import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { qaContentHash } from '../../../domain/bench/index.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { qaProvenanceSchema, qaRowSchema, qaWorklistRowSchema, type QaRow, type QaWorklistRow } from '../../../schemas/bench-qa.ts';
import { qaDraftSchema, qaGraftReportSchema, qaWorklistSchema } from '../../../schemas/bench-qa-reports.ts';
import { benchWorkspace, jsonLines, type BenchWorkspace } from '../../support/bench-workspace.ts';
import { eventLines, observatoryEvents } from '../../support/observatory-events.ts';

async function drafted(count = '8'): Promise<BenchWorkspace & { readonly path: string; readonly provenancePath: string }> {
  const desk = benchWorkspace();
  await desk.init('nights');
  expect((await desk.bench('qa', 'draft', '--corpus-version', 'nights', '--count', count, '--qa', 'eval-v1')).code).toBe(0);
  const folder = join(desk.workspace, 'lake', 'bench', 'qa');
  return { ...desk, path: join(folder, 'eval-v1.jsonl'), provenancePath: join(folder, 'eval-v1.provenance.json') };
}

/** Does what an annotator does: writes the questions, and puts their hash into the provenance. */
function annotate(path: string, provenancePath: string): JsonObject[] {
  const rows = jsonLines<JsonObject>(path).map((row) => ({ ...row, question: `What was done in ${String(row.qa_id)}?` }));
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const lines = rows.map((value, index) => ({ line: index + 1, value }));
  const provenance = JSON.parse(readFileSync(provenancePath, 'utf8')) as object;
  writeFileSync(provenancePath, JSON.stringify({ ...provenance, qa_content_hash: qaContentHash(lines, sha256) }));
  return rows;
}

describe('qa draft', () => {
  it('begins a fixture that passes once its questions are written', async () => {
    const desk = await drafted();
    const rows = jsonLines<QaRow>(desk.path).map((row) => qaRowSchema.parse(row));
    expect(rows.map(({ source_filter: source }) => source)).toEqual([
      'browser',
      'browser',
      'claude',
      'claude',
      'shell',
      'shell',
      'workflow',
      'workflow',
    ]);
    expect(rows.every((row) => row.question === '')).toBe(true);
    const provenance = qaProvenanceSchema.parse(JSON.parse(readFileSync(desk.provenancePath, 'utf8')));
    expect(provenance).toMatchObject({
      fixture: 'eval-v1',
      corpus_version: 'nights',
      corpus_schema_version: 1,
      corpus_content_hash: desk.manifest('nights').corpus_content_hash,
      jsonl_content_hash: desk.manifest('nights').jsonl_content_hash,
      event_count: 46,
      scoreable: 8,
      second_annotation: false,
      stratification: { browser: 2, claude: 2, shell: 2, workflow: 2 },
      grafts: [],
    });
    annotate(desk.path, desk.provenancePath);
    const line = ['qa', 'validate', '--qa', 'eval-v1', '--corpus-version', 'nights', '--min-scoreable', '8'];
    expect(await desk.bench(...line)).toMatchObject({ code: 0 });
  });

  it('is the same again with the same seed, and never written over', async () => {
    const desk = await drafted();
    const again = ['qa', 'draft', '--corpus-version', 'nights', '--count', '8', '--json'];
    const { code, out } = await desk.bench(...again, '--qa', 'again.jsonl');
    expect(code).toBe(0);
    expect(qaDraftSchema.parse(JSON.parse(out)).rows).toBe(8);
    expect(readFileSync(join(desk.root, 'again.jsonl'))).toEqual(readFileSync(desk.path));
    await desk.bench(...again, '--qa', 'other.jsonl', '--seed', '7');
    expect(readFileSync(join(desk.root, 'other.jsonl'))).not.toEqual(readFileSync(desk.path));
    const before = readFileSync(desk.path);
    expect(await desk.bench(...again, '--qa', 'eval-v1', '--seed', '7')).toMatchObject({ code: 2 });
    expect(readFileSync(desk.path)).toEqual(before);
  });

  it('takes all events when there are fewer than asked for, and says so', async () => {
    const desk = benchWorkspace();
    await desk.init('nights');
    const { code, out } = await desk.bench('qa', 'draft', '--corpus-version', 'nights', '--count', '500');
    expect(code).toBe(0);
    expect(out).toContain('warning: expected 500 events, found 46 in the corpus; all were taken');
    expect(existsSync(join(desk.workspace, 'lake', 'bench', 'qa', 'draft-nights.jsonl'))).toBe(true);
  });
});

describe('qa worklist', () => {
  it('writes what cannot be scored into a file that is not there yet', async () => {
    const desk = await drafted();
    const rows = jsonLines<JsonObject>(desk.path);
    writeFileSync(
      desk.path,
      [{ ...rows[0], golden_event_id: 'browser-gone' }, ...rows.slice(1)].map((row) => `${JSON.stringify(row)}\n`).join(''),
    );
    const line = ['qa', 'worklist', '--qa', 'eval-v1', '--corpus-version', 'nights'];
    const { code, out } = await desk.bench(...line, '--out', 'worklist.jsonl', '--json');
    expect(code).toBe(0);
    expect(qaWorklistSchema.parse(JSON.parse(out))).toMatchObject({ total: 8, unscoreable: 1 });
    const [item, ...others] = jsonLines<QaWorklistRow>(join(desk.root, 'worklist.jsonl')).map((row) => qaWorklistRowSchema.parse(row));
    expect(others).toEqual([]);
    const browsers = desk.rows('nights').flatMap(({ source, event_id: id }) => (source === 'browser' ? [id] : []));
    expect(item).toMatchObject({ qa_id: 'qa-001', current_golden_event_id: 'browser-gone', candidate_event_ids: browsers.sort() });
    expect(await desk.bench(...line, '--out', 'worklist.jsonl')).toMatchObject({ code: 2 });
    expect(await desk.bench(...line)).toMatchObject({ code: 2 });
  });
});

describe('qa graft', () => {
  /** The events under new numbers, as a rebuild of their source gives them; the first build is gone. */
  function renumbered(): string {
    const events = observatoryEvents().filter(({ event_id: id }) => id !== 'workflow-0');
    return eventLines(
      events.map((event) => ({ ...event, event_id: event.event_id.replace(/-(\d+)$/, (_, digits: string) => `-${Number(digits) + 1}`) })),
    );
  }

  async function moved() {
    const desk = await drafted('40');
    const rows = annotate(desk.path, desk.provenancePath);
    writeFileSync(join(desk.root, 'renumbered.jsonl'), renumbered());
    const all = 'shell=60,claude=30,browser=30,workflow=9';
    expect((await desk.init('march', '--from', 'renumbered.jsonl', '--min', all)).code).toBe(0);
    return { desk, rows };
  }

  const LINE = ['qa', 'graft', '--qa', 'eval-v1', '--corpus-version', 'march', '--to', 'eval-v2', '--json'];

  it('makes a new fixture whose goldens are the same events under their new ids', async () => {
    const { desk, rows } = await moved();
    const before = [readFileSync(desk.path), readFileSync(desk.provenancePath)];
    const { code, out } = await desk.bench(...LINE);
    expect(code).toBe(0);
    const report = qaGraftReportSchema.parse(JSON.parse(out));
    const hadBuild = rows.some((row) => row.golden_event_id === 'workflow-0');
    expect(report).toMatchObject({ total: 40, unmapped: Number(hadBuild), mapped: 40 - Number(hadBuild) });
    const next = jsonLines<JsonObject>(report.fixture);
    for (const [index, row] of rows.entries()) {
      const [source, number] = String(row.golden_event_id).split('-');
      const expected = row.golden_event_id === 'workflow-0' ? null : `${source}-${Number(number) + 1}`;
      expect(next[index]).toMatchObject({ qa_id: row.qa_id!, question: row.question!, golden_event_id: expected });
    }
    const provenance = qaProvenanceSchema.parse(JSON.parse(readFileSync(report.provenance, 'utf8')));
    expect(provenance.corpus_content_hash).toBe(desk.manifest('march').corpus_content_hash);
    expect(provenance.grafts).toMatchObject([
      {
        from_corpus_hash: desk.manifest('nights').corpus_content_hash,
        to_corpus_hash: desk.manifest('march').corpus_content_hash,
        method: 'content_sha256',
      },
    ]);
    expect(provenance.grafts?.[0]?.mapped).toHaveLength(report.mapped);
    expect([readFileSync(desk.path), readFileSync(desk.provenancePath)]).toEqual(before);
    const line = ['qa', 'validate', '--qa', 'eval-v2', '--corpus-version', 'march', '--min-scoreable', String(report.mapped)];
    expect(await desk.bench(...line)).toMatchObject({ code: 0 });
  });

  it('puts what is not carried over on a worklist', async () => {
    const { desk, rows } = await moved();
    const lost = [...rows.slice(1), { ...rows[0]!, golden_event_id: 'shell-7777' }];
    writeFileSync(desk.path, lost.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const { code, out } = await desk.bench(...LINE);
    expect(code).toBe(0);
    const { worklist } = qaGraftReportSchema.parse(JSON.parse(out));
    const items = jsonLines<QaWorklistRow>(worklist!).map((row) => qaWorklistRowSchema.parse(row));
    expect(items.map(({ current_golden_event_id: golden }) => golden)).toContain('shell-7777');
  });

  it('writes nothing over, and refuses another corpus than the one that the fixture is bound to', async () => {
    const { desk } = await moved();
    expect(await desk.bench(...LINE, '--from-corpus-version', 'march')).toMatchObject({ code: 2 });
    expect(await desk.bench(...LINE.map((word) => (word === 'eval-v2' ? 'eval-v1' : word)))).toMatchObject({ code: 2 });
    expect(await desk.bench(...LINE)).toMatchObject({ code: 0 });
    expect(await desk.bench(...LINE)).toMatchObject({ code: 2 });
  });

  it('goes by the hashes in the fixture when the old corpus is gone', async () => {
    const { desk } = await moved();
    rmSync(desk.corpusPath('nights'), { recursive: true });
    const { code, out } = await desk.bench(...LINE);
    expect(code).toBe(0);
    expect(qaGraftReportSchema.parse(JSON.parse(out)).mapped).toBeGreaterThan(30);
  });
});
