import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendPublishAudit, readPublishAudits } from '../../../adapters/gate/publish-audit.ts';
import type { PublishAudit } from '../../../schemas/publish-report.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function call(ts: string): PublishAudit {
  return {
    ts,
    label: 'harbour',
    source_hash: null,
    content_hash: null,
    row_count: null,
    output_path: null,
    thresholds: null,
    success: false,
  };
}

test('each call goes to the file of its ISO week; all are read oldest first, damaged lines counted', () => {
  const folder = join(temporaryFolder(), 'audit');
  for (const ts of ['2027-01-01T00:00:00.000Z', '2026-05-22T10:00:00.000Z', '2026-12-31T23:00:00.000Z'])
    appendPublishAudit(folder, call(ts));
  expect(readdirSync(folder).sort()).toEqual(['publish-2026-W21.jsonl', 'publish-2026-W53.jsonl']);
  appendFileSync(join(folder, 'publish-2026-W21.jsonl'), '{"ts":"2026-05-22T1');
  const { rows, damaged } = readPublishAudits(folder);
  expect(rows.map(({ ts }) => ts.slice(0, 10))).toEqual(['2026-05-22', '2026-12-31', '2027-01-01']);
  expect(damaged).toBe(1);
  expect(readPublishAudits(join(folder, 'none'))).toEqual({ rows: [], damaged: 0 });
});
