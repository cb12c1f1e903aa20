/** What a run of a bench is told where nobody chooses. Durations are in milliseconds. */
export const USUAL_MEASURES = {
  mode: 'hybrid',
  temperature: 0.7,
  minScoreable: 100,
  callTimeout: 120_000,
  maxPause: 2_700_000,
  ttl: 120_000,
  renewEvery: 30_000,
} as const;
