import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file that breaks a rule, beside whatever else it breaks. */
export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
}

const DECLARED = [
  'zod',
  'commander',
  'piscina',
  'echarts',
  'fzstd',
  'apache-arrow',
  'jsonc-parser',
  'jsonpath-rfc9535',
  'usearch',
  'yaml',
  '@modelcontextprotocol/sdk',
  '@duckdb/node-api',
  '@temporalio/client',
  '@temporalio/worker',
];

/** A small post office that keeps the table, as far as a program reaches it. */
const POST_OFFICE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'post-office',
    type: 'module',
    dependencies: Object.fromEntries(DECLARED.map((name) => [name, '*'])),
    devDependencies: { vitest: '*' },
  }),
  ...Object.fromEntries(
    [...DECLARED, 'vitest', 'a-package-nobody-listed'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'exports.thing = 1;\n'],
    ]),
  ),
  'schemas/letter.ts': 'export interface Letter { readonly text: string }\nexport const letterSchema = 1;\n',
  'domain/postage/index.ts': "export { postage } from './postage.ts';\n",
  'domain/postage/postage.ts': 'export const postage = 1;\n',
  'domain/coop/hen.ts': "import type { Egg } from './egg.ts';\nexport interface Hen { readonly from: Egg }\n",
  'domain/shared/paper.ts': 'export const paper = 1;\n',
  'activities/contract.ts': 'export const contract = 1;\n',
  'activities/ports.ts': 'export const ports = 1;\n',
  'activities/deliver.ts': 'export const deliver = 1;\n',
  'adapters/clock.ts': 'export const clock = 1;\n',
  'adapters/files/shelf.ts': 'export const shelf = 1;\n',
  'reports/shared/page.ts': 'export const page = 1;\n',
  'reports/parcels/page.ts': 'export const parcels = 1;\n',
  'workflows/index.ts': 'export const delivery = 1;\n',
  'worker/index.ts': 'export const start = 1;\n',
  'worker/threads.ts': 'export const threads = 1;\n',
  'cli/bin.cts': "void import('./main.js');\n",
  'cli/main.ts': 'export const main = 1;\n',
  'test/letter.test.ts': 'export const letter = 1;\n',
};

