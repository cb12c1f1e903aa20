import type { Budget } from '../../activities/budget-ports.ts';
import type { Config } from '../../schemas/config.ts';
import { openCorpus, type OpenedCorpus } from '../../worker/inputs/replay-corpus.ts';
import { plain, type Io } from '../io.ts';
import { showIndexing } from '../search/show-indexing.ts';

/** Where playbooks are, and what searching them may cost. */
interface CorpusPlace {
  readonly root: string;
  readonly config: Config;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly budget: Budget;
}

/** The playbooks of a file, or of `exports/latest`; people see how far making them searchable has come, where that is due. */
export async function openShownCorpus(
  io: Io,
  { root, config, base, budget }: CorpusPlace,
  file: string | undefined,
): Promise<OpenedCorpus> {
  const { show, end } = showIndexing(io);
  const tell = (line: string): void => io.err(plain(line));
  const corpus = await openCorpus(io.cwd, root, { file, search: { settings: config.search, base, env: io.env, budget, tell, show } });
  return {
    ...corpus,
    find: (task, how, signal) => corpus.find(task, how, signal).finally(end),
  };
}
