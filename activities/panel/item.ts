import type { LabelledRow } from '../../domain/panel/index.ts';

/** One output that judges are asked about. */
export interface PanelItem {
  readonly id: string;
  readonly task: string;
  readonly output: string;
  /** A right answer, or a text to compare with; null where none is known. */
  readonly reference: string | null;
  /** Models that are said to have taken part in it. */
  readonly names: readonly string[];
  /** What it is worth, where that is known. */
  readonly label: LabelledRow['label'] | null;
}
