import { test } from 'vitest';
import { createRedactor } from '../../domain/redaction/index.ts';
import { labelledNegatives, labelledPositives, measureRedaction, OWN_DETECTORS } from '../domain/redaction/labelled/measure.ts';
import { classTable, detectorTable, disguiseTable } from '../domain/redaction/labelled/tables.ts';
import { readSampleTexts } from '../domain/redaction/labelled/sample-texts.ts';

/** Recall and false alarms on the labelled texts, with Wilson's 95 % intervals, and what a kilobyte of ordinary text costs. */
test('redaction', () => {
  const [positives, negatives] = [labelledPositives(), labelledNegatives()];
  const measured = measureRedaction(OWN_DETECTORS, positives, negatives);
  say(`${positives.length} texts with a value in them, ${negatives.length} that only look like it\n`);
  table(['detector', 'finds', 'recall', 'precision', 'false alarms'], detectorTable(measured));
  table(['class', 'false alarms', 'by'], classTable(measured));
  table(['disguise', 'found all the same'], disguiseTable());
  const texts = readSampleTexts();
  const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / 1024;
  const rounds = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (const text of texts) createRedactor().redact(text);
    return process.cpuUsage(before).user / kilobytes;
  });
  say(`${Math.min(...rounds).toFixed(1)} µs/KB on ${texts.length} records of the samples (best of ${rounds.length})\n`);
});

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const row of [head, head.map(() => '---'), ...rows]) say(`| ${row.join(' | ')} |`);
  say('');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
