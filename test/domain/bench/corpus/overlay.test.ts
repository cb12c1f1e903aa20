import { expect, it } from 'vitest';
import { addToOverlay, MAX_OVERLAY_EVENTS, removeFromOverlay } from '../../../../domain/bench/corpus/overlay.ts';
import type { OverlayRow } from '../../../../schemas/bench-corpus.ts';

function content(number: number) {
  return { event_id: `shell-${number}`, source: 'shell', redacted_content: '{}', content_sha256: 'c'.repeat(64) };
}

function grow(count: number): readonly OverlayRow[] {
  let rows: readonly OverlayRow[] = [];
  for (let number = 0; number < count; number += 1) {
    const edit = addToOverlay(rows, content(number), 'quotes an apology', '2026-03-10T00:00:00.000Z');
    if ('rows' in edit) rows = edit.rows;
  }
  return rows;
}

it('holds fifty events and not one more', () => {
  expect(MAX_OVERLAY_EVENTS).toBe(50);
  expect(grow(49)).toHaveLength(49);
  expect(grow(50)).toHaveLength(50);
  expect(addToOverlay(grow(50), content(50), 'one too many', '2026-03-10T00:00:00.000Z')).toEqual({ refused: 'full' });
});

it('takes an event once, and gives it back', () => {
  const rows = grow(2);
  expect(addToOverlay(rows, content(1), 'again', '2026-03-10T00:00:00.000Z')).toEqual({ refused: 'known' });
  expect(removeFromOverlay(rows, 'shell-0')).toEqual({ rows: rows.slice(1) });
  expect(removeFromOverlay(rows, 'shell-7')).toEqual({ refused: 'unknown' });
});
