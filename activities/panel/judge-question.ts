import { pairwiseMessages, panelMessages, type JudgeCall, type PanelQuestion } from '../../domain/panel/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { PanelSetup } from '../panel-contract.ts';
import type { PanelItem } from './item.ts';

/** What a judge is asked in one call. */
export function questionOf(run: PanelSetup, item: PanelItem, { position }: Pick<JudgeCall, 'position'>): PanelQuestion {
  const asked = {
    task: item.task,
    dimensions: run.dimensions,
    isBlind: run.blind_names !== null,
    names: [...(run.blind_names ?? []), ...item.names],
  };
  const { output, reference } = item;
  if (position === 'scores') return panelMessages({ ...asked, output, ...(reference === null ? {} : { reference }) });
  const [first, second] = position === 'output_first' ? [output, reference ?? ''] : [reference ?? '', output];
  return pairwiseMessages({ ...asked, first, second });
}

/** What a call is kept under: SHA-256 of everything that decides its answer, and of its place in the run. */
export function keyOf(sha256: (text: string) => string, run: PanelSetup, call: JudgeCall, messages: PanelQuestion['messages']): string {
  const judge = run.judges.find(({ id }) => id === call.judge);
  return sha256(canonicalJson({ ...call, judge, messages, max_tokens: run.max_tokens } as unknown as JsonValue));
}
