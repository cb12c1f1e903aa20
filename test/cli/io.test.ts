import { expect, test } from 'vitest';
import { processIo } from '../../cli/io.ts';

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
