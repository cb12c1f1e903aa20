import type { ComparedSuite } from '../../../schemas/eval-comparison.ts';
import type { PairedComparison } from '../../../schemas/paired-comparison.ts';
import { FEW_CLUSTERS } from '../../stats/cluster-bootstrap.ts';
import { SMALL_SAMPLE } from '../../stats/wilson.ts';
import type { FamilySettings } from '../compare-family.ts';
import type { Arm } from './arm.ts';
import { usualMetrics } from './metrics.ts';
import type { Scores } from './score-arms.ts';

/** A suite as far as it was measured. */
export interface MeasuredSuite {
  readonly summary: ComparedSuite;
  readonly comparisons: readonly PairedComparison[];
  readonly scores: Scores;
  readonly arms: readonly Arm[];
  readonly wanted: readonly string[] | undefined;
  readonly settings: FamilySettings;
}

/** What a reader of the numbers of a suite has to know: questions that do not count, metrics that are not there, samples that are small or hang together. */
export function tellSuite(measured: MeasuredSuite): string[] {
  const { summary, wanted } = measured;
  const { suite, metrics, n } = summary;
  const absent = (wanted ?? usualMetrics(suite)).filter((metric) => !metrics.includes(metric));
  return [
    ...tellDropped(summary),
    ...(absent.length === 0 ? [] : [`${suite}: no question has ${absent.join(', ')}`]),
    ...(n < SMALL_SAMPLE ? [`${suite}: small sample, ${n} of ${SMALL_SAMPLE} questions`] : []),
    ...tellLeftOut(measured),
    ...tellFailures(summary),
    ...tellClusters(measured),
    ...tellTexts(measured),
  ];
}

function tellDropped({ suite, dropped }: ComparedSuite): string[] {
  const counts = Object.entries(dropped).filter(([, count]) => count > 0);
  if (counts.length === 0) return [];
  return [`${suite}: only the questions that all arms have; left out ${counts.map(([arm, count]) => `${count} of ${arm}`).join(', ')}`];
}

function tellLeftOut({ summary: { suite, n, metrics, arms }, comparisons }: MeasuredSuite): string[] {
  return metrics.flatMap((metric) => {
    const short = comparisons.filter((row) => row.metric === metric && row.n < n);
    if (short.length === 0) return [];
    const counts = new Set(short.map((row) => row.n));
    if (counts.size === 1 && short.length === (arms.length * (arms.length - 1)) / 2)
      return [`${suite}: ${n - short[0]!.n} of ${n} questions do not count in ${metric} and are left out`];
    const pairs = short.map((row) => `${n - row.n} in ${row.arm_a} and ${row.arm_b}`);
    return [`${suite}: questions that do not count in ${metric} in one of two arms are left out: ${pairs.join(', ')} of ${n}`];
  });
}

function tellFailures({ suite, outcomes }: ComparedSuite): string[] {
  return Object.entries(outcomes).flatMap(([arm, counts]) => {
    const failed = (counts.system_failure ?? 0) + (counts.harness_error ?? 0);
    return failed === 0 ? [] : [`${suite}: ${failed} failed questions of ${arm} count as misses`];
  });
}

function tellClusters({ summary: { suite }, comparisons, scores, settings }: MeasuredSuite): string[] {
  if (settings.clusterBy === 'conversation') {
    const least = Math.min(...comparisons.map(({ clusters }) => clusters ?? Infinity));
    return least < FEW_CLUSTERS ? [`${suite}: only ${least} clusters; with fewer than ${FEW_CLUSTERS} intervals are rough`] : [];
  }
  const counts = new Map<string, number>();
  for (const { clusters } of scores.questions) for (const key of clusters) counts.set(key, (counts.get(key) ?? 0) + 1);
  const sharing = scores.questions.filter(({ clusters }) => clusters.some((key) => counts.get(key)! > 1)).length;
  return sharing === 0
    ? []
    : [
        `${suite}: ${sharing} questions share a conversation with others, so intervals are too narrow; --cluster-by conversation draws them together`,
      ];
}

function tellTexts({ summary: { suite }, arms }: MeasuredSuite): string[] {
  const texts = new Map<string, string>();
  const changed = new Set<string>();
  for (const { questions } of arms) {
    for (const { question_id: id, question } of questions) {
      if (question === null) continue;
      if (texts.has(id) && texts.get(id) !== question) changed.add(id);
      texts.set(id, question);
    }
  }
  return changed.size === 0 ? [] : [`${suite}: ${changed.size} questions have another text in another arm; the first is shown`];
}
