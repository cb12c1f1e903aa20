import type { CardFacts } from '../../schemas/card-facts.ts';
import { escapeMarkdown } from '../shared/escape.ts';
import {
  writeDecontamination,
  writeForms,
  writeRedactions,
  writeScores,
  writeSets,
  writeSources,
  writeTokens,
} from './card/content-sections.ts';
import { writeFrontMatter } from './card/front-matter.ts';
import { writeLoadSection } from './card/load-section.ts';

/** The card that lies beside the exported files as README.md: what is in them, where it came from, under which license, how to load it. */
export function writeDatasetCard(facts: CardFacts): string {
  const { run_id, verdict, sources } = facts;
  const records = sources.reduce((total, source) => total + source.records, 0);
  return [
    ...writeFrontMatter(facts),
    `# Data of run ${escapeMarkdown(run_id)}`,
    '',
    `${VERDICTS[verdict]} Made by Lauter from ${sources.length} sources, ${records} records.`,
    '',
    ...writeSets(facts),
    ...writeForms(facts),
    ...writeSources(facts),
    ...writeScores(facts),
    ...writeTokens(facts),
    ...writeRedactions(facts),
    ...writeDecontamination(facts),
    ...writeLoadSection(facts),
  ].join('\n');
}

const VERDICTS: Readonly<Record<CardFacts['verdict'], string>> = {
  accepted: 'Verdict: **accepted**.',
  refused: 'Verdict: **refused**: the report of the run says why. Do not train on it.',
  unfinished: 'Not audited: the run stopped after its export, as asked.',
};
