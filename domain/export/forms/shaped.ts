import type { JsonObject } from '../../shared/json.ts';
import type { FormRefusal } from '../../../schemas/vocabulary.ts';

/** A row in another form, or why that form cannot hold it. `cutTurns`: turns at the end that were left out because the form must end earlier. */
export type Shaped =
  | { readonly ok: true; readonly row: JsonObject; readonly cutTurns: number }
  | { readonly ok: false; readonly reason: FormRefusal; readonly detail: string };

export function shaped(row: JsonObject, cutTurns = 0): Shaped {
  return { ok: true, row, cutTurns };
}

export function unshapable(reason: FormRefusal, detail: string): Shaped & { ok: false } {
  return { ok: false, reason, detail };
}
