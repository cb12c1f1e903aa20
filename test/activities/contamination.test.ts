import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../domain/shared/errors.ts';
import { distillSettingsSchema } from '../../schemas/distill-settings.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { makeFolder } from '../support/temporary-folder.ts';
import { exportedRows } from './exported-files.ts';
import { ATTEMPT, doStages, makeTestRun, type TestRun } from './test-run.ts';
import { chat, lines } from './traces.ts';

const QUESTION =
  'Which mast light does a vessel towing another one by night show when the length of the whole tow exceeds two hundred metres?';
const REWRAPPED = `Study this:\n> **${QUESTION.slice(0, 40)}\n> ${QUESTION.slice(40)}**`;

/** Four accepted chats of four tasks; the third one asks an evaluation question again, in a quote, in bold and with other line ends. */
const TRACES = {
  'desk.jsonl': lines(
    chat('When does the ferry leave for the outer islands?', 'At seven, from the north pier.', { label: 'accepted' }),
    chat('How much water stands over the bar at low tide?', 'Two metres and a half.', { label: 'accepted' }),
    chat(REWRAPPED, 'Three in a vertical line.', { label: 'accepted' }),
    chat('Who opens the swing bridge at night?', 'The watch, on channel twelve.', { label: 'accepted' }),
  ),
};

let root: string;
beforeEach(() => {
  root = makeFolder();
  writeFileSync(join(root, 'exam.jsonl'), `${JSON.stringify({ id: 'lights-4', question: QUESTION })}\n`);
});

function runAgainst(paths: readonly string[], maxContamination?: number): TestRun {
  const decontamination = {
    sets: [{ name: 'exam', paths }],
    ...(maxContamination !== undefined && { max_contamination: maxContamination }),
  };
  return makeTestRun({ root, traces: TRACES, settings: distillSettingsSchema.parse({ formats: ['jsonl'], decontamination }) });
}

async function summaryOf(run: TestRun): Promise<RunSummary> {
  await doStages(run);
  const { summary_path } = await run.work.finishRun(run.input, ATTEMPT);
  return JSON.parse(readFileSync(summary_path, 'utf8')) as RunSummary;
}

describe('a record that asks an evaluation question again', () => {
  test('enters no set, and its quarantine names the item', async () => {
    const run = runAgainst(['exam.jsonl'], 0.5);
    const { verdict } = await summaryOf(run);
    expect(verdict).toBe('accepted');
    for (const [set, file] of [
      ['rag', 'rag/playbooks.jsonl'],
      ['sft', 'sft/instruction_response.jsonl'],
    ] as const) {
      expect(exportedRows(run, file)).toHaveLength(3);
      const refused = exportedRows(run, `quarantine/${set}.jsonl`);
      expect(refused).toMatchObject([{ reason: 'contaminated', detail: expect.stringContaining('exam, exam.jsonl:1') as string }]);
    }
  });

  test('refuses the run where more than the allowed share of a set does', async () => {
    // One of four rows, where the default allows one of a hundred.
    const { verdict, reasons } = await summaryOf(runAgainst(['exam.jsonl']));
    expect(verdict).toBe('refused');
    expect(reasons.map(({ reason }) => reason)).toContain('contamination');
  });
});

test('a set that is not there stops the run before anything is read', async () => {
  const run = runAgainst(['exams/*.jsonl']);
  await expect(run.work.planMaterialize(run.input, ATTEMPT)).rejects.toThrow(ConfigError);
  await expect(run.work.planMaterialize(run.input, ATTEMPT)).rejects.toThrow(/exams\/\*\.jsonl/);
});

test('without evaluation sets nothing is compared', async () => {
  const run = makeTestRun({ root, traces: TRACES });
  expect((await summaryOf(run)).verdict).toBe('accepted');
  expect(exportedRows(run, 'rag/playbooks.jsonl')).toHaveLength(4);
});
