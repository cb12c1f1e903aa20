import { readFileSync } from 'node:fs';
import { createRedactor, DETECTOR_FAMILIES, type DetectorFamily } from '../../../domain/redaction/index.ts';

/** One labelled text; without `expected` nothing in it may be replaced. */
export interface LabelledText {
  readonly detector: string;
  readonly text: string;
  readonly expected?: string;
}

export interface Measurement {
  readonly positives: number;
  readonly found: number;
  readonly negatives: number;
  readonly falseAlarms: number;
}

/** The labelled texts of a file. The sign ¦ in them is taken out: it keeps scanners from taking an invented token for a real one. */
export function readLabelledTexts(file: 'secrets' | 'personal-data' | 'clean'): LabelledText[] {
  const lines = readFileSync(new URL(`fixtures/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => ({ detector: 'none', ...(JSON.parse(line.replaceAll('¦', '')) as object) }) as LabelledText);
}

/** Recall and false alarms by detector. A positive counts as found only when the whole text came out as labelled. */
export function measure(texts: readonly LabelledText[], families: readonly DetectorFamily[] = DETECTOR_FAMILIES): Map<string, Measurement> {
  const measured = new Map<string, Measurement>();
  for (const { detector, text, expected } of texts) {
    const before = measured.get(detector) ?? { positives: 0, found: 0, negatives: 0, falseAlarms: 0 };
    const redacted = createRedactor(families).redact(text);
    const after =
      expected === undefined
        ? { ...before, negatives: before.negatives + 1, falseAlarms: before.falseAlarms + (redacted === text ? 0 : 1) }
        : { ...before, positives: before.positives + 1, found: before.found + (redacted === expected ? 1 : 0) };
    measured.set(detector, after);
  }
  return measured;
}
