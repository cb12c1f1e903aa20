import { DARK, LIGHT } from './palette.ts';

/** The one style sheet of all pages. Only system fonts, only colours of the palette, nothing that a script would have to drive. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
@media print { :root { color-scheme: light; ${variables(LIGHT)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 1000px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1, h2, h3, p, dl, ul, ol, figure { margin: 0; }
h1 { font: 600 22px/1.3 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
h2 { font-size: 18px; line-height: 1.3; font-weight: 650; }
h3 { font-size: 13px; font-weight: 600; color: var(--quiet); }
a { color: var(--link); text-underline-offset: 2px; }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code { font: 0.88em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.quiet, .kind, .facts, .empty { color: var(--quiet); }
.kind { font-size: 13px; }
.facts { font-size: 13px; margin-top: 4px; }
.facts span { margin-right: 18px; display: inline-block; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 12px; top: 8px; background: var(--surface); padding: 6px 10px; z-index: 2; }

section { margin-top: 20px; padding: 20px 22px 18px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.lead { max-width: 76ch; margin-top: 2px; color: var(--quiet); }
.anchor { color: var(--quiet); text-decoration: none; font-weight: 400; opacity: 0; }
h2:hover .anchor, .anchor:focus-visible { opacity: 1; }
nav { margin-top: 14px; font-size: 13px; }
nav ul { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; padding: 0; }

.tone-accepted { --tone: var(--accepted); }
.tone-partial { --tone: var(--partial); }
.tone-review { --tone: var(--review); }
.tone-rejected { --tone: var(--rejected); }
.tone-neutral { --tone: var(--neutral); }
.verdict { border-left: 6px solid var(--tone); margin-top: 16px; }
.verdict h2 { font-size: 24px; }
.verdict .lead { color: inherit; }
.mark { display: inline-block; width: 30px; height: 30px; margin-right: 6px; border-radius: 50%; background: var(--tone); color: var(--surface); font-size: 17px; line-height: 30px; text-align: center; vertical-align: 3px; }
.reasons { margin-top: 10px; padding-left: 18px; max-width: 80ch; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(118px, 1fr)); gap: 12px 20px; margin: 16px 0 0; padding: 14px 0; border-block: 1px solid var(--line); }
.figures dt { font-size: 12.5px; color: var(--quiet); }
.figures dd { margin: 0; font-size: 21px; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.figures .state::before { vertical-align: 3px; width: 11px; height: 11px; }
.figures .note { font-size: 12.5px; font-weight: 400; color: var(--quiet); }
.verdict h3 { margin-top: 14px; }
.steps { margin-top: 4px; padding-left: 20px; }
.steps li { margin-top: 6px; }
.command { display: block; width: fit-content; max-width: 100%; margin-top: 2px; padding: 3px 9px; border: 1px solid var(--line); border-radius: 5px; background: var(--page); user-select: all; }

.pairs { display: grid; gap: 14px; margin-top: 14px; padding: 0; list-style: none; }
.pairs li { padding: 12px 14px; border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; }
.pairs h3 { font-size: 14.5px; color: inherit; }
.pairs .state { margin-right: 8px; }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px; margin-block: 8px; }
.sides > div { padding: 8px 12px; border-radius: 5px; background: var(--page); }
.quote { margin-top: 6px; max-height: 17em; overflow-y: auto; font-size: 13.5px; white-space: pre-wrap; }
.answer { margin-top: 6px; max-width: 86ch; white-space: pre-wrap; }
.named { padding: 0 2px; border-radius: 2px; text-decoration-thickness: 2px; text-underline-offset: 3px; text-decoration-skip-ink: none; box-decoration-break: clone; -webkit-box-decoration-break: clone; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.named.grounded { text-decoration: underline 2px var(--accepted); background: color-mix(in srgb, var(--accepted) 11%, transparent); }
.named.ungrounded { text-decoration: underline wavy 1.5px var(--rejected); background: color-mix(in srgb, var(--rejected) 15%, transparent); }
.named.ungrounded::before { content: "✕\\00a0"; color: var(--rejected); font-weight: 700; }
.lead + .legend { margin-top: 10px; }
details { margin-top: 6px; font-size: 13.5px; }
summary { cursor: pointer; color: var(--quiet); }
summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.step { font-size: 13.5px; color: var(--quiet); }
.step .command { color: var(--ink); }

figure { margin-top: 14px; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { margin-top: 8px; font-size: 13.5px; color: var(--quiet); max-width: 80ch; }
.narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin-bottom: 8px; padding: 0; list-style: none; font-size: 13px; }
.swatch { display: inline-block; width: 11px; height: 11px; margin-right: 6px; border-radius: 2px; vertical-align: -1px; background: var(--swatch); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.swatch.dot { border-radius: 50%; }
.swatch.ring { border-radius: 50%; background: none; border: 2px solid var(--swatch); }
.swatch.diamond { width: 10px; height: 10px; border-radius: 0; transform: rotate(45deg); }

.table { margin-top: 14px; overflow-x: auto; container-type: inline-size; background: linear-gradient(to left, var(--surface) 30%, transparent) no-repeat right / 48px 100% local, linear-gradient(to left, var(--line), transparent) no-repeat right / 10px 100% scroll; }
table { border-collapse: collapse; min-width: min(100%, 560px); font-size: 13.5px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: 4px; font-size: 13px; font-weight: 600; }
caption span { position: sticky; left: 0; display: inline-block; max-width: 100cqi; }
th, td { overflow-wrap: break-word; padding: 5px 16px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 2px; }
thead th { font-size: 12.5px; font-weight: 500; color: var(--quiet); vertical-align: bottom; white-space: nowrap; }
tbody th { position: sticky; left: 0; background: var(--surface); font-weight: 500; max-width: 300px; }
tbody th.name { min-width: 124px; }
tbody th.prose { min-width: 150px; max-width: 400px; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
.zero { color: var(--quiet); }
td.prose { min-width: 190px; max-width: 430px; }
td.name { min-width: 96px; max-width: 300px; }
td.path { min-width: 200px; max-width: 340px; overflow-wrap: anywhere; }
td.value { text-align: right; max-width: 220px; }
.word { white-space: nowrap; }
td.share { min-width: 104px; background: linear-gradient(var(--bar), var(--bar)) no-repeat left top / var(--share) 19px content-box; }
.state { white-space: nowrap; }
.state::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 7px; border-radius: 50%; background: var(--tone); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.beside { margin-top: 6px; font-size: 12.5px; color: var(--quiet); }
.empty { margin-top: 8px; }
footer { padding-block: 18px 40px; font-size: 12.5px; color: var(--quiet); }

@media (max-width: 700px) {
  header, main, footer { padding-inline: 12px; }
  section { padding: 16px 14px 14px; }
  h1 { font-size: 18px; }
  .wide { display: none; }
  .narrow { display: block; }
  .narrow svg { width: 100%; max-width: 440px; }
  tbody th { max-width: 44vw; }
  th, td { padding-right: 12px; }
  td.share { min-width: 84px; }
  .sides { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  body { background: none; font-size: 10pt; }
  header, main, footer { max-width: none; padding-inline: 0; }
  nav, .skip, .anchor { display: none; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding-inline: 0; }
  .verdict { padding-left: 14px; }
  figure, tr, .figures, .steps li, .pairs li { break-inside: avoid; }
  .quote { max-height: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  h2 { break-after: avoid; }
  .table { overflow: visible; background: none; }
  tbody th, caption span { position: static; }
  tfoot { display: table-row-group; }
  .wide { display: block; }
  .narrow { display: none; }
}
`;

function variables(palette: Readonly<Record<string, string>>): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ');
}
