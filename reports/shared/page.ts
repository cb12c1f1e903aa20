import { markup, trustMarkup } from './markup.ts';
import type { Markup } from './markup.ts';
import { PAGE_STYLE } from './page-style.ts';
import { writeVerdict } from './verdict.ts';
import type { Verdict } from './verdict.ts';

export interface Section {
  /** Anchor of the section, unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the section answers, in a sentence. */
  readonly lead: string;
  readonly body: Markup;
}

export interface Page {
  /** What kind of report it is: `Refinery run`. */
  readonly kind: string;
  /** What it is about: the run's id. */
  readonly subject: string;
  /** When and on what, each a short fact for the line under the title. */
  readonly facts: readonly string[];
  readonly verdict: Verdict;
  readonly sections: readonly Section[];
  /** The last line: where the same content stands for machines. */
  readonly colophon: string;
}

/**
 * The frame of every report: one file without script and without network, in light and dark, from a phone to paper.
 * The verdict comes first, then the sections in the order given.
 */
export function writePage(page: Page): string {
  return markup`${trustMarkup('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.verdict.word}: ${page.kind} ${page.subject}</title>
<link rel="icon" href="data:,">
<style>${trustMarkup(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
<header>
<p class="kind">Lauter · ${page.kind}</p>
<h1>${page.subject}</h1>
<p class="facts">${page.facts.map((fact) => markup`<span>${fact}</span> `)}</p>
</header>
<main id="main">
${writeVerdict(page.verdict)}<nav aria-label="Sections"><ul>
${page.sections.map(
  (section) => markup`<li><a href="${`#${section.id}`}">${section.title}</a></li>
`,
)}</ul></nav>
${page.sections.map(writeSection)}</main>
<footer><p>${page.colophon}</p></footer>
</body>
</html>
`.html;
}

/** Nothing may be loaded or sent; the icon is an empty data URL, so that browsers do not ask for one. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function writeSection(section: Section): Markup {
  return markup`<section aria-labelledby="${section.id}">
<h2 id="${section.id}">${section.title} <a class="anchor" href="${`#${section.id}`}" aria-label="${`Link to ${section.title}`}">#</a></h2>
<p class="lead">${section.lead}</p>
${section.body}</section>
`;
}
