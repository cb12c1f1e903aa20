import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { writeFileAtomically } from '../../adapters/atomic-write.ts';
import { CONFIG_NAME, readConfig } from '../../adapters/files/config-file.ts';
import { editConfig } from '../../adapters/files/edit-config.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { SourceConfig } from '../../schemas/config.ts';
import type { InitReport } from '../../schemas/init-report.ts';
import type { SearchMode } from '../../schemas/vocabulary.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { chooseMode, tellMode, USUAL_MODE } from '../init/choose-mode.ts';
import { lookAt } from '../init/look-at.ts';
import { proposeSources, type LookedAt } from '../init/propose-sources.ts';
import { plain, type Io } from '../io.ts';
import { textTable } from '../text-table.ts';
import { PACKAGE_ROOT, VERSION } from '../version.ts';
import { configSchemaText } from './config-schema.ts';

export interface InitOptions {
  readonly workspace?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  /** How much a search delivers; asked for at a terminal where it is not given. */
  readonly mode?: SearchMode;
  readonly json?: boolean;
}

const SCHEMA_NAME = 'lauter.schema.json';

/** `lauter init [PATHS…]`: makes a workspace, and a config that names the traces it was shown. */
export async function init(io: Io, paths: readonly string[], options: InitOptions): Promise<ExitCode> {
  const workspace = workspaceToMake(io, options);
  const config = join(workspace, CONFIG_NAME);
  const places = await lookAt(paths, io.cwd, workspace);
  const known = existsSync(config) ? readConfig(config, createRedactor(SECRET_FAMILIES)).sources : [];
  const proposed = proposeSources(places, { base: workspace, workspace, takenNames: known.map((source) => source.name) });
  const sources = proposed.filter((source) => !known.some((other) => isSameSource(source, other)));
  const isNew = !existsSync(config);
  const isKept = !isNew && options.force !== true;
  const isAsking = !isKept && options.yes !== true && io.ask !== undefined;
  const report: InitReport = {
    schema: 'init-report/1',
    workspace,
    config,
    written: !isKept,
    mode: isNew ? (options.mode ?? (isAsking ? await chooseMode(io) : USUAL_MODE)) : isKept ? null : (options.mode ?? null),
    sources,
    unclear: unclearFiles(places),
  };
  if (isAsking) {
    io.err(tellInit(report, io));
    if ((await io.ask?.('Write this?')) !== true) {
      io.err('nothing was written');
      return EXIT.interrupted;
    }
  }
  if (!isKept) write(report);
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellInit(report, io));
  if (!isKept) return EXIT.accepted;
  throw new UsageError(
    `making a workspace: expected no ${CONFIG_NAME} in ${workspace}, found one; it was left alone.`,
    sources.length === 0
      ? 'It covers all that was found. Change it with `lauter config set`.'
      : 'Add the sources above with --force, which keeps everything else, or with `lauter config set`.',
  );
}

/** Like the folder that other commands use, except that it need not exist. */
function workspaceToMake(io: Io, { workspace }: InitOptions): string {
  const named = workspace ?? io.env.LAUTER_WORKSPACE;
  if (named !== undefined && named !== '') return resolve(io.cwd, named);
  return resolve(io.cwd) === PACKAGE_ROOT ? join(PACKAGE_ROOT, 'data') : resolve(io.cwd);
}

function isSameSource(one: Pick<SourceConfig, 'adapter' | 'paths'>, other: Pick<SourceConfig, 'adapter' | 'paths'>): boolean {
  return one.adapter === other.adapter && one.paths.join('\n') === other.paths.join('\n');
}

function unclearFiles(places: readonly LookedAt[]): InitReport['unclear'] {
  return places
    .flatMap((place) => place.files)
    .filter((file) => file.kind === 'unknown' || file.kind === 'ambiguous')
    .map((file) => ({ file: file.sourceFile, reason: file.reason }));
}

function write({ workspace, config, sources, mode }: InitReport): void {
  openWorkspace(workspace, VERSION).close();
  writeFileAtomically(join(workspace, SCHEMA_NAME), configSchemaText());
  if (!existsSync(config)) {
    writeFileAtomically(config, `${JSON.stringify({ $schema: `./${SCHEMA_NAME}`, sources, search: { mode } }, null, 2)}\n`);
    return;
  }
  const secrets = createRedactor(SECRET_FAMILIES);
  const first = readConfig(config, secrets).sources.length;
  editConfig(
    config,
    [
      ...sources.map((source, at) => ({ path: ['sources', first + at], value: source })),
      ...(mode === null ? [] : [{ path: ['search', 'mode'], value: mode }]),
    ],
    secrets,
  );
}

function tellInit({ workspace, config, written, mode, sources, unclear }: InitReport, io: Io): string {
  const near = (path: string): string => {
    const short = relative(io.cwd, path);
    return short === '' ? '.' : short.startsWith('..') ? path : short;
  };
  const found =
    sources.length === 0
      ? 'no new sources'
      : textTable(
          ['source', 'format', 'paths, from the folder of the config'],
          sources.map((source) => [plain(source.name), source.adapter, plain(shortList(source.paths))]),
        );
  const left = unclear.map(({ file, reason }) => `  ${plain(file)}: ${plain(reason)}`);
  return [
    `workspace  ${near(workspace)}`,
    `config     ${near(config)}${written ? '' : '  (left as it is; this is what it lacks)'}`,
    ...(mode === null ? [] : [`mode       ${tellMode(mode, runOptions(workspace, io))}`]),
    '',
    found,
    ...(left.length === 0 ? [] : ['', 'not recognised, and in no source (`lauter sources detect` tells more):', ...left]),
    ...(written ? ['', 'next:', `  lauter distill run-all${runOptions(workspace, io)}`] : []),
  ].join('\n');
}

const SHOWN_PATHS = 3;

function shortList(paths: readonly string[]): string {
  const more = paths.length > SHOWN_PATHS ? `, and ${paths.length - SHOWN_PATHS} more` : '';
  return `${paths.slice(0, SHOWN_PATHS).join(', ')}${more}`;
}

function runOptions(workspace: string, io: Io): string {
  return workspace === resolve(io.cwd) ? '' : ` --workspace ${relative(io.cwd, workspace)}`;
}
