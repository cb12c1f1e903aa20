import type { Command } from 'commander';
import type { TraceOptions } from '../trace/trace-options.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter trace`: from a row back to its source, and from a source to its rows. */
export function addTrace(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(
      program
        .command('trace [id]')
        .description(
          'the chain from an exported row, pair, scored run, evidence or replay back to its source line, verified: 1 when a link does not hold',
        ),
    )
      .option('--reverse <place>', 'what came of FILE:LINE (counted from 1), FILE#/json/pointer or FILE!member')
      .option('--run-id <id>', 'look in this run instead of that of exports/latest')
      .option('--html <file>', 'also write it as one page, with its tables beside it')
      .option('--json', 'print it (trace/1, of a replay trace-replay/1, with --reverse trace-reverse/1) as one JSON document'),
    'lauter trace 67dfec63',
    'asked kind id run_id latest_run_id verdict first links[{link,state,of,path,expected,found,remedy}] records[{role,evidence_id,task,provenance,source_line,scored,exports,left_out,source_row}]\nKeys of a replay: replay_id file line task bundle_digest bundle_holds verdict playbooks[{use,id,trace}]\nKeys of --reverse --json: source_file line line_offset pointer member records[{evidence_id,locator,category,rule,exports,left_out}] refused matched',
  ).action(async (id: string | undefined, options: TraceOptions) =>
    settle(await (await import('../commands/trace.ts')).traceCommand(io, id, options)),
  );
}
