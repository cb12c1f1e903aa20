import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../adapters/digest.ts';
import { draftQa, stratify } from '../../../../domain/bench/qa/draft.ts';
import { graftQa } from '../../../../domain/bench/qa/graft.ts';
import { qaWorklist } from '../../../../domain/bench/qa/worklist.ts';
import type { JsonObject } from '../../../../domain/shared/json.ts';

function event(id: string, content: string) {
  return { event_id: id, source: id.split('-')[0]!, redacted_content: content, content_sha256: sha256(content) };
}

function lines(values: readonly JsonObject[]) {
  return values.map((value, index) => ({ line: index + 1, value }));
}

describe('a draft', () => {
  const events = [...[1, 2, 3, 4].map((n) => event(`shell-${n}`, `shell ${n}`)), event('claude-9', 'claude 9')];

  it('binds blank questions to a seeded sample that is even over the sources', () => {
    // With seed 42 the shell events come as 2 (5e), 1 (6d), 3 (ab), 4 (e8).
    const rows = draftQa(events, { count: 3, seed: 42 }, sha256);
    expect(rows.map((row) => row.golden_event_id)).toEqual(['claude-9', 'shell-1', 'shell-2']);
    expect(rows[0]).toEqual({
      qa_id: 'qa-001',
      question: '',
      golden_event_id: 'claude-9',
      golden_content_sha256: [sha256('claude 9')],
      source_filter: 'claude',
      acceptable_answer_keywords: [],
      tags: [],
    });
    expect(stratify(rows)).toEqual({ claude: 1, shell: 2 });
  });

  it('takes every event when there are fewer than asked for', () => {
    expect(draftQa(events, { count: 50, seed: 42 }, sha256)).toHaveLength(5);
  });
});

describe('a worklist', () => {
  const events = ['shell-2', 'shell-10', 'claude-1'].map((id) => event(id, id));

  it('holds what cannot be scored, with the sorted events that could answer it', () => {
    const rows = lines([
      { qa_id: 'fine', question: 'Which?', golden_event_id: 'shell-2', source_filter: null },
      { qa_id: 'lost', question: 'Who?', golden_event_id: 'shell-77', source_filter: 'shell' },
      { qa_id: 'open', question: 'When?', golden_event_id: null, source_filter: null },
    ]);
    expect(qaWorklist(rows, events)).toEqual([
      {
        qa_id: 'lost',
        question: 'Who?',
        source_filter: 'shell',
        current_golden_event_id: 'shell-77',
        candidate_event_ids: ['shell-10', 'shell-2'],
      },
      {
        qa_id: 'open',
        question: 'When?',
        source_filter: null,
        current_golden_event_id: null,
        candidate_event_ids: ['claude-1', 'shell-10', 'shell-2'],
      },
    ]);
  });
});

describe('a graft', () => {
  const from = [event('shell-1', 'dome opened'), event('shell-2', 'dome closed'), event('shell-3', 'sky dark'), event('shell-4', 'rain')];
  // The rebuild numbered anew: shell-1 is another event now, "sky dark" stands twice, and "rain" is gone.
  const to = [event('shell-1', 'dome closed'), event('shell-2', 'dome opened'), event('shell-3', 'sky dark'), event('shell-9', 'sky dark')];
  const rows = lines([
    { qa_id: 'opened', question: 'Who opened?', golden_event_id: 'shell-1', source_filter: 'shell', tags: ['night'] },
    { qa_id: 'dark', question: 'Was it dark?', golden_event_id: 'shell-3', source_filter: null },
    { qa_id: 'rain', question: 'Did it rain?', golden_event_id: 'shell-4', source_filter: null },
    { qa_id: 'both', question: 'What moved?', golden_event_ids: ['shell-2', 'shell-4'], source_filter: null },
    { qa_id: 'open', question: 'Who knows?', golden_event_id: null, source_filter: null },
  ]);
  const graft = graftQa({ rows, from, to });

  it('carries over by content, where exactly one event has it, and never by id', () => {
    expect(graft.mapped).toEqual([
      { qa_id: 'opened', old_event_id: 'shell-1', new_event_id: 'shell-2' },
      { qa_id: 'both', old_event_id: 'shell-2', new_event_id: 'shell-1' },
    ]);
    expect(graft.unmapped).toEqual([
      { qa_id: 'dark', old_event_id: 'shell-3' },
      { qa_id: 'rain', old_event_id: 'shell-4' },
      { qa_id: 'both', old_event_id: 'shell-4' },
      { qa_id: 'open', old_event_id: null },
    ]);
  });

  it('leaves a golden empty that was not carried over, keeps all the rest, and puts the question on the worklist', () => {
    expect(graft.rows[0]).toEqual({ ...rows[0]!.value, golden_event_id: 'shell-2', golden_content_sha256: [sha256('dome opened')] });
    expect(graft.rows[2]).toMatchObject({ golden_event_id: null, golden_content_sha256: [] });
    expect(graft.rows[3]).toMatchObject({ golden_event_ids: ['shell-1'], golden_content_sha256: [sha256('dome closed')] });
    expect(graft.worklist.map(({ qa_id }) => qa_id)).toEqual(['dark', 'rain', 'both', 'open']);
  });

  it('goes by the hashes that the rows record when the old corpus is gone', () => {
    const noted = lines([
      { qa_id: 'opened', question: 'Who?', golden_event_id: 'shell-1', golden_content_sha256: [sha256('dome opened')] },
    ]);
    expect(graftQa({ rows: noted, from: [], to }).mapped).toHaveLength(1);
    expect(graftQa({ rows: rows.slice(0, 1), from: [], to }).mapped).toHaveLength(0);
  });

  it('does not touch the old rows', () => {
    expect(rows[0]!.value).not.toHaveProperty('golden_content_sha256');
  });
});
