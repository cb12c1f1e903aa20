import { expect, test } from 'vitest';
import { processIo, readChoice } from '../../cli/io.ts';

test('the newest listener hears an interrupt alone, and the one before it again when that ends', () => {
  const before = process.listenerCount('SIGTERM');
  const io = processIo();
  const heard: string[] = [];
  const endOuter = io.onInterrupt((signal) => heard.push(`outer ${signal}`));
  const endInner = io.onInterrupt((signal) => heard.push(`inner ${signal}`));
  process.emit('SIGTERM', 'SIGTERM');
  endInner();
  process.emit('SIGTERM', 'SIGTERM');
  endInner();
  process.emit('SIGTERM', 'SIGTERM');
  endOuter();
  expect(heard).toEqual(['inner SIGTERM', 'outer SIGTERM', 'outer SIGTERM']);
  // Without listeners a signal ends the process, as the system would have it.
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('a choice is a word or its beginning, the usual one when nothing is said, and nothing else', () => {
  const choice = (answer: string) => readChoice(answer, ['conservative', 'balanced', 'tokenmax'], 'balanced');
  expect(['', 't', 'TOKENMAX', 'cons'].map(choice)).toEqual(['balanced', 'tokenmax', 'tokenmax', 'conservative']);
  expect(['2', 'yes', 'balanced, please'].map(choice)).toEqual([undefined, undefined, undefined]);
});
