import { recordOfRow } from '../../activities/record.ts';
import { openVerdicts } from '../../adapters/files/verdicts.ts';
import { findScored, type ScoredEvidenceRow } from '../../adapters/lake/find-scored.ts';
import { mergeVerdicts, verdictsInForce } from '../../domain/review/index.ts';
import { explainScore, wordsOfRule } from '../../domain/score/index.ts';
import { firstLine } from '../../domain/shared/text.ts';
import type { Locator } from '../../schemas/evidence.ts';
import type { ScoreExplanation } from '../../schemas/score-explanation.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { ScoreReason } from '../../schemas/scored-run.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { textTable } from '../text-table.ts';

export interface ExplainOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter distill score --explain ID`: the rule that decided about a record, its values, and the rules before it. */
export async function distillScoreExplain(io: Io, id: string, options: ExplainOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { config } = loadConfig(io, root, options);
  const row = await findScored(root, id);
  const said = verdictsInForce(await openVerdicts(root).all()).get(row.id) ?? [];
  const explanation = explain(row, said, config.distill.partial_min);
  io.out(options.json === true ? JSON.stringify(explanation, null, 2) : tellExplanation(explanation));
  return EXIT.accepted;
}

function explain(row: ScoredEvidenceRow, said: readonly Verdict[], partialMin: number): ScoreExplanation {
  const record = recordOfRow(row);
  const { score, passedOver } = explainScore({ ...record, signals: mergeVerdicts(record.signals, said) }, { partialMin });
  const isSame = score.rule === row.rule && score.category === row.category;
  const own = passedOver.findIndex(({ rule }) => rule === row.rule);
  return {
    schema: 'score-explanation/1',
    evidence_id: row.id,
    source: row.source,
    adapter: row.adapter,
    source_file: row.source_file,
    locator: JSON.parse(row.locator) as Locator,
    line_offset: row.line_offset,
    model: row.model,
    task: { key: row.task_key, text: row.task_text },
    category: row.category,
    rule: row.rule,
    when: wordsOfRule(row.rule) ?? '',
    values: JSON.parse(row.reasons) as ScoreReason[],
    passed_over: [...(own === -1 ? passedOver : passedOver.slice(0, own))],
    scorer_version: row.scorer_version,
    would_now_be: isSame ? null : { rule: score.rule, category: score.category },
  };
}

const TASK_CHARS = 200;

function tellExplanation(explanation: ScoreExplanation): string {
  const { task, source_file, line_offset, locator, category, rule, when, values, passed_over, would_now_be } = explanation;
  return [
    `record    ${explanation.evidence_id}`,
    `task      ${plain(firstLine(task.text, TASK_CHARS))}  (${plain(task.key)})`,
    `from      ${plain(source_file)}, line ${line_offset + 1}${locator.pointer === undefined ? '' : `, ${plain(locator.pointer)}`}${locator.member === undefined ? '' : `, ${plain(locator.member)}`}`,
    `category  ${category}`,
    `rule      ${rule}: ${when}  (${explanation.scorer_version})`,
    ...values.map(({ reason, value }) => `          ${plain(reason)} = ${plain(value)}`),
    '',
    passed_over.length === 0 ? 'it is the first rule of the table' : 'rules before it:',
    ...(passed_over.length === 0
      ? []
      : [
          textTable(
            ['rule', '', 'it would if'],
            passed_over.map((other) => [other.rule, 'does not apply', other.when]),
          ),
        ]),
    ...(would_now_be === null
      ? []
      : [
          '',
          `scored again with the present rules and settings it would be ${would_now_be.category}, by ${would_now_be.rule}: run \`lauter distill run-all\``,
        ]),
  ].join('\n');
}
