import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../cli/program.ts';
import { glossaryReportSchema } from '../../../schemas/metric-glossary.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function run(cwd: string, ...args: string[]) {
  const io = recordingIo({ cwd });
  const code = await runProgram(['glossary', ...args], io);
  return { code, printed: io.printed(), said: io.said() };
}

describe('lauter glossary', () => {
  test('prints every metric as one document, the same every time', async () => {
    const folder = temporaryFolder();
    const { code, printed } = await run(folder, '--json');
    expect(code).toBe(0);
    expect(glossaryReportSchema.parse(JSON.parse(printed)).sections).toHaveLength(4);
    expect((await run(folder, '--json')).printed).toBe(printed);
  });

  test('prints every metric for people', async () => {
    const { code, printed } = await run(temporaryFolder());
    expect(code).toBe(0);
    expect(printed).toMatch(/^Retrieval\n/);
    expect(printed).toContain('contradiction_rate');
  });

  test('tells one metric by the name that it was printed under; null for one that there is none of', async () => {
    const folder = temporaryFolder();
    expect((await run(folder, '--metric', 'recall@10')).printed).toMatch(/^recall@10 {2}Recall at k: /);
    expect(JSON.parse((await run(folder, '--metric', 'nDCG@10', '--json')).printed)).toMatchObject({
      schema_version: 1,
      metric: 'nDCG@10',
      entry: { range: '0 to 1' },
    });
    expect(JSON.parse((await run(folder, '--metric', 'made_up', '--json')).printed).entry).toBeNull();
    expect(await run(folder, '--metric', 'made_up')).toMatchObject({ code: 2, printed: '' });
  });

  test('GLO-1: a page that was written passes the check, one that was changed does not, one that is missing cannot be checked', async () => {
    const folder = temporaryFolder();
    expect((await run(folder, '--write', 'metrics.md')).code).toBe(0);
    expect((await run(folder, '--check', 'metrics.md')).code).toBe(0);
    const path = join(folder, 'metrics.md');
    const page = readFileSync(path, 'utf8');
    writeFileSync(path, page.replace('Recall at k', 'Recoil at k'));
    expect((await run(folder, '--check', 'metrics.md')).code).toBe(1);
    expect(await run(folder, '--check', 'tides.md')).toMatchObject({ code: 2, said: expect.stringContaining('tides.md') });
    expect((await run(folder, '--write', 'again.md')).code).toBe(0);
    expect(readFileSync(join(folder, 'again.md'), 'utf8')).toBe(page);
  });

  test('takes one of a flag, and tells programs so in JSON', async () => {
    const folder = temporaryFolder();
    expect((await run(folder, '--check', 'a.md', '--write', 'b.md')).code).toBe(2);
    const twice = await run(folder, '--json', '--metric', 'mrr', '--metric', 'map');
    expect(twice.code).toBe(2);
    expect(JSON.parse(twice.printed)).toMatchObject({ schema_version: 1, error: { flag: '--metric' } });
  });
});

test.each([
  [['stats', 'wilson', '12', '50'], 'Wilson score interval'],
  [['stats', 'mcnemar', '21', '30'], 'Discordant pairs'],
  [['stats', 'mde', '--sd', '0.4', '--n', '500'], 'Minimum detectable effect'],
])('lauter %j tells below its figures what they mean, when asked', async (args, told) => {
  const print = async (...more: string[]): Promise<string> => {
    const io = recordingIo();
    expect(await runProgram([...args, ...more], io)).toBe(0);
    return io.printed();
  };
  expect(await print('--glossary')).toContain(told);
  expect(await print()).not.toContain(told);
  expect(await print('--json', '--glossary')).toBe(await print('--json'));
});
