import { sha256Of } from '../digest.ts';
import { literal } from './database.ts';
import type { LakeLayout } from './layout.ts';
import { splitsPath, wholeReleases } from './release-entries.ts';

/** The splits of all tasks that were ever released. */
export interface ReleasedSplits {
  /** Names what they are: equal for equal releases. Whatever is decided with them has it in its key. */
  readonly key: string;
  /** A table of (task_key, split) in parentheses, one row a task: as the latest release that holds it says. */
  readonly sql: string;
}

/** Reads which task was released on which side; undefined before the first release. LakeCorruptError when a release is not what was entered. */
export function releasedSplits(layout: LakeLayout): ReleasedSplits | undefined {
  const entries = wholeReleases(layout);
  if (entries.length === 0) return undefined;
  const files = entries.map(
    ({ splits }, index) => `SELECT task_key, split, ${index} AS release FROM read_parquet(${literal(splitsPath(layout, splits))})`,
  );
  return {
    key: sha256Of('releases/1', ...entries.map(({ version, splits }) => `${version} ${splits.sha256}`)),
    sql: `(SELECT task_key, arg_max(split, release) AS split FROM (${files.join(' UNION ALL ')}) GROUP BY task_key)`,
  };
}

/**
 * A table (task_key, split, is_straddled) of the tasks whose split is bound by releases: a released task keeps its own; a task that shares a cluster
 * with released ones follows the smallest of them by key. `is_straddled` marks all of a cluster in which released tasks stand on different sides:
 * no choice can mend that, for what was released cannot be taken back, so it is to be reported. `cluster` is a table of (task_key, cluster), with a
 * row at least for every task that shares its cluster.
 */
export function boundSplits(released: string, cluster: string): string {
  return `(
    WITH member AS (
      SELECT coalesce(c.task_key, r.task_key) AS task_key, coalesce(c.cluster, r.task_key) AS cluster, r.split
      FROM ${cluster} c FULL JOIN ${released} r ON r.task_key = c.task_key),
    bound AS (
      SELECT cluster, arg_min(split, task_key) AS split, count(DISTINCT split) > 1 AS is_straddled
      FROM member WHERE split IS NOT NULL GROUP BY cluster)
    SELECT m.task_key, coalesce(m.split, b.split) AS split, b.is_straddled FROM member m JOIN bound b USING (cluster))`;
}
