import { compareSetup, DEFAULT_WATCH, matchWatched, type RecordedSetup } from '../../domain/drift-watch/index.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { EvalReadRecord } from '../../schemas/eval-record.ts';
import { quoted } from '../../domain/shared/quoted.ts';
import { placeFlags } from '../search/shell-words.ts';
import type { KnobSetup } from '../search/knob-setup.ts';
import { changedFiles, isOurClone, repositoriesOf } from './changed-files.ts';
import { ok, warn, type Patient } from './checks.ts';
import { newestEvaluation } from './newest-evaluation.ts';
import { presentSetup } from './present-setup.ts';

const NAME = 'eval_drift';
const EXPECTED = 'nothing that decides an evaluation changed since the newest one';
const LINE_TO_ADD = '"eval": { "drift_watch": ["src/search/"] }';

/** Whether the newest evaluation still speaks of what is here: watched files, committed or not, and what searches are set up with. */
export async function checkDrift(patient: Patient, setup: Pick<KnobSetup, 'config' | 'base'>): Promise<DoctorCheck> {
  const { io, root } = patient;
  const { found: repositories, problems } = await repositoriesOf([io.cwd, root], io.env);
  const watch = setup.config.eval.drift_watch ?? (repositories.some(isOurClone) ? DEFAULT_WATCH : undefined);
  const record = newestEvaluation(root);
  const first = record === undefined ? 'no evaluation is recorded: run an evaluation first' : null;
  if (watch === undefined) {
    const skipped = `skipped: no files are watched; to watch some, add ${LINE_TO_ADD} to the config`;
    return ok(NAME, first === null ? skipped : `${skipped}; ${first}`, EXPECTED);
  }
  if (record === undefined) return ok(NAME, first ?? '', EXPECTED);
  const changed =
    repositories.length === 0 ? { problem: problems[0] ?? 'no folder to look at' } : await changedFiles(repositories, record.commit);
  const watched = matchWatched(watch, 'paths' in changed ? changed.paths : null);
  const reasons = [
    ...('problem' in changed ? [`the files cannot be compared: ${changed.problem}`] : []),
    ...(watched.length === 0 ? [] : [`${formatAmount(watched.length, 'watched file')} changed: ${tellPaths(watched)}`]),
    ...compareSetup(recordedSetup(record), await presentSetup(patient, setup, record)),
  ];
  const since = `since the evaluation of ${record.ran_at}, commit ${record.commit ?? 'unknown'}`;
  if (reasons.length === 0)
    return ok(NAME, `${formatAmount(watch.length, 'entry', 'entries')} watched, nothing changed ${since}`, EXPECTED);
  return warn(NAME, `${since}: ${reasons.join('; ')}`, EXPECTED, `Evaluate again: \`${commandOf(record, patient)}\``);
}

const SHOWN = 10;

function tellPaths(paths: readonly string[]): string {
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  return `${paths.slice(0, SHOWN).join(', ')}${more}`;
}

/** Fields that a record of somebody else may lack, or hold in another form. */
function recordedSetup(record: EvalReadRecord): RecordedSetup {
  const lanes = (value: unknown): Record<string, string | null> =>
    typeof value !== 'object' || value === null
      ? {}
      : Object.fromEntries(
          Object.entries(value).filter((entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === 'string'),
        );
  const hash = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    models: lanes(record.models),
    model_snapshots: lanes(record.model_snapshots),
    prompt_hashes: lanes(record.prompt_hashes),
    knob_hash: hash(record.knob_hash),
    corpus_hash: hash(record.corpus_hash),
  };
}

/** The command that made the record, or one that makes another of the kind. */
function commandOf({ command, suite, mode }: EvalReadRecord, { options }: Patient): string {
  const words = Array.isArray(command) ? command.filter((word) => typeof word === 'string') : [];
  const isRunAll = words.join(' ').startsWith('lauter eval run-all');
  if (isRunAll) return words.map(quoted).join(' ');
  return `lauter eval run-all${mode === 'n/a' ? '' : ` --modes ${quoted(mode)}`} --suites ${quoted(suite)}${placeFlags(options)}`;
}
