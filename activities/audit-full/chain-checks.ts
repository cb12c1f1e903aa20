import { SourceError } from '../../domain/shared/errors.ts';
import { auditBaselineRowSchema } from '../../schemas/audit-baseline.ts';
import { replayRunSchema } from '../../schemas/replay-run.ts';
import { LEDGER_DAMAGES } from '../../schemas/vocabulary.ts';
import { verifyReceipts } from '../verify-receipts.ts';
import type { AuditedRun, AuditLedgers, AuditWatch, AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { faultOf } from './file-rows.ts';

/** Check 14: every digest that the receipts of the run claim, computed again. */
export async function checkReceipts({ receipts }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const { checked, faults } = await verifyReceipts(receipts, run_id, ({ done, total }) => {
    watch.progress(done, total);
    watch.throwIfStopped();
  });
  for (const { link, path, expected, found } of faults) notes.add({ where: `${link.replaceAll('_', ' ')}, ${path}`, expected, found });
  notes.look(`${amount(checked.links, 'link')} over ${amount(checked.files, 'file')} and ${amount(checked.rows, 'row')}`);
}

/** Check 15: the invariants of the pipeline on the acceptance fixture. */
export async function checkAcceptance(world: Pick<AuditWorld, 'accept'>, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const { passed, total, invariants } = await world.accept(watch);
  for (const { number, name, passed: holds, expected, found, where } of invariants)
    if (!holds) notes.add({ where: [`invariant ${number}, ${name}`, ...where].join('; '), expected, found });
  notes.hold('the fixture', `${total} of ${total} invariants`, `${passed} of ${total} invariants`);
  notes.look(`${amount(total, 'invariant')} on the fixture`);
}

/** Check 16: every hash-chained ledger from its first row to its head, and the replay log line by line. */
export async function checkLedgers({ ledgers }: Pick<AuditWorld, 'ledgers'>, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const chains = ledgers.chains();
  let rows = 0;
  for (const { path, check } of chains) {
    watch.throwIfStopped();
    const { seq, fault, isTorn } = await check();
    rows += seq;
    if (fault !== undefined) {
      const { kind, line, expected, found } = fault;
      notes.add({ where: `${path}:${line}`, expected, found: `${found} (${kind}: ${LEDGER_DAMAGES[kind]})` });
    } else if (isTorn)
      notes.warn(`${path}: a row that was cut off while it was written follows the last one; the next append clears it away`);
  }
  await checkBaselineRows(ledgers, notes);
  const runs = await checkReplayLogs(ledgers, notes, watch);
  notes.look(`${amount(chains.length, 'ledger')} with ${amount(rows, 'row')}, ${amount(runs, 'replay run')}`);
}

/** A damaged chain is a finding already. */
async function checkBaselineRows(ledgers: AuditLedgers, notes: CheckNotes): Promise<void> {
  const { rows } = await ledgers.baselines();
  for (const row of rows) {
    const fault = faultOf(auditBaselineRowSchema, row);
    if (fault !== undefined)
      notes.add({ where: `ledger/audit-baselines.jsonl:${row.seq}`, expected: 'an audit-baseline/1 row', found: fault });
  }
}

async function checkReplayLogs(ledgers: AuditLedgers, notes: CheckNotes, watch: AuditWatch): Promise<number> {
  let runs = 0;
  for (const log of ledgers.replayLogs()) {
    try {
      runs += await checkReplayLog(log, notes, watch);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      notes.add({ where: log.path, expected: 'a whole archive of replay runs', found: error.message });
    }
  }
  return runs;
}

async function checkReplayLog(
  { path, lines }: ReturnType<AuditLedgers['replayLogs']>[number],
  notes: CheckNotes,
  watch: AuditWatch,
): Promise<number> {
  let runs = 0;
  for await (const { text, isEnded } of lines()) {
    watch.throwIfStopped();
    runs += 1;
    const fault = faultOf(replayRunSchema, jsonIn(text));
    if (fault === undefined) continue;
    if (isEnded) notes.add({ where: `${path}:${runs}`, expected: 'a replay_run/1 row', found: fault });
    else notes.warn(`${path}: its last line was cut off while it was written`);
  }
  return runs;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
