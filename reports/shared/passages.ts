import type { Grounding } from '../../schemas/replay-run.ts';
import { escapeMarkdown } from './escape.ts';
import { shortenText } from './format.ts';
import { markup, type Markup, nothing } from './markup.ts';
import { MARKDOWN_LEGEND, writeAnswerHtml, writeAnswerMarkdown, writeMarkLegend } from './marked-answer.ts';
import { describeState } from './states.ts';

/** A text from outside, what it is, and what is known of it. */
export interface Passage {
  /** A closed word of the product, shown with its tone. */
  readonly state: string;
  readonly title: string;
  readonly facts: readonly string[];
  readonly text: string;
  /** Of an answer: what it names is marked. */
  readonly grounding?: readonly Grounding[];
}

/** A longer text is folded behind its beginning; an answer never is. */
const MOST_CHARS = 600;
const BEGINNING_CHARS = 140;

/** Passages as HTML, one below the other. */
export function writePassagesHtml(passages: readonly Passage[]): Markup {
  if (passages.length === 0) return nothing;
  return markup`${passages.some(({ grounding }) => grounding !== undefined) ? writeMarkLegend() : nothing}<ul class="pairs">
${passages.map(writePassage)}</ul>
`;
}

/** Passages as Markdown. */
export function writePassagesMarkdown(passages: readonly Passage[]): string {
  const legend = passages.some(({ grounding }) => grounding !== undefined) ? [`${MARKDOWN_LEGEND}\n`] : [];
  return [
    ...legend,
    ...passages.map(({ state, title, facts, text, grounding }) =>
      [
        `### ${escapeMarkdown(titleOf(state, title))}\n`,
        ...(facts.length === 0 ? [] : [`${facts.map((fact) => `- ${escapeMarkdown(fact)}\n`).join('')}`]),
        `> ${grounding === undefined ? escapeMarkdown(text) : writeAnswerMarkdown(text, grounding)}\n`,
      ].join('\n'),
    ),
  ].join('\n');
}

function writePassage({ state, title, facts, text, grounding }: Passage): Markup {
  const { label, tone } = describeState(state);
  return markup`<li class="${`tone-${tone}`}">
<h3><span class="state">${label}</span> ${title}</h3>
${
  facts.length === 0
    ? nothing
    : markup`<p class="facts">${facts.map((fact) => markup`<span>${fact}</span> `)}</p>
`
}${
    grounding === undefined
      ? writeText(text)
      : markup`<p class="answer">${writeAnswerHtml(text, grounding)}</p>
`
  }</li>
`;
}

function writeText(text: string): Markup {
  if (text.length <= MOST_CHARS)
    return markup`<p class="quote">${text}</p>
`;
  return markup`<details><summary>${shortenText(text.replace(/\s+/g, ' '), BEGINNING_CHARS)}</summary><p class="quote">${text}</p></details>
`;
}

function titleOf(state: string, title: string): string {
  return title === '' ? describeState(state).label : `${describeState(state).label}: ${title}`;
}
