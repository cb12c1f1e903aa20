import type { Command } from 'commander';
import type { BenchRecoverOptions } from '../commands/bench-recover.ts';
import type { BenchStatusOptions } from '../commands/bench-status.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter bench status` and `recover`: what is measured and how the pause of production stands, and the end of one that nobody ends. */
export function addBenchPause(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(
      bench
        .command('status')
        .description(
          'what is measured, what was left, how the pause of production stands: 1 when it is past its time or its end is not verified',
        ),
    ).option('--json', 'print it (bench-status/1) as one JSON document'),
    'lauter bench status --json',
    'workspace work[{id kind state models started_at runs_done runs run_id calls_done calls why resume}] slots[{url token owner taken_at renewed_at}] guests[{url owner pid pid_started host since until}] lease{owner token state production_url host pid age_s ttl_left_s deadline_left_s} guard{state pid problem} mutes_watchdogs alarms[{alarm text}] warnings remedy',
  ).action(async (options: BenchStatusOptions) => settle((await import('../commands/bench-status.ts')).benchStatus(io, options)));
  explained(
    placed(
      bench
        .command('recover')
        .description(
          'end a pause whose owner is dead: 0 when production is resumed or nothing was paused, 1 when the owner lives or it did not work',
        ),
    )
      .option('--production-url <url>', 'production to resume when the marker names none; bench.production_url unless stated')
      .option('--json', 'print what was done (bench-recovery/1) as one JSON document'),
    'lauter bench recover',
    'outcome production_url owner token found remedy moved_aside',
  ).action(async (options: BenchRecoverOptions) => settle(await (await import('../commands/bench-recover.ts')).benchRecover(io, options)));
}
