export { compareSetup, type PresentSetup, type RecordedSetup } from './compare-setup.ts';
export { matchWatched } from './match-watched.ts';
export { DEFAULT_WATCH } from './watch-list.ts';
