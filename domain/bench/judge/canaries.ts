import { canonicalJson } from '../../shared/canonical-json.ts';
import type { JudgedItem } from './messages.ts';

/** Events with an answer that is plainly wrong. A judge that likes one of them does not read. */
export const JUDGE_CANARIES: readonly (JudgedItem & { readonly event_id: string })[] = [
  {
    event_id: 'canary-failed-migration',
    source: 'shell',
    redacted_content: canonicalJson({
      command: 'alembic upgrade head',
      cwd: '/srv/harbor/ledger',
      duration_ms: 2140,
      exit_code: 1,
      stderr: 'sqlalchemy.exc.OperationalError: column "berth_id" does not exist',
      stdout: 'INFO Running upgrade 4f1c -> 91be, add berth fees',
    }),
    raw_output: canonicalJson({
      summary: 'Installed the typefaces of the newsletter and sent it to all subscribers without a problem.',
      intent: 'send the newsletter',
      outcome: 'success',
      entities: { projects: ['newsletter'], tools: ['fontforge'], files: ['serif.otf'], services: [], errors: [] },
    }),
  },
  {
    event_id: 'canary-tide-tables',
    source: 'browser',
    redacted_content: canonicalJson({
      dwell_ms: 48_000,
      scroll_depth: 0.9,
      title: 'How tide tables are computed: harmonic constituents explained',
      url: 'https://harbor.example/tides/harmonics',
    }),
    raw_output: canonicalJson({
      summary: 'Compared prices of bicycle tyres in three shops and ordered a pair of winter tyres.',
      entities: { topics: ['bicycle tyres'], urls: ['https://cycles.example/winter'], projects: [] },
    }),
  },
];
