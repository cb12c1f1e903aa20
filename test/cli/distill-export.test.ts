import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { distillInput, sourceRequests } from '../../worker/inputs/distill-input.ts';
import { configSchema, type Config } from '../../schemas/config.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  writeFileSync(join(root, 'desk.jsonl'), HARBOR_TRACES);
});

const harbourDesk = { name: 'harbour-desk', adapter: 'openai-chat', paths: ['desk.jsonl'] };

function writeConfig(sources: readonly object[], distill: object = {}): void {
  writeFileSync(join(root, 'lauter.config.json'), JSON.stringify({ sources, distill }));
}

describe('distill export --require-license', () => {
  const refused = ['distill', 'export', 'sft', '--require-license', '--config', 'lauter.config.json', '--workspace', 'refinery'];

  test('refuses before anything is read or written, and names the sources', async () => {
    writeConfig([
      { ...harbourDesk, license: 'CC-BY-4.0' },
      { ...harbourDesk, name: 'night-line' },
    ]);
    const { code, err } = await runCli(refused, root);
    expect(code).toBe(1);
    expect(err).toContain('no license is stated for night-line.');
    expect(existsSync(join(root, 'refinery'))).toBe(false);
  });

  test('so does the config', async () => {
    writeConfig([harbourDesk], { require_license: true });
    const { code, err } = await runCli(
      refused.filter((word) => word !== '--require-license'),
      root,
    );
    expect([code, err]).toEqual([1, expect.stringContaining('harbour-desk')]);
  });

  test('a path on the command line has no license', async () => {
    writeConfig([{ ...harbourDesk, license: 'CC-BY-4.0' }]);
    const { code, err } = await runCli([...refused, 'desk.jsonl'], root);
    expect([code, err]).toEqual([1, expect.stringContaining('no license is stated for desk.jsonl.')]);
  });
});

test('a license reaches the run, and one that changes makes it another run', () => {
  const inputOf = (license: string) => {
    const config: Config = configSchema.parse({ sources: [{ ...harbourDesk, license }] });
    const place = { config, configBase: root, paths: [], cwd: root };
    return {
      requests: sourceRequests(place),
      input: distillInput({ ...place, skipUnknown: false, until: 'audit', workspaceId: 'w', now: new Date(0) }),
    };
  };
  expect(inputOf('MIT').requests).toMatchObject([{ name: 'harbour-desk', license: 'MIT' }]);
  expect(inputOf('MIT').input.workflow_id).not.toBe(inputOf('CC-BY-4.0').input.workflow_id);
});

test('the help of run-all and export names formats and forms', async () => {
  for (const verb of ['run-all', 'export']) {
    const { out } = await runCli(['distill', verb, '--help'], root);
    const text = out.replace(/\s+/g, ' ');
    expect(text).toContain('jsonl, parquet, arrow');
    expect(text).toContain('openai, trl, sharegpt for SFT, openai, trl, unpaired for preference');
    expect(text).toContain('--require-license');
  }
});
