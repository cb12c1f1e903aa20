import type { AcceptanceFacts, Finding } from './facts.ts';

/** 20: nothing that was planted stands in any file of the workspaces, nor in what the runs said; and the same search finds all of it in the sources. */
export function checkSecrets({ leaks, planted }: AcceptanceFacts): Finding[] {
  const blind = leaks.seenInSources < planted.secrets.length || leaks.filesRead === 0;
  return [
    ...leaks.found.map(({ kind, planted_in, file }) => ({
      expected: 'nothing that was planted',
      found: `${kind}, planted in: ${planted_in}`,
      where: file,
    })),
    ...(blind
      ? [
          {
            expected: `${planted.secrets.length} planted data found in the sources`,
            found: `${leaks.seenInSources}`,
            where: `${leaks.filesRead} files were read`,
          },
        ]
      : []),
  ];
}

/**
 * The ways in which a text may have been written down: as it is, within JSON (once or twice), within a URL, and, where it is a long number in groups,
 * without what separates them.
 */
export function spellingsOf(text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  const squeezed = text.replaceAll(/[\s().+-]/g, '');
  return [
    ...new Set([
      text,
      quoted,
      JSON.stringify(quoted).slice(1, -1),
      encodeURIComponent(text),
      ...(/^\w{12,}$/.test(squeezed) ? [squeezed] : []),
    ]),
  ];
}
