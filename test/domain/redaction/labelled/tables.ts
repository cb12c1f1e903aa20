import { DETECTORS } from '../../../../domain/redaction/index.ts';
import { disguisedPositives, fateOf, OWN_DETECTORS, type Measured } from './measure.ts';
import { wilson } from './wilson.ts';

/** Detector by detector: what it finds, recall with its interval, precision, false alarms. */
export function detectorTable({ detectors, negatives }: Measured): string[][] {
  return DETECTORS.map(({ name, description }) => {
    const { positives, exact, wide, alarms } = detectors.get(name)!;
    const found = exact + wide;
    return [
      `\`${name}\``,
      description,
      `${found} of ${positives} (${interval(found, positives)})`,
      `${percent(found / (found + alarms.length))}`,
      `${alarms.length} of ${negatives} (${interval(alarms.length, negatives)})`,
    ];
  });
}

/** Class by class of what only looks like a finding: texts that lost something, and to which detector. */
export function classTable({ classes }: Measured): string[][] {
  return [...classes].map(([name, { texts, alarms, detectors }]) => [
    name,
    `${alarms} of ${texts} (${interval(alarms, texts)})`,
    Object.keys(detectors)
      .map((detector) => `\`${detector}\``)
      .join(', '),
  ]);
}

/** Disguise by disguise: values that were found all the same. */
export function disguiseTable(): string[][] {
  const sums = new Map<string, { found: number; of: number }>();
  for (const positive of disguisedPositives()) {
    const kind = /^(?:card|iban|ssn|phone)$/.test(positive.detector) ? 'numbers' : 'tokens';
    const key = `${positive.place}, in ${kind}`;
    const sum = sums.get(key) ?? { found: 0, of: 0 };
    sums.set(key, { found: sum.found + Number(fateOf(positive, OWN_DETECTORS(positive.text).redacted) !== 'leaked'), of: sum.of + 1 });
  }
  return [...sums].map(([name, { found, of }]) => [name, `${found} of ${of} (${interval(found, of)})`]);
}

function interval(found: number, of: number): string {
  const [low, high] = wilson(found, of);
  return `${low.toFixed(1)}–${high.toFixed(1)} %`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
