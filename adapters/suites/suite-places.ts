import { join } from 'node:path';

/** Where runs over suites keep what is theirs, below `lake/eval/suites` of a workspace. */
export function suitePlaces(workspace: string) {
  const root = join(workspace, 'lake', 'eval', 'suites');
  return {
    /** Everything of one run. */
    run: (runId: string) => join(root, 'runs', runId),
    /** Names the run that whoever gives the same command goes on with. */
    unfinished: (identity: string) => join(root, 'unfinished', `${identity}.json`),
    /** Questions of a suite, by the hash of what they were read from. */
    plan: (hash: string) => join(root, 'plans', `${hash}.json`),
    /** Haystacks of a dataset of LongMemEval. */
    haystacks: (sha256: string) => join(root, 'haystacks', `${sha256}.json`),
    /** Unpacked copy of a dataset. */
    dataset: (sha256: string) => join(root, 'datasets', sha256),
    /** A workspace of its own for collections that are made of datasets: none of them is among the user's. */
    collections: join(root, 'collections'),
  };
}
