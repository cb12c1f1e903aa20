import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { qaContentHash } from '../../../domain/bench/index.ts';
import { doctorReportSchema, type DoctorCheck } from '../../../schemas/doctor-report.ts';
import { benchWorkspace, type BenchWorkspace } from '../../support/bench-workspace.ts';
import { startModelServer } from '../../support/model-server/model-server.ts';
import { runCli } from '../../support/run-cli.ts';

async function check(workspace: string, name: string): Promise<DoctorCheck | undefined> {
  // The engine is not looked for: what is asked about needs none.
  const { out } = await runCli(['doctor', '--workspace', workspace, '--json'], workspace, { env: { LAUTER_TEMPORAL_BIN: '/bin/false' } });
  return doctorReportSchema.parse(JSON.parse(out)).checks.find((one) => one.name === name);
}

async function observatory(bench: object = {}): Promise<BenchWorkspace> {
  const place = benchWorkspace();
  await place.init('corpus-v1');
  writeFileSync(join(place.workspace, 'lauter.config.json'), JSON.stringify({ bench }));
  return place;
}

describe('inference server', () => {
  async function serve(...ids: string[]): Promise<string> {
    const server = await startModelServer({ models: ids.map((id) => ({ id })) });
    onTestFinished(() => server.close());
    return server.url;
  }
  const look = async (bench: object): Promise<DoctorCheck | undefined> => check((await observatory(bench)).workspace, 'inference server');

  test('that nobody has configured is none of our business', async () => {
    expect(await look({})).toMatchObject({ status: 'ok', message: 'not configured' });
  });

  test('that answers is fine', async () => {
    const base_url = await serve('harbor-8b', 'embed-small');
    expect(await look({ base_url, embedding_model: 'embed-small' })).toMatchObject({ status: 'ok', message: `${base_url}: 2 models` });
  });

  test('that lacks a model of the config is a warning', async () => {
    const base_url = await serve('harbor-8b');
    const found = await look({ base_url, embedding_model: 'embed-small', judge_model: 'judge-70b' });
    expect(found).toMatchObject({ status: 'warn', message: `${base_url}: 1 model, without embed-small, judge-70b` });
  });

  test('that does not answer is a warning, with what to do', async () => {
    // Nobody listens at the discard port.
    const found = await look({ base_url: 'http://127.0.0.1:9/v1' });
    expect(found).toMatchObject({ status: 'warn', message: expect.stringContaining('http://127.0.0.1:9/v1: connection') as string });
    expect(found?.remedy).toContain('bench.base_url');
  });

  test('on another host is not called unless it is allowed, and an address of metadata never', async () => {
    expect(await look({ base_url: 'http://192.0.2.7/v1' })).toMatchObject({
      status: 'warn',
      message: 'http://192.0.2.7/v1 was not called: it is another host',
      remedy: expect.stringContaining('bench.allowed_hosts') as string,
    });
    expect(await look({ base_url: 'http://169.254.169.254/v1', allowed_hosts: ['169.254.169.254'] })).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('never called') as string,
    });
  });

  test('is that of the newest run where the config names none', async () => {
    const { workspace } = await observatory();
    const base_url = await serve('harbor-8b');
    for (const [id, inference_url] of [
      ['run-20260302T064000Z-0badcafe-quay22', 'http://127.0.0.1:9/v1'],
      ['run-20260303T064000Z-0badcafe-quay22', base_url],
    ] as const) {
      const folder = join(workspace, 'lake', 'bench', 'runs', id);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ inference_url }));
    }
    expect(await check(workspace, 'inference server')).toMatchObject({ status: 'ok', message: `${base_url}: 1 model` });
  });
});

describe('corpora and questions', () => {
  test('that are as they were written are fine', async () => {
    const place = await observatory();
    writeQuestions(place);
    expect(await check(place.workspace, 'corpora')).toMatchObject({ status: 'ok', message: 'corpus-v1' });
    expect(await check(place.workspace, 'questions')).toMatchObject({ status: 'ok', message: '1 fixture: eval-qa-v1' });
  });

  test('a corpus of which a byte is another fails, with the command that lists what', async () => {
    const place = await observatory();
    appendFileSync(place.corpusPath('corpus-v1', 'corpus.jsonl'), '{}\n');
    expect(await check(place.workspace, 'corpora')).toMatchObject({
      status: 'fail',
      remedy: `lauter bench corpus verify --corpus-version corpus-v1 --workspace ${place.workspace}`,
    });
  });

  test.each([
    ['questions that were changed', { qa_content_hash: 'a'.repeat(64) }, /qa_content_hash a{64}, found/],
    ['questions of another corpus', { corpus_content_hash: 'b'.repeat(64) }, /corpus_content_hash b{64}, found/],
    ['questions whose corpus is gone', { corpus_version: 'corpus-v0' }, /found no corpus corpus-v0/],
    ['questions without provenance', null, /no provenance/],
  ] as const)('%s are a warning', async (_, provenance, told) => {
    const place = await observatory();
    writeQuestions(place, provenance);
    const found = await check(place.workspace, 'questions');
    expect(found).toMatchObject({ status: 'warn', message: expect.stringMatching(told) as string });
    expect(found?.remedy).toContain('lauter bench qa validate --qa eval-qa-v1');
  });

  function writeQuestions({ workspace, manifest, rows }: BenchWorkspace, provenance: object | null = {}): void {
    const folder = join(workspace, 'lake', 'bench', 'qa');
    mkdirSync(folder, { recursive: true });
    const row = { qa_id: 'qa-1', question: 'Which dome was opened?', golden_event_id: rows('corpus-v1')[0]!.event_id };
    writeFileSync(join(folder, 'eval-qa-v1.jsonl'), `${JSON.stringify(row)}\n`);
    if (provenance === null) return;
    const stated = {
      corpus_version: 'corpus-v1',
      corpus_content_hash: manifest('corpus-v1').corpus_content_hash,
      qa_content_hash: qaContentHash([{ line: 1, value: row }], sha256),
    };
    writeFileSync(join(folder, 'eval-qa-v1.provenance.json'), JSON.stringify({ ...stated, ...provenance }));
  }
});
