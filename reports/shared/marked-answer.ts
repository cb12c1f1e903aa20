import { markSpans } from '../../domain/replay/index.ts';
import type { Grounding } from '../../schemas/replay-run.ts';
import { escapeMarkdown } from './escape.ts';
import { markup, type Markup } from './markup.ts';

/** An answer as HTML in which everything that it names is marked: underlined where it has ground, with a cross and a wave where it has none. */
export function writeAnswerHtml(answer: string, grounding: readonly Grounding[]): Markup {
  return markup`${markSpans(answer, grounding).spans.map(({ text, thing }) =>
    thing === null
      ? markup`${text}`
      : markup`<span class="${`named ${groundOf(thing)}`}" title="${`${thing.kind}, ${tellGround(thing)}`}">${text}</span>`,
  )}`;
}

/** An answer as one line of Markdown: what has ground in italics, what has none bold behind a cross. */
export function writeAnswerMarkdown(answer: string, grounding: readonly Grounding[]): string {
  return markSpans(answer, grounding)
    .spans.map(({ text, thing }) => {
      const [before, after] = [/^\s/.test(text) ? ' ' : '', /\S\s+$/.test(text) ? ' ' : ''];
      const own = escapeMarkdown(text);
      const shown = thing === null || own === '' ? own : thing.grounded ? `*${own}*` : `**✕ ${own}**`;
      return `${before}${shown}${after}`;
    })
    .join('');
}

/** What the marks stand for. */
export function writeMarkLegend(): Markup {
  return markup`<ul class="legend">${[true, false].map((grounded) => {
    const thing = { grounded };
    return markup`<li><span class="${`named ${groundOf(thing)}`}">name</span> ${tellGround(thing)}</li>`;
  })}</ul>
`;
}

/** The same for Markdown. */
export const MARKDOWN_LEGEND = `*name*: ${tellGround({ grounded: true })}; **✕ name**: ${tellGround({ grounded: false })}.`;

/** The closed word for a thing that an answer names. */
export function groundOf({ grounded }: Pick<Grounding, 'grounded'>): 'grounded' | 'ungrounded' {
  return grounded ? 'grounded' : 'ungrounded';
}

function tellGround({ grounded }: Pick<Grounding, 'grounded'>): string {
  return grounded ? 'found in the bundle or the task' : 'found in neither bundle nor task';
}
