import type { Attempt } from '../activities/ports.ts';
import type { LakeLimits } from './ports.ts';

/** What a worker thread is told when it begins. */
export interface ThreadData {
  readonly workspace: string;
  readonly limits: LakeLimits;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type ThreadWork = Readonly<Record<string, (input: unknown, attempt: Attempt) => Promise<unknown>>>;

/** Kinds of work that threads do; each brings libraries that the others do without. */
export type ThreadWorkKind = 'contradictions' | 'distill' | 'longmemeval' | 'panel' | 'replay' | 'suites';

/** Opens work of a kind over its world. */
export async function openThreadWork(kind: ThreadWorkKind, data: ThreadData): Promise<ThreadWork> {
  if (kind === 'distill') {
    const [{ createDistillWork }, { createPorts }] = await Promise.all([import('../activities/index.ts'), import('./ports.ts')]);
    return createDistillWork(createPorts(data.workspace, data.limits)) as unknown as ThreadWork;
  }
  if (kind === 'suites') {
    const [{ createSuitesWork }, { createSuitesWorld }] = await Promise.all([
      import('../activities/suites/work.ts'),
      import('./suites-world.ts'),
    ]);
    return createSuitesWork(createSuitesWorld(data)) as unknown as ThreadWork;
  }
  if (kind === 'contradictions') {
    const [{ createContradictionsWork }, { createContradictionsWorld }] = await Promise.all([
      import('../activities/contradictions/work.ts'),
      import('./contradictions-world.ts'),
    ]);
    return createContradictionsWork(createContradictionsWorld(data)) as unknown as ThreadWork;
  }
  if (kind === 'panel') {
    const [{ createPanelWork }, { createPanelWorld }] = await Promise.all([
      import('../activities/panel/work.ts'),
      import('./panel-world.ts'),
    ]);
    return createPanelWork(createPanelWorld(data)) as unknown as ThreadWork;
  }
  if (kind === 'replay') {
    const [{ createReplayWork }, { createReplayQueueWorld }] = await Promise.all([
      import('../activities/replay/queue/work.ts'),
      import('./replay-world.ts'),
    ]);
    return createReplayWork(createReplayQueueWorld(data)) as unknown as ThreadWork;
  }
  const [{ createLongMemEvalWork }, { createLongMemEvalWorld }] = await Promise.all([
    import('../activities/longmemeval/work.ts'),
    import('./longmemeval-world.ts'),
  ]);
  return createLongMemEvalWork(createLongMemEvalWorld(data)) as unknown as ThreadWork;
}
