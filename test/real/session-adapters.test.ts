import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../adapters/sources/claude-code.ts';
import type { Draft, EvidenceDraft, SourceAdapter } from '../../adapters/sources/source-adapter.ts';
import { sweAgent } from '../../adapters/sources/swe-agent.ts';
import { isEvidence } from '../adapters/sources/adapter-contract.ts';
import { recordsOf } from '../adapters/sources/records-of.ts';
import { sampleOf } from '../adapters/sources/sample-of.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const SESSIONS = join(DATA, 'trace-claude-code');
const TRAJECTORIES = join(DATA, 'trace-swe-agent-demos');
const isPresent = existsSync(SESSIONS) && existsSync(TRAJECTORIES);
if (!isPresent) console.log('skipped: real data not present');

const CURRIES = 'samples/claude-code-projects/0ccf1a04-1b4c-43b6-8aa5-79e41db43a68';
const VARIANTS = 'session-viewer/test/INTEGRATION/fixtures';

describe.skipIf(!isPresent)('coding-agent sessions', () => {
  const files = isPresent ? filesIn(SESSIONS, /\.jsonl?$/) : [];
  const drafts = new Map(files.map((file) => [file, draftsIn(claudeCode, SESSIONS, file)]));
  const evidence = [...drafts.values()].flat().filter(isEvidence);

  it('are 11 files of lines and one export, and none of their records is refused', () => {
    expect(files).toHaveLength(12);
    expect([...drafts.values()].flat().filter((draft) => !isEvidence(draft))).toEqual([]);
  });

  it('have no known outcome', () => {
    expect(new Set(evidence.map(({ outcome }) => outcome.state))).toEqual(new Set(['unknown']));
    for (const { signals } of evidence)
      expect([signals.human, signals.judges, signals.tests, signals.reward]).toEqual([[], [], undefined, undefined]);
  });

  it('fork in one file only: where the user asked twice', () => {
    const branchCounts = Object.fromEntries([...drafts].map(([file, found]) => [file, found.length]));
    // Read by eye: in the session about curries two user turns hang on the same system line, and all other forks are parallel tool results.
    expect(branchCounts).toEqual({ ...Object.fromEntries(files.map((file) => [file, 1])), [`${CURRIES}.jsonl`]: 2 });
  });

  it('have as many branches as the raw links say, once answered tool calls are set aside', () => {
    for (const file of files.filter((name) => name.endsWith('.jsonl') && !name.endsWith('edit-tool-variants.jsonl'))) {
      expect(drafts.get(file)?.length, file).toBe(countLastTurns(linesOf(file)));
    }
  });

  it('lead, in the session about curries, to an interruption and to a published transcript', () => {
    const [interrupted, published] = (drafts.get(`${CURRIES}.jsonl`) ?? []).filter(isEvidence);
    expect(interrupted?.branch).toBe('c8a3ae73-1ae2-4243-903c-52f44bf2395c');
    expect(interrupted?.signals.cancelled).toBe(true);
    expect(published?.branch).toBe('17356307-91e1-47c7-bf61-ecd73b31784f');
    expect(published?.signals.cancelled).toBe(false);
    // Read by eye: three sub-agents at once, a look at one of them, two more at once, and the upload.
    expect(published?.messages.map(({ tool_calls: calls }) => calls?.length ?? 0).filter((count) => count > 0)).toEqual([3, 1, 2, 1]);
    expect(published?.recordedAt).toBe('2026-01-22T19:38:12.032Z');
  });

  it('hold one conversation where the program never wrote the parent of a line', () => {
    const [edits] = (drafts.get(`${VARIANTS}/edit-tool-variants.jsonl`) ?? []).filter(isEvidence);
    expect(edits?.messages.map(({ role }) => role).join(' ')).toBe(`user${' assistant tool'.repeat(4)}`);
    expect(edits?.signals.proxies).toEqual({ bridged_links: 1 });
    expect(edits?.line).toBe(2);
  });

  it('answer every tool call of every branch', () => {
    for (const { messages } of evidence) {
      const asked = messages.flatMap(({ tool_calls: calls }) => (calls ?? []).map(({ id }) => id));
      const answered = messages.flatMap(({ tool_call_id: id }) => (id === undefined ? [] : [id]));
      expect(answered.sort()).toEqual(asked.sort());
    }
  });

  it('name the session of each sub-agent, which is the folder it lies in', () => {
    for (const [file, found] of drafts) {
      const parent = /([^/]+)\/subagents\//.exec(file)?.[1] ?? null;
      for (const draft of found.filter(isEvidence)) expect(draft.parent_id, file).toBe(parent);
    }
  });

  it('keep every word of the user and of the model, and none of the thinking', () => {
    for (const file of files.filter((name) => name.endsWith('.jsonl'))) {
      const said = (drafts.get(file) ?? []).filter(isEvidence).flatMap(({ messages }) => messages.map(({ content }) => content));
      const lines = linesOf(file);
      for (const text of blocksOf(lines, 'text'))
        expect(
          said.some((content) => content.includes(text)),
          text.slice(0, 60),
        ).toBe(true);
      for (const thought of blocksOf(lines, 'thinking'))
        expect(
          said.some((content) => content.includes(thought)),
          thought.slice(0, 60),
        ).toBe(false);
    }
  });
});

