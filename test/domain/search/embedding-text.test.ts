import { expect, test } from 'vitest';
import { embeddingText } from '../../../domain/search/embedding-text.ts';

test('a synopsis takes the place of the title, where one is wanted', () => {
  const [text, synopsis] = ['Ships pay by length.', 'What harbours ask of ships.'];
  expect(embeddingText('Harbour dues', text, 'synopsis', synopsis)).toBe(`${synopsis}\n\n${text}`);
  expect(embeddingText('Harbour dues', text, 'title', synopsis)).toBe(`Harbour dues\n\n${text}`);
  expect(embeddingText('Harbour dues', text, 'none', synopsis)).toBe(text);
});

test.each([
  ['none', 'Harbour dues', 'Ships pay by length.', 'Ships pay by length.'],
  ['title', 'Harbour dues', 'Ships pay by length.', 'Harbour dues\n\nShips pay by length.'],
  ['synopsis', 'Harbour dues', 'Ships pay by length.', 'Harbour dues\n\nShips pay by length.'],
  ['title', '', 'Ships pay by length.', 'Ships pay by length.'],
] as const)('%s: %j and %j', (contextual, title, text, expected) => {
  expect(embeddingText(title, text, contextual)).toBe(expected);
});
