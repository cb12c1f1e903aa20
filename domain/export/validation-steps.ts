/** The verbs that make a line a step somebody can check; replay scores answers against them. */
export const VALIDATION_VERBS = ['verify', 'check', 'assert', 'ensure', 'confirm'] as const;

const STEP = new RegExp(`^[ \\t]*(?:[-*+>]|\\d+[.)])?[ \\t]*((?:${VALIDATION_VERBS.join('|')})\\b[^\\r\\n]*)`, 'gim');

/** The lines of a text that begin with one of the verbs, list marks left out, at most `most` of them. */
export function findValidationSteps(text: string, most = 50): string[] {
  const steps: string[] = [];
  for (const match of text.matchAll(STEP)) {
    steps.push(match[1]!.trim());
    if (steps.length === most) break;
  }
  return steps;
}
