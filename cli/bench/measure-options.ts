import type { MeasureChoices } from '../../worker/inputs/bench-settings.ts';
import type { PlaceOptions } from '../places.ts';

/** What `bench run` and `bench sweep` are told on the command line. */
export interface MeasureOptions extends PlaceOptions, MeasureChoices {
  readonly out?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly keepServer?: boolean;
}
