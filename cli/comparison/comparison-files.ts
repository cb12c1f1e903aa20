import type { EvalComparison } from '../../schemas/eval-comparison.ts';

/** Name of the files of a comparison, without their endings. */
export const COMPARISON_NAME = 'comparison';

/** A comparison as files: README.md, comparison.json, a CSV for each table, and the page, which links to them, last. */
export async function comparisonFiles(comparison: EvalComparison): Promise<{ readonly name: string; readonly text: string }[]> {
  const { renderEvalComparison } = await import('../../reports/comparison/render-eval-comparison.ts');
  return renderEvalComparison(comparison, COMPARISON_NAME).map((file) =>
    file.name === `${COMPARISON_NAME}.md` ? { ...file, name: 'README.md' } : file,
  );
}
