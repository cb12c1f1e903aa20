import { markup, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Tone } from './palette.ts';

/** What the reader should know and do before anything else. */
export interface Verdict {
  readonly tone: Extract<Tone, 'accepted' | 'review' | 'rejected'>;
  /** `Accepted`, `Refused`, `Inconclusive`. */
  readonly word: string;
  readonly sentence: string;
  readonly reasons: readonly { readonly sentence: string; readonly detail: string }[];
  /** The few numbers that carry the verdict. */
  readonly figures: readonly { readonly label: string; readonly value: string; readonly tone?: Tone; readonly note?: string }[];
  readonly nextSteps: readonly NextStep[];
}

/** What to do next, and the command that does it. */
export interface NextStep {
  readonly sentence: string;
  readonly command: string;
}

/** The banner at the top of a page: word, reasons, numbers, next steps. */
export function writeVerdict(verdict: Verdict): Markup {
  return markup`<section class="${`verdict tone-${verdict.tone}`}" aria-labelledby="verdict">
<h2 id="verdict"><span class="mark" aria-hidden="true">${MARKS[verdict.tone]}</span> ${verdict.word}</h2>
<p class="lead">${verdict.sentence}</p>
${verdict.reasons.length === 0 ? nothing : writeReasons(verdict.reasons)}<dl class="figures">
${verdict.figures.map(writeFigure)}</dl>
${verdict.nextSteps.length === 0 ? nothing : writeNextSteps(verdict.nextSteps)}</section>
`;
}

const MARKS: Readonly<Record<Verdict['tone'], string>> = { accepted: '✓', review: '!', rejected: '✕' };

function writeFigure({ label, value, tone, note }: Verdict['figures'][number]): Markup {
  const shown = tone === undefined ? markup`${value}` : markup`<span class="${`state tone-${tone}`}">${value}</span>`;
  return markup`<div><dt>${label}</dt><dd>${shown}</dd>${note === undefined ? nothing : markup`<dd class="note">${note}</dd>`}</div>
`;
}

function writeReasons(reasons: Verdict['reasons']): Markup {
  return markup`<ul class="reasons">
${reasons.map(
  ({ sentence, detail }) => markup`<li>${sentence} <span class="quiet">${detail}</span></li>
`,
)}</ul>
`;
}

function writeNextSteps(steps: readonly NextStep[]): Markup {
  return markup`<h3>What to do next</h3>
<ol class="steps">
${steps.map(
  ({ sentence, command }) => markup`<li>${sentence} <code class="command">${command}</code></li>
`,
)}</ol>
`;
}
