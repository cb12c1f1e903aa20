import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SET_FILES } from '../../activities/written-set.ts';
import { sha256 } from '../../adapters/digest.ts';
import { lakeLayout } from '../../adapters/lake/layout.ts';
import { lakeVersion } from '../../adapters/lake/views.ts';
import type { AcceptanceFacts, StatedCategories } from '../../domain/acceptance/index.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import { STAGES } from '../../schemas/vocabulary.ts';

/** How many records of each category the documents of a run say there are. */
export function statedCategories(workspace: string, runId: string): StatedCategories[] {
  const documents = [`reports/${runId}/summary.json`, `reports/${runId}/receipts/score.json`, `lake/runs/${runId}/score-version.json`];
  return documents.map((document) => {
    const value = readJson(join(workspace, document));
    const counts = isObject(value) && isObject(value.counts) ? value.counts.categories : isObject(value) ? value.categories : undefined;
    return { document, categories: (isObject(counts) ? counts : {}) as StatedCategories['categories'] };
  });
}

/** What two runs digested, side by side: stage by stage, version by version, and the lines of each exported file whatever their order. */
export function digestFacts(
  first: { workspace: string; runId: string },
  second: { workspace: string; runId: string },
): AcceptanceFacts['digests'] {
  const [left, right] = [digestsOf(first), digestsOf(second)];
  return [...new Set([...left.keys(), ...right.keys()])].map((of) => ({
    of,
    first: left.get(of) ?? 'none',
    second: right.get(of) ?? 'none',
  }));
}

function digestsOf({ workspace, runId }: { workspace: string; runId: string }): Map<string, string> {
  const digests = new Map<string, string>();
  for (const stage of STAGES) {
    const receipt = readJson(join(workspace, 'reports', runId, 'receipts', `${stage}.json`));
    digests.set(`stage ${stage}`, isObject(receipt) ? String(receipt.digest) : 'no receipt');
  }
  const { evidence, scored } = lakeVersion(lakeLayout(join(workspace, 'lake')), runId);
  digests.set('rows of evidence', evidence?.row_digest ?? 'none');
  digests.set('rows of scored', scored?.row_digest ?? 'none');
  for (const [set, name] of Object.entries(SET_FILES)) {
    const path = join(workspace, 'exports', runId, `${name}.jsonl`);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').sort() : [];
    digests.set(`lines of ${set}`, sha256(lines.join('\n')));
  }
  return digests;
}

function readJson(path: string): JsonValue | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}
