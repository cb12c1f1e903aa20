import type { ReplayRun } from '../../schemas/replay-run.ts';
import { REPLAY_REASONS, type ReplayReason } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** A replay for people: what it rests on, the answer, what the answer names, and the word of the gate. */
export function tellReplay(run: ReplayRun): string {
  return [
    `replay ${run.run_id}, by ${plain(run.model)}${
      run.escalated
        ? ` (escalated from ${run.escalation_path
            .slice(0, -1)
            .map(({ model }) => plain(model))
            .join(', ')})`
        : ''
    }`,
    '',
    ...bundleLines(run),
    '',
    ...(run.answer === '' ? ['no answer'] : run.answer.split('\n').map(plain)),
    '',
    ...groundingLines(run),
    ...run.escalation_path.map(({ model, gate, failure }) => `${plain(model)}: ${verdict(gate, failure)}`),
  ].join('\n');
}

function bundleLines({ retriever, retrieved, bundle, trimmed, bundle_digest: digest }: ReplayRun): string[] {
  if (retriever === 'none') return ['without retrieval: a baseline'];
  const rows = [
    ...bundle.exemplars.map((entry) => ({ ...entry, use: 'exemplar' })),
    ...bundle.warnings.map((entry) => ({ ...entry, use: 'warning' })),
  ];
  const scores = new Map(retrieved.map(({ id, score }) => [id, score]));
  const left = trimmed === undefined ? [] : [tellTrimmed(trimmed)];
  const head = `playbooks retrieved by ${retriever}: ${retrieved.length}; in the bundle ${digest.slice(0, 12)}: ${rows.length}, with validation steps: ${bundle.validation_steps.length}`;
  if (rows.length === 0) return [head, ...left];
  const table = rows.map(({ id, title, use }) => [use, (scores.get(id) ?? 0).toFixed(4), id.slice(0, 12), plain(title)]);
  return [head, ...left, textTable(['use', 'score', 'id', 'title'], table)];
}

function tellTrimmed({ window_tokens, dropped, steps_dropped, cut }: NonNullable<ReplayRun['trimmed']>): string {
  const parts = [
    ...(dropped.length === 0 ? [] : [`playbooks left out: ${dropped.length}`]),
    ...(steps_dropped === 0 ? [] : [`steps left out: ${steps_dropped}`]),
    ...(cut === null ? [] : ['of the last one only the beginning']),
  ];
  return `trimmed to a window of ${window_tokens} tokens: ${parts.join(', ')}`;
}

function groundingLines({ grounding, grounding_mode: mode }: ReplayRun): string[] {
  if (mode === 'off') return ['grounding not checked', ''];
  if (grounding.length === 0) return [];
  return [
    textTable(
      ['names', 'kind', 'grounded'],
      grounding.map(({ text, kind, grounded }) => [plain(text), kind, grounded ? 'yes' : 'NO']),
    ),
    '',
  ];
}

function verdict({ passed, reasons }: ReplayRun['gate'], failure: string | undefined): string {
  if (passed) return 'the gate passed';
  const told = reasons.map((reason) => REPLAY_REASONS[reason as ReplayReason] ?? reason).map(plain);
  return `the gate refused: ${told.join('; ')}${failure === undefined ? '' : ` (${plain(failure)})`}`;
}