describe.skipIf(!isPresent)('SWE-agent demonstrations', () => {
  const files = isPresent ? filesIn(TRAJECTORIES, /\.traj$/) : [];
  const runs = files.flatMap((file) => draftsIn(sweAgent, TRAJECTORIES, file).map((draft) => ({ file, draft, raw: trajectoryOf(file) })));

  it('are 22 records, none refused and none with a known outcome', () => {
    expect(files).toHaveLength(22);
    expect(runs).toHaveLength(22);
    expect(runs.map(({ draft }) => (isEvidence(draft) ? draft.outcome : draft))).toEqual(
      Array.from({ length: 22 }, () => ({ state: 'unknown', value: null, from: 'none' })),
    );
  });

  it('keep every turn but the two demonstrations', () => {
    const turns = runs.flatMap(({ raw }) => raw.history);
    const demonstrations = turns.filter(({ is_demo: isDemo }) => isDemo === true);
    expect(demonstrations).toHaveLength(2);
    expect(evidenceOf(runs).reduce((sum, { messages }) => sum + messages.length, 0)).toBe(turns.length - demonstrations.length);
    for (const { content } of demonstrations)
      expect(JSON.stringify(evidenceOf(runs).map(({ messages }) => messages))).not.toContain(JSON.stringify(content).slice(1, 200));
  });

  it('hand over their submissions: patches, flags and one that has none', () => {
    const kinds = evidenceOf(runs).map(({ artifacts }) => artifacts.map(({ kind }) => kind).join());
    const tally = { patch: 0, answer: 0, none: 0 };
    for (const { raw } of runs)
      tally[raw.info?.submission === undefined ? 'none' : raw.info.submission.includes('diff --git') ? 'patch' : 'answer'] += 1;
    expect({
      patch: kinds.filter((kind) => kind === 'patch').length,
      answer: kinds.filter((kind) => kind === 'answer').length,
      none: kinds.filter((kind) => kind === '').length,
    }).toEqual(tally);
    expect(tally.none).toBe(1);
  });

  it('share the task of the eight runs on one issue', () => {
    const onOneIssue = runs.filter(({ file }) => file.endsWith('/marshmallow-code__marshmallow-1867.traj'));
    expect(onOneIssue).toHaveLength(8);
    const tasks = [...new Set(evidenceOf(onOneIssue).map(({ task }) => `${task.id} ${task.text.replaceAll(/\s+/g, ' ').trim()}`))];
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatch(/^marshmallow-code__marshmallow-1867 TimeDelta serialization precision Hi there!/);
  });
});

interface Trajectory {
  readonly history: readonly { readonly content: string; readonly is_demo?: boolean }[];
  readonly info?: { readonly submission?: string };
}

function trajectoryOf(file: string): Trajectory {
  return JSON.parse(readFileSync(join(TRAJECTORIES, file), 'utf8')) as Trajectory;
}

function evidenceOf(runs: readonly { readonly draft: Draft }[]): EvidenceDraft[] {
  return runs.map(({ draft }) => draft).filter(isEvidence);
}

function filesIn(folder: string, name: RegExp): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function draftsIn(adapter: SourceAdapter, folder: string, file: string): readonly Draft[] {
  const text = readFileSync(join(folder, file), 'utf8');
  const layout = adapter.detect(sampleOf(text, file))?.layout;
  if (layout === undefined || layout === 'companion')
    throw new Error(`reading ${file}: expected a source, found ${layout ?? 'nothing known'}.`);
  return recordsOf(text, layout).flatMap((record) => adapter.normalize(record, { path: file, options: {} }));
}

interface RawLine {
  readonly type: string;
  readonly uuid?: string;
  readonly parentUuid?: string | null;
  readonly message?: {
    readonly content: string | readonly { readonly type: string; readonly text?: string; readonly thinking?: string }[];
  };
}

function linesOf(file: string): RawLine[] {
  const lines = readFileSync(join(SESSIONS, file), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as RawLine);
}

const isTurn = (line: RawLine): boolean => line.type === 'user' || line.type === 'assistant';

/** Another way to the number of branches: turns below which no turn stands, without tool results; one where the file has no links at all. */
function countLastTurns(lines: readonly RawLine[]): number {
  if (!lines.some(({ parentUuid }) => typeof parentUuid === 'string')) return 1;
  const turnBelow = (uuid: string | undefined): boolean =>
    lines.some((line) => line.parentUuid === uuid && (isTurn(line) || turnBelow(line.uuid)));
  const hasWords = ({ message }: RawLine): boolean =>
    typeof message?.content === 'string' || message?.content.some(({ type }) => type !== 'tool_result') === true;
  return lines.filter((line) => isTurn(line) && hasWords(line) && !turnBelow(line.uuid)).length;
}

function blocksOf(lines: readonly RawLine[], type: 'text' | 'thinking'): string[] {
  return lines.filter(isTurn).flatMap(({ message }) => {
    if (typeof message?.content === 'string') return type === 'text' ? [message.content] : [];
    return (message?.content ?? []).flatMap((block) => (block.type === type && block[type] !== undefined ? [block[type]] : []));
  });
}
