import type { Grounding } from '../../schemas/replay-run.ts';
import { escapeMarkdown, markdownCode } from './escape.ts';
import { formatAmount } from './format.ts';
import { markup, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { MARKDOWN_LEGEND, writeAnswerHtml, writeAnswerMarkdown, writeMarkLegend } from './marked-answer.ts';
import { describeState } from './states.ts';
import type { NextStep } from './verdict.ts';

/** One of two texts that are set against each other. */
export interface Side {
  /** Where it stands. */
  readonly name: string;
  readonly facts: readonly string[];
  readonly text: string;
  /** Of an answer: what it names is marked. */
  readonly grounding?: readonly Grounding[];
}

/** Two texts side by side, what is said of them, and what can be done. */
export interface Pair {
  /** A closed word of the product, shown with its tone. */
  readonly state: string;
  readonly title: string;
  readonly facts: readonly string[];
  readonly sides: readonly [Side, Side];
  readonly step?: NextStep;
}

/** The pairs that people see; the file of the table beside them holds all. */
const PAIRS_SHOWN = 40;

/** Pairs as HTML: two columns, one below the other on a phone. */
export function writePairsHtml(pairs: readonly Pair[]): Markup {
  if (pairs.length === 0) return nothing;
  return markup`${hasMarks(pairs) ? writeMarkLegend() : nothing}<ul class="pairs">
${pairs.slice(0, PAIRS_SHOWN).map(writePair)}</ul>
${pairs.length > PAIRS_SHOWN ? markup`<p class="beside">${tellHidden(pairs)}</p>` : nothing}`;
}

/** Pairs as Markdown: one below the other. */
export function writePairsMarkdown(pairs: readonly Pair[]): string {
  return [
    ...(hasMarks(pairs) ? [`${MARKDOWN_LEGEND}\n`] : []),
    ...pairs
      .slice(0, PAIRS_SHOWN)
      .map(({ state, title, facts, sides, step }) =>
        [
          `### ${escapeMarkdown(`${describeState(state).label}: ${title}`)}\n`,
          `${facts.map((fact) => `- ${escapeMarkdown(fact)}\n`).join('')}`,
          ...sides.map(
            (side) =>
              `> ${markdownCode(side.name)} ${escapeMarkdown(side.facts.join(', '))}\n>\n> ${side.grounding === undefined ? escapeMarkdown(side.text) : writeAnswerMarkdown(side.text, side.grounding)}\n`,
          ),
          ...(step === undefined ? [] : [`${escapeMarkdown(step.sentence)} ${markdownCode(step.command)}\n`]),
        ].join('\n'),
      ),
    ...(pairs.length > PAIRS_SHOWN ? [`${tellHidden(pairs)}\n`] : []),
  ].join('\n');
}

function writePair({ state, title, facts, sides, step }: Pair): Markup {
  return markup`<li class="${`tone-${describeState(state).tone}`}">
<h3><span class="state">${describeState(state).label}</span> ${title}</h3>
<p class="facts">${facts.map((fact) => markup`<span>${fact}</span> `)}</p>
<div class="sides">
${sides.map(writeSide)}</div>
${
  step === undefined
    ? nothing
    : markup`<p class="step">${step.sentence} <code class="command">${step.command}</code></p>
`
}</li>
`;
}

function writeSide({ name, facts, text, grounding }: Side): Markup {
  return markup`<div><p><code>${name}</code></p><p class="facts">${facts.map((fact) => markup`<span>${fact}</span> `)}</p><p class="quote">${grounding === undefined ? text : writeAnswerHtml(text, grounding)}</p></div>
`;
}

function hasMarks(pairs: readonly Pair[]): boolean {
  return pairs.some(({ sides }) => sides.some(({ grounding }) => grounding !== undefined));
}

function tellHidden(pairs: readonly Pair[]): string {
  return `${formatAmount(pairs.length - PAIRS_SHOWN, 'more pair')} in the file.`;
}
