import { expect, test } from 'vitest';
import { embeddingText } from '../../../domain/search/embedding-text.ts';

test.each([
  ['none', 'Harbour dues', 'Ships pay by length.', 'Ships pay by length.'],
  ['title', 'Harbour dues', 'Ships pay by length.', 'Harbour dues\n\nShips pay by length.'],
  ['synopsis', 'Harbour dues', 'Ships pay by length.', 'Harbour dues\n\nShips pay by length.'],
  ['title', '', 'Ships pay by length.', 'Ships pay by length.'],
] as const)('%s: %j and %j', (contextual, title, text, expected) => {
  expect(embeddingText(title, text, contextual)).toBe(expected);
});
