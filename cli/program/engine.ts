import { Option, type Command } from 'commander';
import type { DoctorOptions } from '../commands/doctor.ts';
import type { ServerStartOptions } from '../commands/server-start.ts';
import type { ServerStatusOptions } from '../commands/server-status.ts';
import type { WorkerCommandOptions } from '../commands/worker.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';
import { mayRepeat } from './refuse-repeats.ts';

const STATUS_KEYS = 'state from address ui_address pid server_version started_at keep users';

/** `lauter worker`, `server`, `ui` and `doctor`: what runs are worked on with. */
export function addEngine(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(program.command('worker').description('work on the runs of a workspace until told to stop: 0 after SIGTERM, 130 after Ctrl-C'))
      .option('--threads <n>', 'threads that do the work; all cores unless stated', wholeNumber(1, 256))
      .option('--with-server', 'start the Temporal server of the workspace and keep it up meanwhile, instead of waiting for one'),
    'lauter worker --with-server --threads 4',
  ).action(async (options: WorkerCommandOptions) => settle(await (await import('../commands/worker.ts')).worker(io, options)));
  addServer(program, io, settle);
  explained(
    placed(program.command('ui').description("print the address of Temporal's own pages, and open them on a terminal")),
    'lauter ui',
  ).action(async (options: PlaceOptions) => settle(await (await import('../commands/ui.ts')).ui(io, options)));
  explained(
    placed(
      program
        .command('doctor')
        .description(
          'check machine, workspace, config, engine, lake, runs and probes; 0 unless a check fails, then 1, with --strict also when one warns',
        ),
    )
      .addOption(mayRepeat(new Option('--check <name>', 'make this check only; may be repeated').argParser(addName)))
      .option('--strict', 'end with 1 also when a check only warns')
      .option('--json', 'print the checks as one JSON document'),
    'lauter doctor --check ledgers --check nightly_quality_probe_health --strict',
    'schema_version status workspace checks[{name status message expected remedy commands[]}]',
  ).action(async (options: DoctorOptions) => settle(await (await import('../commands/doctor.ts')).doctor(io, options)));
}

function addName(name: string, names: readonly string[] = []): string[] {
  return [...names, name];
}

function addServer(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const server = program.command('server').description('the Temporal server of a workspace');
  explained(
    placed(server.command('start').description('start it and leave it running')).option(
      '--json',
      'print its status (server-status/1) as one JSON document',
    ),
    'lauter server start',
    STATUS_KEYS,
  ).action(async (options: ServerStartOptions) => settle(await (await import('../commands/server-start.ts')).serverStart(io, options)));
  explained(placed(server.command('stop').description('stop it, unless commands use it')), 'lauter server stop').action(
    async (options: PlaceOptions) => settle(await (await import('../commands/server-stop.ts')).serverStop(io, options)),
  );
  explained(
    placed(server.command('status').description('whether it runs, where, and who uses it')).option(
      '--json',
      'print it (server-status/1) as one JSON document',
    ),
    'lauter server status --json',
    STATUS_KEYS,
  ).action(async (options: ServerStatusOptions) =>
    settle(await (await import('../commands/server-status.ts')).serverStatusCommand(io, options)),
  );
}
