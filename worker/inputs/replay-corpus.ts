import { join, resolve } from 'node:path';
import type { Corpus } from '../../activities/replay/replay-world.ts';
import { latestExport } from '../../adapters/files/find-lines.ts';
import { readPlaybooks } from '../../adapters/files/playbook-file.ts';
import { UsageError } from '../../domain/shared/errors.ts';

/** The playbooks of a file, or of `exports/latest`. UsageError when there are none: nothing could be retrieved. */
export async function openCorpus(cwd: string, workspace: string, file: string | undefined): Promise<Corpus> {
  const runId = file === undefined ? latestExport(workspace) : null;
  if (file === undefined && runId === null) throw emptyCorpus('exports/latest', 'no accepted export yet');
  const path = file === undefined ? join(workspace, 'exports', runId!, 'rag', 'playbooks.jsonl') : resolve(cwd, file);
  const { rows, sha256 } = await readPlaybooks(path);
  if (rows.length === 0) throw emptyCorpus(file ?? 'exports/latest/rag/playbooks.jsonl', 'none');
  return { runId, rows, sha256 };
}

function emptyCorpus(place: string, found: string): UsageError {
  return new UsageError(
    `looking for playbooks, on ${place}: expected at least one, found ${found}; nothing was asked.`,
    'Make some with `lauter distill run-all`, name a file with --corpus FILE, or ask for the baseline with --no-retrieval.',
  );
}
