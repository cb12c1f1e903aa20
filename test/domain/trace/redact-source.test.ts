import { describe, expect, test } from 'vitest';
import { judgeTrace, redactSource } from '../../../domain/trace/index.ts';
import type { TraceLink, TraceState } from '../../../schemas/trace.ts';

describe('a source record as it may be shown', () => {
  test('keys and values lose what is secret, and the same value keeps its placeholder', () => {
    const { text } = redactSource({ to: 'ines@harbour.example', 'ines@harbour.example': ['hello', { cc: 'ines@harbour.example' }] }, 1_000);
    expect(JSON.parse(text)).toEqual({ to: '[EMAIL_1]', '[EMAIL_1]': ['hello', { cc: '[EMAIL_1]' }] });
  });

  test('a key and its value can be a secret together', () => {
    expect(redactSource({ config: { password: 'tide-and-moon-7731' } }, 1_000).text).not.toContain('tide-and-moon');
  });

  test('it is cut after that, so that no half of a secret is left', () => {
    const { text, is_cut } = redactSource(['ines@harbour.example'], 8);
    expect({ text, is_cut }).toEqual({ text: '["[EMAIL', is_cut: true });
  });
});

describe('the verdict of a trace', () => {
  const link = (state: TraceState, path: string): TraceLink => ({
    link: 'source_file',
    state,
    of: 'r',
    path,
    expected: 'e',
    found: 'f',
    remedy: '',
  });

  test('a broken link outweighs one that cannot be proved, wherever it stands', () => {
    const links = [link('holds', 'a'), link('unprovable', 'b'), link('broken', 'c'), link('broken', 'd')];
    expect(judgeTrace(links)).toMatchObject({ verdict: 'broken', first: { path: 'c' } });
    expect(judgeTrace(links.slice(0, 2))).toMatchObject({ verdict: 'unprovable', first: { path: 'b' } });
    expect(judgeTrace(links.slice(0, 1))).toEqual({ verdict: 'holds', first: null });
  });
});
