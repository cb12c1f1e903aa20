import type { OverlayRow } from '../../../schemas/bench-corpus.ts';
import type { EventContent } from './corpus-row.ts';

/** Most events that an overlay may hold. */
export const MAX_OVERLAY_EVENTS = 50;

/** The rows of an overlay after an edit, or why it was not made. */
export type OverlayEdit = { readonly rows: readonly OverlayRow[] } | { readonly refused: 'known' | 'unknown' | 'full' };

/** Adds an event that is not in the overlay yet. */
export function addToOverlay(rows: readonly OverlayRow[], content: EventContent, reason: string, addedAt: string): OverlayEdit {
  if (rows.some(({ event_id }) => event_id === content.event_id)) return { refused: 'known' };
  if (rows.length >= MAX_OVERLAY_EVENTS) return { refused: 'full' };
  return { rows: [...rows, { ...content, reason, added_at_iso: addedAt }] };
}

/** Takes an event out of the overlay. */
export function removeFromOverlay(rows: readonly OverlayRow[], eventId: string): OverlayEdit {
  const rest = rows.filter(({ event_id }) => event_id !== eventId);
  return rest.length === rows.length ? { refused: 'unknown' } : { rows: rest };
}
