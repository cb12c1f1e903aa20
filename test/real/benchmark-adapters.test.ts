import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aiderBench } from '../../adapters/sources/aider-bench.ts';
import { intercode } from '../../adapters/sources/intercode.ts';
import { reflexion } from '../../adapters/sources/reflexion.ts';
import { reviewComments } from '../../adapters/sources/review-comments.ts';
import type { EvidenceDraft, SourceAdapter } from '../../adapters/sources/source-adapter.ts';
import { tauBench } from '../../adapters/sources/tau-bench.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { evidenceIn, outputText } from '../adapters/sources/evidence-in.ts';
import type { FixtureFile } from '../adapters/sources/fixture-files.ts';
import { sampleOf } from '../adapters/sources/sample-of.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const isPresent = existsSync(DATA);
if (!isPresent) console.log('skipped: real data not present');

const ADAPTERS: readonly SourceAdapter[] = [tauBench, aiderBench, intercode, reflexion, reviewComments];

/** A source record as the test itself parses it: only what holds the truth is named. */
interface Run {
  reward: number;
  trial: number;
}
interface Instance {
  instance_id: string;
  model_patch: string;
  resolved: boolean;
  edit_outcome: boolean | null;
  lint_outcome: boolean | null;
  test_outcome: boolean | null;
}
interface Episode {
  query: string;
  turn_history: { actions: string[]; rewards: number[] };
  summary: { max_reward: number };
}
interface Problem {
  prompt: string;
  solution: string | string[];
  is_solved: boolean;
  canonical_solution?: string;
  cannonical_solution?: string;
}
interface TrialResult {
  name: string;
  is_success: boolean;
}
interface PullRequest {
  comments: { note: string }[];
}

