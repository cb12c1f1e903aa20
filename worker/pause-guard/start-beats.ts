import { writeBeat } from '../../adapters/pause/guard-beat.ts';
import type { GuardPlaces } from '../../adapters/pause/pause-places.ts';
import type { PauseGuardBeat } from '../../schemas/pause-guard.ts';

/** What a guard says of itself. */
export type GuardWords = Pick<PauseGuardBeat, 'token' | 'doing' | 'problem'>;

export interface Beats {
  words(): GuardWords;
  /** Changes what is said, at once. */
  say(words: GuardWords): void;
  stop(): void;
}

const BEAT_MS = 2_000;

/** Gives a sign of life every two seconds, whatever the guard waits for meanwhile. */
export function startBeats(places: GuardPlaces, shownUrl: string, log: (text: string) => void): Beats {
  let words: GuardWords = { token: null, doing: 'idle', problem: null };
  const beat = (): void => {
    try {
      writeBeat(places, { production_url: shownUrl, ...words });
    } catch (error) {
      // On a full disk the guard seems to be gone, but it still resumes.
      log(`no sign of life: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  beat();
  const timer = setInterval(beat, BEAT_MS);
  return {
    words: () => words,
    say: (next) => {
      const isNews = JSON.stringify(next) !== JSON.stringify(words);
      words = next;
      if (isNews) beat();
    },
    stop: () => clearInterval(timer),
  };
}
