import type { Command } from 'commander';
import type { ProbeRunOptions } from '../commands/probe-run.ts';
import type { ProbeStatusOptions } from '../commands/probe-status.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter probe nightly …`: looks every night whether answers, refinery and bench are as they were. */
export function addProbe(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const probe = program.command('probe').description('look regularly whether all is as it was');
  const nightly = probe.command('nightly').description('the probe that runs every night: run, enable, disable, status');
  explained(
    placed(
      nightly
        .command('run')
        .description(
          'the probe once, by hand: 1 when answers are bad, 2 when nobody can tell; never spends more than probe.nightly.max_usd',
        ),
    )
      .option('--report <dir>', 'write the history of the probe as a page, Markdown, JSON and tables')
      .option('--keep-server', 'leave the Temporal server running afterwards')
      .option('--json', 'print how it ended as one JSON document'),
    'lauter probe nightly run --report reports/probe',
    'schema_version run_id exit_code probes[{kind outcome exit_code detail event{ts kind outcome exit_code pass_count fail_count inconclusive_count error_count malformed_count upstream_error_count questions est_cost_usd actual_cost_usd fixture_sha8 detail run_uid metrics{} intervals{}}}]',
  ).action(async (options: ProbeRunOptions) => settle(await (await import('../commands/probe-run.ts')).probeRun(io, options)));
  for (const [verb, isOn, description] of SWITCHES) {
    explained(placed(nightly.command(verb).description(description)), `lauter probe nightly ${verb}`).action(
      async (options: PlaceOptions) => settle(await (await import('../commands/probe-switch.ts')).probeSwitch(io, isOn, options)),
    );
  }
  explained(
    placed(nightly.command('status').description('whether it is on, what came of it last and when it is due; starts no server')).option(
      '--json',
      'print it as one JSON document',
    ),
    'lauter probe nightly status --json',
    'schema_version enabled last_event{} next_due max_usd window_hours',
  ).action(async (options: ProbeStatusOptions) => settle((await import('../commands/probe-status.ts')).probeStatus(io, options)));
}

const SWITCHES = [
  ['enable', true, 'set probe.nightly.enabled in the config and start the schedule'],
  ['disable', false, 'set probe.nightly.enabled to false and remove the schedule'],
] as const;