/** At least one file for every rule of .dependency-cruiser.cjs. */
export const VIOLATIONS: readonly Violation[] = [
  breaks('schemas-import-zod-and-schemas-only', 'schemas/stamp.ts', "export { postage } from '../domain/postage/index.ts';"),
  breaks('schemas-import-zod-and-schemas-only', 'schemas/seal.ts', "export { createHash } from 'node:crypto';"),
  breaks('the-vocabulary-imports-nothing', 'schemas/vocabulary.ts', "export { thing } from 'zod';"),
  breaks('domain-never-imports-node', 'domain/postage/scales.ts', "export { readFileSync } from 'node:fs';"),
  breaks('domain-never-imports-node', 'domain/postage/origin.ts', "export type { Hash } from 'node:crypto';"),
  breaks('pure-libraries-of-domain', 'domain/postage/check.ts', "export { thing } from 'zod';"),
  breaks('domain-imports-no-other-layer', 'domain/postage/route.ts', "export type { ports } from '../../activities/ports.ts';"),
  breaks('domain-imports-no-other-layer', 'domain/postage/queue.ts', "export { queue } from '../../temporal.config.ts';"),
  breaks('domain-takes-types-only-from-schemas', 'domain/postage/weigh.ts', "export { letterSchema } from '../../schemas/letter.ts';"),
  breaks('a-capability-is-entered-through-its-index', 'domain/routes/index.ts', "export { postage } from '../postage/postage.ts';"),
  breaks(
    'the-outside-enters-a-capability-through-its-index',
    'activities/weigh.ts',
    "export { postage } from '../domain/postage/postage.ts';",
  ),
  breaks('workflows-never-import-node', 'workflows/wait.ts', "export { setTimeout } from 'node:timers/promises';"),
  breaks('workflows-import-the-workflow-sdk-only', 'workflows/connect.ts', "export type { thing } from '@temporalio/client';"),
  breaks('workflows-never-import-adapters', 'workflows/now.ts', "export { clock } from '../adapters/clock.ts';"),
  breaks('workflows-know-activities-by-their-contract', 'workflows/deliver.ts', "export type { deliver } from '../activities/deliver.ts';"),
  breaks('workflows-types-only-from-contract', 'workflows/contract.ts', "export { contract } from '../activities/contract.ts';"),
  breaks('workflows-take-types-only-from-schemas', 'workflows/read.ts', "export { letterSchema } from '../schemas/letter.ts';"),
  breaks('activities-never-import-adapters', 'activities/shelve.ts', "export { shelf } from '../adapters/files/shelf.ts';"),
  breaks('activities-never-import-workflows', 'activities/follow.ts', "export type { delivery } from '../workflows/index.ts';"),
  breaks('activities-import-no-outer-layer', 'activities/print.ts', "export { page } from '../reports/shared/page.ts';"),
  breaks('activities-never-import-node', 'activities/stamp.ts', "export { createHash } from 'node:crypto';"),
  breaks('activities-import-the-activity-sdk-only', 'activities/unpack.ts', "export { thing } from 'fzstd';"),
  breaks('ports-and-contract-are-types', 'worker/ports.ts', "export { ports } from '../activities/ports.ts';"),
  breaks('adapters-never-import-other-adapters', 'adapters/lake/shore.ts', "export { shelf } from '../files/shelf.ts';"),
  breaks('shared-adapter-files-import-no-adapter', 'adapters/digest.ts', "export { shelf } from './files/shelf.ts';"),
  breaks('adapters-know-no-capability', 'adapters/files/priced.ts', "export { postage } from '../../domain/postage/index.ts';"),
  breaks('adapters-know-activities-by-their-ports', 'adapters/files/van.ts', "export type { deliver } from '../../activities/deliver.ts';"),
  breaks('adapters-never-import-workflows', 'adapters/temporal/starter.ts', "export type { delivery } from '../../workflows/index.ts';"),
  breaks('reports-never-import-node', 'reports/letters/save.ts', "export { writeFileSync } from 'node:fs';"),
  breaks('reports-import-no-other-layer', 'reports/letters/now.ts', "export { clock } from '../../adapters/clock.ts';"),
  breaks(
    'reports-take-types-only-from-domain-and-schemas',
    'reports/letters/price.ts',
    "export { postage } from '../../domain/postage/index.ts';",
  ),
  breaks(
    'reports-take-types-only-from-domain-and-schemas',
    'reports/letters/parse.ts',
    "export { letterSchema } from '../../schemas/letter.ts';",
  ),
  breaks('reports-share-through-shared', 'reports/letters/frame.ts', "export { parcels } from '../parcels/page.ts';"),
  breaks('reports-shared-knows-no-report', 'reports/shared/index-page.ts', "export { parcels } from '../parcels/page.ts';"),
  breaks('nobody-imports-the-cli', 'worker/flags.ts', "export { main } from '../cli/main.ts';"),
  breaks('only-the-cli-imports-the-worker', 'activities/restart.ts', "export { start } from '../worker/index.ts';"),
  breaks('the-cli-enters-the-worker-through-its-index', 'cli/threads.ts', "export { threads } from '../worker/threads.ts';"),
  breaks('composition-roots-take-types-only-from-workflows', 'cli/deliver.ts', "export { delivery } from '../workflows/index.ts';"),
  breaks('temporal-config-imports-nothing', 'temporal.config.ts', "export { hostname as queue } from 'node:os';"),
  breaks('only-the-lake-imports-duckdb', 'adapters/files/query.ts', "export { thing } from '@duckdb/node-api';"),
  breaks('only-arrow-imports-arrow', 'adapters/lake/columns.ts', "export { thing } from 'apache-arrow';"),
  breaks('only-sources-unpack-and-glob', 'adapters/files/unpack.ts', "export { thing } from 'fzstd';"),
  breaks('only-files-read-json-with-comments', 'cli/config.ts', "export { thing } from 'jsonc-parser';"),
  breaks('only-the-engine-imports-temporal', 'adapters/files/follow.ts', "export type { thing } from '@temporalio/client';"),
  breaks('only-retrievers-read-foreign-engines', 'worker/ask.ts', "export { thing } from '@modelcontextprotocol/sdk';"),
  breaks('only-retrievers-read-foreign-engines', 'adapters/files/select.ts', "export { thing } from 'jsonpath-rfc9535';"),
  breaks('only-pages-read-yaml', 'adapters/files/front.ts', "export { thing } from 'yaml';"),
  breaks('only-nearest-imports-usearch', 'adapters/files/near.ts', "export { thing } from 'usearch';"),
  breaks('charts-only-in-reports-shared', 'reports/parcels/curve.ts', "export { thing } from 'echarts';"),
  breaks('only-the-worker-imports-the-thread-pool', 'cli/pool.ts', "export { thing } from 'piscina';"),
  breaks('only-the-cli-speaks-to-a-terminal', 'worker/help.ts', "export { thing } from 'commander';"),
  breaks('no-circular', 'domain/coop/egg.ts', "import type { Hen } from './hen.ts';\nexport interface Egg { readonly of: Hen }"),
  breaks('no-orphans', 'domain/postage/forgotten.ts', "export { paper } from '../shared/paper.ts';"),
  breaks('not-to-test', 'cli/rehearse.ts', "export { letter } from '../test/letter.test.ts';"),
  breaks('not-to-dev-dependencies', 'cli/try.ts', "export { thing } from 'vitest';"),
  breaks('no-undeclared-packages', 'cli/borrow.ts', "export { thing } from 'a-package-nobody-listed';"),
  breaks('no-unresolved', 'cli/lost.ts', "export { address } from './unknown-address.ts';"),
  breaks('set-up-needs-no-packages', 'scripts/setup/glob.mjs', "export { thing } from 'zod';"),
];

/** Writes the post office with all its violations to a new folder, and returns the folder. */
export function plantViolations(): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'lauter-layers-'));
  const planted = Object.fromEntries(VIOLATIONS.map(({ file, code }) => [file, `${code}\n`]));
  for (const [file, text] of Object.entries({ ...POST_OFFICE, ...planted })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

function breaks(rule: string, file: string, code: string): Violation {
  return { rule, file, code };
}
