import { UsageError } from '../../domain/shared/errors.ts';
import type { DoctorCheck, DoctorReport } from '../../schemas/doctor-report.ts';
import { fail, type Patient } from '../doctor/checks.ts';
import { gatherFacts, workspaceIdOf } from '../doctor/facts.ts';
import { CHECK_NAMES, ENGINE_CHECKS, makeCheck } from '../doctor/table.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { withEngineView, type EngineView } from '../runs/engine-view.ts';

export interface DoctorOptions extends PlaceOptions {
  readonly check?: readonly string[];
  readonly strict?: boolean;
  readonly json?: boolean;
}

/**
 * `lauter doctor`: every check, or those that are named, that can be made without changing anything, but for the ledger of money where a model that costs some
 * is asked; 1 when one of them fails, with `--strict` also when one of them warns.
 */
export async function doctor(io: Io, options: DoctorOptions, look = withEngineView): Promise<ExitCode> {
  const names = namesOf(options.check);
  const patient = { io, root: workspaceFolder(io, options), options };
  const id = workspaceIdOf(patient.root);
  const examine = (engine: EngineView | null): Promise<DoctorCheck[]> => makeChecks(patient, engine, names, options.check !== undefined);
  const isEngineAsked = id !== null && names.some((name) => ENGINE_CHECKS.has(name));
  const checks = isEngineAsked ? await look(io, { root: patient.root, id }, examine) : await examine(null);
  const report: DoctorReport = { schema_version: 1, status: worstOf(checks), workspace: patient.root, checks };
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellReport(report));
  return report.status === 'fail' || (report.status === 'warn' && options.strict === true) ? EXIT.refused : EXIT.accepted;
}

/** In the order of the table, each once. */
function namesOf(wanted: readonly string[] | undefined): readonly string[] {
  const unknown = wanted?.find((name) => !CHECK_NAMES.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `choosing checks, on --check: expected the name of one, found ${JSON.stringify(unknown)}.`,
      `There are ${CHECK_NAMES.join(', ')}.`,
    );
  return CHECK_NAMES.filter((name) => wanted?.includes(name) ?? true);
}

/** What cannot be made is left out, as another check says why; not so where it was asked for by name. */
async function makeChecks(patient: Patient, engine: EngineView | null, names: readonly string[], isNamed: boolean): Promise<DoctorCheck[]> {
  const facts = gatherFacts(patient, engine);
  const checks: DoctorCheck[] = [];
  for (const name of names) {
    const check = (await makeCheck(name, facts)) ?? (isNamed ? notMade(name) : null);
    if (check !== null) checks.push(check);
  }
  return checks;
}

function notMade(name: string): DoctorCheck {
  const expected = 'a config that can be read, and a workspace';
  return fail(name, 'not made, for lack of one of them', expected, 'lauter doctor --check config --check workspace');
}

function worstOf(checks: readonly DoctorCheck[]): DoctorReport['status'] {
  return (['fail', 'warn'] as const).find((status) => checks.some((check) => check.status === status)) ?? 'ok';
}

const MARKS = { ok: '✔', warn: '!', fail: '✘' };

function tellReport({ checks, status }: DoctorReport): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status: own, message, expected, remedy, commands }) => {
    const indent = ' '.repeat(width + 10);
    const below = own === 'ok' ? [] : [`expected ${expected}`, ...(remedy === '' ? [] : [remedy])];
    const unsaid = own === 'ok' ? [] : commands.filter((command) => !remedy.includes(command));
    return [
      `${MARKS[own]} ${own.padEnd(4)}  ${name.padEnd(width)}  ${plain(message)}`,
      ...[...below, ...unsaid].map((line) => indent + plain(line)),
    ];
  });
  return [...lines, '', `${MARKS[status]} ${status}`].join('\n');
}
