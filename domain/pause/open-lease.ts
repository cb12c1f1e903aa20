import type { PauseLease, PauseMarker } from '../../schemas/pause-lease.ts';

/** The lease that still holds, or may still hold, production paused; null where nothing does. */
export function openLease(marker: PauseMarker): PauseLease | null {
  return marker.kind === 'lease' && marker.lease.state !== 'resumed' ? marker.lease : null;
}
