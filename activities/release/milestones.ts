import { releaseMilestonesSchema } from '../../schemas/release-milestones.ts';
import type { FrozenMilestone } from '../../schemas/release-manifest.ts';
import type { GateOutcome, Repository } from './world.ts';

const FILE = 'release-milestones.json';

/** The milestones of a repository and what the gate says of them; without a file of them, or with an empty one, there is nothing that proves anything. */
export interface JudgedMilestones {
  readonly milestones: readonly FrozenMilestone[];
  readonly outcome: GateOutcome;
}

/** Looks up the commit of every milestone. */
export async function judgeMilestones(repository: Repository, text: string | undefined): Promise<JudgedMilestones> {
  const stated = text === undefined ? undefined : releaseMilestonesSchema.safeParse(jsonOf(text));
  if (stated?.success !== true) {
    const found = stated === undefined ? 'none' : (stated.error.issues[0]?.message ?? 'something else');
    const place = stated?.error.issues[0]?.path.join('.') ?? '';
    const detail = `expected ${FILE} of schema release-milestones/1 at the root of the repository, found ${found}${place === '' ? '' : ` at ${place}`}. List the commits that the release is made of.`;
    return { milestones: [], outcome: { state: 'failed', detail } };
  }
  const milestones: FrozenMilestone[] = [];
  for (const { name, commit } of stated.data.milestones)
    milestones.push({ name, stated: commit, commit: (await repository.commitOf(commit)) ?? null });
  return { milestones, outcome: outcomeOf(milestones) };
}

function outcomeOf(milestones: readonly FrozenMilestone[]): GateOutcome {
  const lost = milestones.filter(({ commit }) => commit === null);
  if (lost.length === 0) return { state: 'passed', detail: `${milestones.length} of ${milestones.length} are commits of this repository` };
  return {
    state: 'failed',
    detail: `expected every milestone to be a commit, found ${lost.length} of ${milestones.length} that this repository does not have. Fetch what is missing, or correct ${FILE}.`,
    findings: lost.map(({ name, stated }) => `${name}: ${stated}`),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
