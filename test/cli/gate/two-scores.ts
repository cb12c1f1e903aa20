import { createRandom, type Random } from '../../../domain/shared/random.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';
import { dimensionOf, makeFixtureFiles, TITLE, TOPICS, writeSentences, type FixtureQuery } from './fixture-files.ts';

/** Of a page's two passages how many sentences name the topic and how many there are, and whether the page has the vector of the query. */
interface PageShape {
  readonly truth: readonly [mentions: number, sentences: number];
  readonly text: readonly [mentions: number, sentences: number];
  readonly isNear: boolean;
}
