import type { EvalComparison } from '../../schemas/eval-comparison.ts';
import { formatAmount, formatInstant, listWords } from '../shared/format.ts';
import { renderReport, writeMarkdown, type SectionedReport } from '../shared/sectioned-report.ts';
import { closingSections } from './eval/closing-sections.ts';
import { costsSection } from './eval/costs.ts';
import { differencesSection } from './eval/differences.ts';
import { expectationsSection } from './eval/expectations.ts';
import { meansSection } from './eval/means.ts';
import { questionsSection } from './eval/questions.ts';
import { outcomesSection, standoutsSection } from './eval/standouts.ts';
import { viewSuites, type SuiteView } from './eval/suite-view.ts';
import { typesSection } from './eval/types.ts';
import { judgeArms } from './eval/verdict.ts';

/** A comparison of arms as files that are called `name`, the page last. The same comparison gives the same bytes. */
export function renderEvalComparison(
  comparison: EvalComparison,
  name = 'eval-comparison',
): { readonly name: string; readonly text: string }[] {
  return renderReport(describeComparison(comparison, name));
}

/** A comparison of arms as Markdown alone; what its metrics mean is told where that was asked for. */
export function writeEvalComparison(
  comparison: EvalComparison,
  { hasGlossary }: { readonly hasGlossary: boolean },
  name = 'comparison',
): string {
  const report = describeComparison(comparison, name);
  return writeMarkdown({ ...report, sections: report.sections.filter(({ id }) => hasGlossary || id !== 'glossary') });
}

function describeComparison(comparison: EvalComparison, name: string): SectionedReport {
  const { suites, comparisons, _meta } = comparison;
  const views = viewSuites(comparison, name);
  const { footer } = _meta;
  return {
    name,
    kind: views.length > 0 && views.every(({ isRerun }) => isRerun) ? 'Comparison of two runs' : 'Comparison of arms',
    subject: suites.length === 0 ? 'nothing' : listWords(suites.map(({ suite }) => suite)),
    facts: [
      ...suites.map(({ suite, arms, n }) => `${suite}: ${arms.join(', ')}, ${formatAmount(n, 'question')}`),
      formatAmount(comparisons.length, 'comparison'),
      `Seed ${footer.seed ?? 'unknown'}, ${footer.resamples ?? 'unknown'} resamples`,
      ...(footer.finished_at === null ? [] : [`Ended ${formatInstant(footer.finished_at)}`]),
      footer.is_reproducible ? 'reproducible' : 'not reproducible',
    ],
    verdict: judgeArms(comparison),
    sections: [...expectationsSection(comparison, name), ...views.flatMap(sectionsOf), ...closingSections(comparison, name)],
    document: comparison,
  };
}

function sectionsOf(view: SuiteView) {
  return [differencesSection, meansSection, questionsSection, typesSection, costsSection, standoutsSection, outcomesSection].map(
    (sectionOf) => sectionOf(view),
  );
}
