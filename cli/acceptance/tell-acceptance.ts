import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';
import { plain, type Io } from '../io.ts';

/** The invariants for people, one a line, and of each that does not hold what was expected, what was found and where. */
export function tellAcceptance(
  { invariants, passed, total, duration_ms, fixture, kept }: AcceptanceReport,
  io: Pick<Io, 'hasColour'>,
): string {
  const paint = (colour: string, text: string): string => (io.hasColour ? `\u001b[1;${colour}m${text}\u001b[0m` : text);
  const mark = (isGood: boolean): string => (isGood ? paint('32', '✔') : paint('31', '✘'));
  const lines = invariants.flatMap((invariant) => {
    const head = `  ${mark(invariant.passed)} ${String(invariant.number).padStart(2)}  ${invariant.name}`;
    if (invariant.passed) return [head];
    return [
      head,
      `          expected ${plain(invariant.expected)}`,
      `          found    ${plain(invariant.found)}`,
      ...invariant.where.map((place) => `          where    ${plain(place)}`),
    ];
  });
  const seen = `${fixture.records} records of ${fixture.files} files in ${fixture.sources} sources, ${fixture.secrets} planted secrets and personal data`;
  const next =
    passed === total
      ? ['next:', '  lauter distill run-all ./traces']
      : [
          'next:',
          kept === null ? '  lauter distill acceptance --keep' : `  lauter distill receipts --workspace ${kept}/main --verify`,
          '  docs/acceptance.md says what each failure means',
        ];
  return [
    '',
    `${mark(passed === total)} ${passed}/${total} invariants hold   ${(duration_ms / 1000).toFixed(1)} s`,
    `  ${seen}`,
    '',
    ...lines,
    '',
    ...(kept === null ? [] : [`kept: ${kept}`, '']),
    ...next,
    '',
  ].join('\n');
}
