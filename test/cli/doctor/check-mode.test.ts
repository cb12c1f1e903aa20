import { describe, expect, test } from 'vitest';
import { checkMode } from '../../../cli/doctor/check-mode.ts';
import { ok, warn } from '../../../cli/doctor/checks.ts';
import type { DoctorCheck } from '../../../schemas/doctor-report.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const EMBEDDER = ok('embedder', 'deterministic', '');
const RERANKER = ok('reranker', 'none configured', '');
const SERVER = { base_url: 'http://127.0.0.1:8000/v1', model: 'scribe-4b' };

function look(search: object, models = { embedder: EMBEDDER, reranker: RERANKER }): DoctorCheck {
  const root = temporaryFolder();
  return checkMode({ io: recordingIo(), root, options: { workspace: root } }, searchSettingsSchema.parse(search), models);
}

describe('search_mode', () => {
  test.each([
    ['nothing configured', {}],
    ['every mode that there is', { mode: 'tokenmax' }],
    ['a stage whose model is there', { expansion: true, expansion_model: SERVER, rerank: 'on', reranker: SERVER }],
  ])('is well with %s', (_what, search) => {
    expect(look(search)).toMatchObject({ name: 'search_mode', status: 'ok', remedy: '' });
  });

  test('warns of a mode that there is none of, and tells which one counts', () => {
    const check = look({ mode: 'frontier' });
    expect(check).toMatchObject({ status: 'warn', message: expect.stringContaining('frontier; balanced counts') });
    expect(check.remedy).toContain('lauter config set search.mode balanced');
  });

  test.each([
    ['reranker', { rerank: 'on' }],
    ['expansion', { expansion: true }],
    ['synopsis', { contextual: 'synopsis' }],
  ])('warns of the stage %s that is asked for and has no model', (stage, search) => {
    expect(look(search)).toMatchObject({ status: 'warn', message: expect.stringMatching(new RegExp(`^${stage}: asked for`)) });
  });

  test('warns of an embedder or a reranker that does not answer, with what to do about it', () => {
    const gone = warn('embedder', 'model tide: 404, retired', '', 'Name another model.');
    expect(look({ embedder: 'tide' }, { embedder: gone, reranker: RERANKER })).toMatchObject({
      status: 'warn',
      message: 'embedder: model tide: 404, retired',
      remedy: 'Name another model.',
    });
    const silent = warn('reranker', 'no answer', '', 'Start it.');
    expect(look({ reranker: SERVER }, { embedder: EMBEDDER, reranker: silent })).toMatchObject({ status: 'warn', remedy: 'Start it.' });
    expect(look({}, { embedder: EMBEDDER, reranker: silent })).toMatchObject({ status: 'ok' });
  });

  test('tells everything that is missing at once', () => {
    expect(look({ mode: 'frontier', rerank: 'on', expansion: true }).message.split('; ')).toHaveLength(4);
  });
});
