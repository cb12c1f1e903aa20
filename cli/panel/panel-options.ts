import { PANEL_DIMENSIONS, isSlug, parseDimensions } from '../../domain/panel/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { PanelChoices } from '../../worker/inputs/panel-setup.ts';
import type { GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { PlaceOptions } from '../places.ts';

/** What `lauter eval cross-modal` is told. */
export interface PanelOptions extends PlaceOptions, GlossaryChoice {
  readonly task?: string;
  readonly output?: string;
  readonly slug?: string;
  readonly reference?: string;
  readonly swap?: boolean;
  readonly receiptDir?: string;
  readonly batch?: string;
  readonly limit?: number;
  readonly concurrent?: number;
  readonly keepServer?: boolean;
  readonly dimensions?: string;
  readonly cycles?: number;
  readonly slotAModel?: string;
  readonly slotBModel?: string;
  readonly slotCModel?: string;
  readonly maxTokens: number;
  readonly maxUsd?: number;
  readonly calibration?: string;
  readonly blind?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly report?: string;
}

/** As `lauter` is given it; what the config limits it by. */
export const PANEL_COMMAND = 'eval cross-modal';
export const USUAL_CAP_USD = 5;

/** Refuses what does not go together, before anything is read: UsageError. */
export function checkPanelOptions(options: PanelOptions): void {
  const { task, batch, output, slug, swap, reference } = options;
  if (task !== undefined && batch !== undefined) throw refuse('--batch', 'one of --task and --batch', 'both');
  if (task === undefined && batch === undefined) throw refuse('--task', 'a task with its --output, or a --batch', 'neither');
  const foreign = batch === undefined ? OF_BATCH : OF_SINGLE;
  const stray = Object.entries(foreign).find(([name]) => options[name as keyof PanelOptions] !== undefined);
  if (stray !== undefined) {
    throw refuse(
      stray[1],
      `it with ${batch === undefined ? '--batch' : '--task'} alone`,
      `it with ${batch === undefined ? '--task' : '--batch'}`,
    );
  }
  if (batch === undefined && output === undefined) throw refuse('--output', 'the file that is to be judged', 'none');
  if (slug !== undefined && !isSlug(slug))
    throw refuse('--slug', 'letters, digits, _ and -, a letter or digit first', JSON.stringify(slug), slug);
  if (swap === true && reference === undefined) throw refuse('--swap', 'a --reference to compare with', 'none');
}

/** What the judges are asked with. */
export function panelChoices(options: PanelOptions, usualCycles: number): PanelChoices {
  return {
    dimensions: options.dimensions === undefined ? PANEL_DIMENSIONS : parseDimensions(options.dimensions),
    cycles: options.cycles ?? usualCycles,
    maxTokens: options.maxTokens,
    isBlind: options.blind === true,
    models: { a: options.slotAModel, b: options.slotBModel, c: options.slotCModel },
  };
}

const OF_BATCH = { limit: '--limit', concurrent: '--concurrent', keepServer: '--keep-server' } as const;
const OF_SINGLE = { slug: '--slug', receiptDir: '--receipt-dir', reference: '--reference', swap: '--swap' } as const;

function refuse(flag: string, expected: string, found: string, value?: string): UsageError {
  return new UsageError(
    `reading the command line, on ${flag}: expected ${expected}, found ${found}.`,
    'See `lauter eval cross-modal --help`.',
    { flag, ...(value === undefined ? {} : { value }) },
  );
}
