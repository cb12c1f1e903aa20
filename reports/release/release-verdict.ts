import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { EXPORT_SETS } from '../../schemas/vocabulary.ts';
import { formatAmount, formatInstant, formatNumber } from '../shared/format.ts';
import type { Verdict } from '../shared/verdict.ts';

const WORDS = { accepted: ['accepted', 'Accepted'], refused: ['rejected', 'Refused'], inconclusive: ['review', 'Inconclusive'] } as const;

/** What a freeze came to, and what to do next. */
export function judgeRelease({ verdict, version, gates, dataset, milestones }: ReleaseManifest, command: string | null): Verdict {
  const [tone, word] = WORDS[verdict];
  const against = gates.filter(({ state }) => state !== 'passed');
  return {
    tone,
    word,
    sentence:
      against.length === 0
        ? `All ${formatAmount(gates.length, 'gate')} passed, and the data is frozen as it lies on disk.`
        : `${formatAmount(against.length, 'gate')} of ${gates.length} did not pass; nothing is released.`,
    reasons: against.map(({ gate, state, detail }) => ({ sentence: `Gate ${gate} ${state}:`, detail })),
    figures: [
      { label: 'Gates passed', value: `${gates.length - against.length} of ${gates.length}` },
      { label: 'Milestones', value: formatNumber(milestones.length) },
      ...EXPORT_SETS.map((set) => ({ label: `Rows of ${set}`, value: formatNumber(dataset.sets[set].rows) })),
    ],
    nextSteps:
      command === null
        ? [{ sentence: 'Mend what the gates found, then freeze again.', command: `lauter release freeze --version ${version}` }]
        : [
            { sentence: 'Make the tag; nobody has done so yet.', command },
            { sentence: 'At any later time, prove that the data is still this.', command: 'lauter release verify release-manifest.json' },
          ],
  };
}

/** When, of what commit, on what data: a short fact each. */
export function releaseFacts({ frozen_at, head, branch, dataset, code_version }: ReleaseManifest): string[] {
  return [
    `Frozen ${formatInstant(frozen_at)}`,
    `Commit ${head}`,
    branch === null ? 'No branch checked out' : `Branch ${branch}`,
    `Run ${dataset.run_id}`,
    `Lauter ${code_version}`,
  ];
}
