import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** What one cycle came to, for people: every dimension with the scores of every judge, then what would make it better. */
export function tellReceipt({ aggregate, slots, adjusted, matched = [] }: PanelReceipt): string {
  const scored = slots.filter(({ ok }) => ok);
  const rows = Object.entries(aggregate.dimensions).map(([name, { mean, min, failReason, scores }]) => [
    plain(name),
    String(mean),
    String(min),
    ...scores.map(String),
    failReason ?? '',
  ]);
  const better = slots.flatMap(({ id, preferences }) =>
    preferences === undefined
      ? []
      : [
          `${plain(id)} prefers ${Object.entries(preferences)
            .map(([name, which]) => `${which} in ${plain(name)}`)
            .join(', ')}`,
        ],
  );
  return [
    ...(rows.length === 0 ? [] : [textTable(['dimension', 'mean', 'min', ...scored.map(({ id }) => plain(id)), ''], rows), '']),
    ...aggregate.topImprovements.map((improvement) => `- ${plain(improvement)}`),
    ...(aggregate.topImprovements.length === 0 ? [] : ['']),
    ...better,
    ...aggregate.errors.map(({ slot, modelId, error }) => `no scores of ${plain(slot ?? '')} (${plain(modelId)}): ${plain(error)}`),
    ...(matched.length === 0 ? [] : [`found in what was judged: ${matched.map(plain).join(', ')}`]),
    plain(aggregate.verdictMessage),
    ...(adjusted === undefined ? [] : [`adjusted by the calibration: ${plain(adjusted.verdictMessage)}`]),
  ].join('\n');
}
