import type { PreferenceRow } from '../../../schemas/export-rows.ts';
import { shaped, unshapable, type Shaped } from './shaped.ts';
import { trlTurns } from './trl.ts';

export const SIDES = ['chosen', 'rejected'] as const;
export type Side = (typeof SIDES)[number];

/** Takes preference rows apart into labelled answers, each of which stands once. Needs to have seen all rows before the first is taken apart. */
export class Unpairing {
  readonly #sides = { chosen: new Set<string>(), rejected: new Set<string>() };
  readonly #written = new Set<string>();

  /** First pass: remembers which attempts win and lose. Two short strings a pair are all that is kept. */
  see({ chosen_id, rejected_id }: PreferenceRow): void {
    this.#sides.chosen.add(shortened(chosen_id));
    this.#sides.rejected.add(shortened(rejected_id));
  }

  /** Second pass: the answer on one side of a pair, with its label, or why it has no line of its own. */
  take(row: PreferenceRow, side: Side): Shaped {
    const id = side === 'chosen' ? row.chosen_id : row.rejected_id;
    const key = shortened(id);
    if (this.#sides.chosen.has(key) && this.#sides.rejected.has(key)) return unshapable('both_sides', `attempt ${id}`);
    // An attempt's prompt is the beginning of its own turns, or its task's text: how it was made and how long it is tell it.
    const answer = `${key}:${row.prompt_from}:${row.prompt.length}`;
    if (this.#written.has(answer)) return unshapable('repeated', `attempt ${id}`);
    this.#written.add(answer);
    const [prompt, completion] = [trlTurns(row.prompt), trlTurns(row[side])];
    return shaped({ id, pair_id: row.id, prompt, completion, label: side === 'chosen' });
  }
}

/** 96 of the 256 bits: two of a billion attempts share them once in 10^11 sets. */
function shortened(id: string): string {
  return id.slice(0, 24);
}