describe.skipIf(!isPresent)('benchmark adapters against the truth in the real data', () => {
  it('tau-bench: 84 runs rewarded, 116 not', () => {
    const [file] = filesIn('trace-tau-bench', /\.json$/);
    const runs = JSON.parse(file!.text) as Run[];
    const drafts = evidenceIn(tauBench, file!);
    expect(drafts.length).toBe(runs.length);
    runs.forEach((run, index) => {
      expect(drafts[index]?.outcome).toEqual({ state: run.reward === 1 ? 'success' : 'failure', value: run.reward, from: 'reward' });
      expect(drafts[index]?.trial).toBe(run.trial);
    });
    expect(states(drafts)).toEqual({ success: 84, failure: 116 });
    expect(keysOf(drafts).size).toBe(50);
    // Every answered call of the source is an answered call of the draft.
    const answered = drafts.flatMap((draft) => {
      const calls = new Set(draft.messages.flatMap((message) => (message.tool_calls ?? []).map((call) => call.id)));
      return draft.messages.filter((message) => message.role === 'tool' && calls.has(message.tool_call_id ?? ''));
    });
    expect(answered.length).toBe(1164);
  });

  it('aider-bench: 79 instances resolved, 221 not, and none of the 144 traps believed', () => {
    let traps = 0;
    const drafts = filesIn('trace-aider-swebench', /__[^/]*\.json$/).map((file) => {
      const instance = JSON.parse(file.text) as Instance;
      const [draft, ...more] = evidenceIn(aiderBench, file);
      expect(more).toEqual([]);
      expect(draft?.outcome.state, file.path).toBe(instance.resolved ? 'success' : 'failure');
      expect(draft?.artifacts.map((artifact) => artifact.text)).toEqual(instance.model_patch === '' ? [] : [instance.model_patch]);
      if (instance.edit_outcome && instance.lint_outcome && instance.test_outcome && !instance.resolved) {
        traps += 1;
        expect(draft?.outcome.state, instance.instance_id).toBe('failure');
      }
      return draft!;
    });
    expect(traps).toBe(144);
    expect(states(drafts)).toEqual({ success: 79, failure: 221 });
  });

  it('intercode: 434 episodes at reward 1, 440 in between, 145 at 0', () => {
    const all = filesIn('trace-intercode', /\.json$/).flatMap((file) => {
      const episodes = Object.values(JSON.parse(file.text) as Record<string, Episode>);
      const drafts = evidenceIn(intercode, file);
      expect(drafts.length, file.path).toBe(episodes.length);
      episodes.forEach((episode, index) => {
        const { max_reward: stated } = episode.summary;
        // The truth stands twice in an agent's episode, so the test itself is checked as well.
        expect(Math.max(...episode.turn_history.rewards)).toBe(stated);
        expect(drafts[index]?.outcome.value, `${file.path} ${index}`).toBe(stated);
        expect(drafts[index]?.messages[0]).toEqual({ role: 'user', content: episode.query });
      });
      return drafts;
    });
    expect(all.length).toBe(1019);
    expect(states(all)).toEqual({ success: 434, partial: 440, failure: 145 });
    expect(all.some((draft) => draft.messages.some((message) => message.content.includes('EXCEEDED MAX TURNS')))).toBe(false);
  });

  it('reflexion: 3,346 problems solved, 1,327 not, no reference as the answer of a model that gave none', () => {
    let equalToReference = 0;
    const all = filesIn('trace-reflexion', /\.jsonl$/).flatMap((file) => {
      const problems = file.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Problem);
      const drafts = evidenceIn(reflexion, file);
      expect(drafts.length, file.path).toBe(problems.length);
      problems.forEach((problem, index) => {
        const draft = drafts[index]!;
        expect(draft.outcome.state, `${file.path} ${index}`).toBe(problem.is_solved ? 'success' : 'failure');
        const said = Array.isArray(problem.solution) ? problem.solution.join('\n') : problem.solution;
        expect(draft.artifacts.map((artifact) => artifact.text)).toEqual(said.trim() === '' ? [] : [said]);
        const reference = problem.canonical_solution ?? problem.cannonical_solution ?? '';
        const isReference = [reference, problem.prompt + reference].some((text) => squeezed(text) === squeezed(said));
        expect(draft.signals.proxies['equals_reference'] ?? false).toBe(squeezed(reference) !== '' && isReference);
        if (draft.signals.proxies['equals_reference'] === true) equalToReference += 1;
      });
      return drafts;
    });
    expect(states(all)).toEqual({ success: 3346, failure: 1327 });
    expect(equalToReference).toBe(19);
    expect(new Set(all.map((draft) => canonicalJson(draft.signed))).size).toBe(3891);
  });

  it('reflexion: ALFWorld grows from 84 of 134 at trial 0 to 134 at trial 14', () => {
    const solvedAt = new Map<number, number>();
    for (const file of filesIn('trace-reflexion/alfworld_runs/root/reflexion_run_logs', /\.json$/)) {
      const results = JSON.parse(file.text) as TrialResult[];
      const drafts = evidenceIn(reflexion, file);
      expect(drafts.map((draft) => draft.outcome.state === 'success')).toEqual(results.map((result) => result.is_success));
      const trial = Number(/_(\d+)\.json$/.exec(file.path)?.[1]);
      expect(new Set(drafts.map((draft) => draft.trial))).toEqual(new Set([trial]));
      solvedAt.set(trial, drafts.filter((draft) => draft.outcome.state === 'success').length);
    }
    expect([solvedAt.get(0), solvedAt.get(14)]).toEqual([84, 134]);
  });

  it('review-comments: 695 accepted, 306 rejected, no two alike', () => {
    const all = filesIn('review-aacr-bench', /\.json$/).flatMap((file) => {
      const notes = (JSON.parse(file.text) as PullRequest[]).flatMap((pullRequest) => pullRequest.comments.map((comment) => comment.note));
      const drafts = evidenceIn(reviewComments, file);
      expect(drafts.map((draft) => draft.artifacts[0]?.text)).toEqual(notes);
      const state = file.path.includes('positive') ? 'success' : 'failure';
      expect(new Set(drafts.map((draft) => draft.outcome.state))).toEqual(new Set([state]));
      return drafts;
    });
    expect(states(all)).toEqual({ success: 695, failure: 306 });
    expect(new Set(all.map((draft) => `${draft.branch} ${canonicalJson(draft.signed)}`)).size).toBe(1001);
  });

  it.each([
    ['trace-tau-bench', 'tau-bench', 1, 0],
    ['trace-aider-swebench', 'aider-bench', 300, 213],
    ['trace-intercode', 'intercode', 18, 0],
    ['trace-reflexion', 'reflexion', 65, 0],
    ['review-aacr-bench', 'review-comments', 2, 0],
  ])('every file of %s is recognised by %s and by no other of the five', (folder, name, sources, companions) => {
    const found = { sources: 0, companions: 0 };
    for (const file of filesIn(folder, /\.(jsonl?|md)$/)) {
      const detections = detectionsOf(file);
      expect(
        detections.filter(([by]) => by !== name),
        file.path,
      ).toEqual([]);
      for (const [, layout] of detections) found[layout === 'companion' ? 'companions' : 'sources'] += 1;
    }
    expect(found).toEqual({ sources, companions });
  });

  it.each(['trace-claude-code', 'trace-swe-agent-demos', 'trace-inspect-logs', 'longmemeval-runs', 'gbrain-evals'])(
    'no file of %s is recognised by any of the five',
    (folder) => {
      for (const file of filesIn(folder, /\.(jsonl?|traj|md)$/)) expect(detectionsOf(file), file.path).toEqual([]);
    },
  );

  it('would notice an adapter that believed the wrong field', () => {
    const believer: SourceAdapter = {
      ...aiderBench,
      normalize: (record, context) =>
        aiderBench
          .normalize(record, context)
          .map((draft) => ({ ...draft, outcome: { state: 'success' as const, value: 1, from: 'tests' as const } })),
    };
    const drafts = filesIn('trace-aider-swebench', /__[^/]*\.json$/).flatMap((file) => evidenceIn(believer, file));
    expect(states(drafts)).not.toEqual({ success: 79, failure: 221 });
  });

  it('carries no gold action of tau-bench outside the conversation', () => {
    const [file] = filesIn('trace-tau-bench', /\.json$/);
    for (const draft of evidenceIn(tauBench, file!)) {
      const outside = outputText({ ...draft, messages: [] });
      expect(outside).not.toMatch(/kwargs|reward_info|gt_data_hash|user_cost/);
    }
  });
});

function filesIn(folder: string, name: RegExp): FixtureFile[] {
  const root = join(DATA, folder);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && name.test(entry.name));
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return paths.map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

function detectionsOf(file: FixtureFile): [string, string][] {
  return ADAPTERS.flatMap((adapter): [string, string][] => {
    const detection = adapter.detect(sampleOf(file.text, file.path));
    return detection === undefined ? [] : [[adapter.name, detection.layout]];
  });
}

function states(drafts: readonly EvidenceDraft[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of drafts) counts[outcome.state] = (counts[outcome.state] ?? 0) + 1;
  return counts;
}

function keysOf(drafts: readonly EvidenceDraft[]): Set<string | undefined> {
  return new Set(drafts.map((draft) => draft.task.key));
}

function squeezed(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(' ');
}
