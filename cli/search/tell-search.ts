import type { SearchHit, SearchResponse } from '../../schemas/search-response.ts';
import { cut } from '../../domain/shared/text.ts';
import { DEGRADATIONS_TOLD } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';

const SHOWN_CHARS = 240;

/** What a search found, for people. Texts of pages are hostile: no control character of theirs reaches the terminal. */
export function tellSearch({ results, meta, mode, intent, explain }: SearchResponse): string {
  const degraded = meta.degraded.map((one) => `degraded: ${DEGRADATIONS_TOLD[one]}`);
  const { budget } = meta;
  const beyond = budget.dropped > 0 || budget.truncated ? `, ${budget.dropped} beyond the budget of ${budget.budget} tokens` : '';
  const found = results.length === 0 ? ['Nothing found.'] : results.map((hit) => tellHit(hit, explain));
  const stages = Object.entries(explain?.dropped ?? {}).filter(([, rows]) => rows > 0);
  const dropped = stages.length === 0 ? [] : [`dropped: ${stages.map(([stage, rows]) => `${stage} ${rows}`).join(', ')}`];
  return [
    ...degraded,
    ...found,
    ...dropped,
    `${results.length} passages${beyond} · ${plain(mode)} · ${intent} · ${Math.round(meta.latency_ms)} ms`,
  ].join('\n');
}

function tellHit({ rank, key, chunk_id: chunk, title, text, score, arms, flags }: SearchHit, explain: SearchResponse['explain']): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length > SHOWN_CHARS ? `${cut(line, SHOWN_CHARS).trimEnd()}…` : line;
  const head = `${String(rank).padStart(2)}  ${score.toFixed(4)}  ${plain(key)}  ${plain(title)}`;
  const why = explain?.rows.find((row) => row.key === key && row.chunk_id === chunk);
  const reasons =
    why === undefined
      ? []
      : [
          `    ${[
            ...Object.entries(why.arm_ranks).map(([arm, place]) => `${arm} #${place}`),
            ...Object.entries(why.multipliers).map(([name, factor]) => `${name} x${factor.toFixed(3)}`),
          ].join('  ')}`,
        ];
  const marks = [...arms, ...flags].join(' ');
  return [head, `    ${plain(shown)}`, ...(why === undefined && marks !== '' ? [`    ${plain(marks)}`] : reasons)].join('\n');
}
