import type { QrelsFloor } from '../../schemas/qrels-report.ts';
import type { Evaluation } from './evaluate.ts';
import type { Measure } from './measure-family.ts';

/** The least that a measure must come to. */
export interface Floor {
  /** As it was asked for. */
  readonly text: string;
  readonly measure: Measure;
  readonly least: number;
}

/** Holds an evaluation against floors. A measure without a value is below every floor. */
export function judgeFloors(floors: readonly Floor[], { measures, values }: Evaluation): QrelsFloor[] {
  return floors.map(({ text, measure, least }) => {
    const value = values[measures.findIndex(({ name }) => name === measure.name)] ?? null;
    return { metric: text, floor: least, value, is_met: value !== null && value >= least };
  });
}
