import { GLOSSARY, type GlossarySection, type Term } from '../../domain/glossary/index.ts';
import { escapeMarkdown, markdownCode } from '../shared/escape.ts';

/** Every metric with its meaning, as a Markdown page. The same glossary gives the same bytes. */
export function writeGlossary(): string {
  return [HEAD, ...GLOSSARY.map(writeSection)].join('\n');
}

const HEAD = `# Metrics

<!-- Made by \`lauter glossary --write docs/metrics.md\` from domain/glossary. Do not edit. -->

What every printed figure means. \`@k\` stands for any depth: \`recall@10\` is \`recall@k\` among the first 10.
\`lauter glossary --metric NAME\` tells one of them, and \`--glossary\` adds those of a table below it. How intervals and tests are computed
stands in [statistics.md](statistics.md), other words in [glossary.md](glossary.md).
`;

function writeSection({ title, lead, terms }: GlossarySection): string {
  const rows = terms.map((one) => `| ${cellsOf(one).join(' | ')} |`);
  return [
    `## ${title}`,
    '',
    lead,
    '',
    '| name | term of the field | in plain words | range |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function cellsOf({ name, also, entry }: Term): string[] {
  return [[name, ...also].map(markdownCode).join(', '), ...[entry.industry_term, entry.eli10, entry.range].map(escapeMarkdown)];
}
