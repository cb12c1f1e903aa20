import { BENCH_STORIES } from './bench-stories.ts';
import { DISTILL_STORIES } from './distill-stories.ts';
import { EVAL_STORIES } from './eval-stories.ts';
import { PAUSE_STORIES } from './pause-stories.ts';
import { PROBE_STORIES } from './probe-stories.ts';
import type { Story } from './story.ts';
import { SUITES_STORIES } from './suites-stories.ts';

/** What is recorded, of every workflow. */
export const STORIES: readonly Story[] = [
  ...DISTILL_STORIES,
  ...BENCH_STORIES,
  ...PAUSE_STORIES,
  ...EVAL_STORIES,
  ...SUITES_STORIES,
  ...PROBE_STORIES,
];
