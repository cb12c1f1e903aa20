import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DeterminismReport, RecordedField } from '../../schemas/determinism-report.ts';
import { comparabilityKey } from '../shared/comparability-key.ts';
import type { RunFile } from '../shared/run-file.ts';
import { findQuestionDifferences } from './questions.ts';
import { differs, recordField, showRecorded } from './recorded-field.ts';

/** What {@link checkComparability} found; `warnings` says what nobody could compare. */
export interface Comparability {
  readonly report: DeterminismReport['comparability'];
  readonly warnings: readonly string[];
}

/** The fields of the comparability key. */
const KEY_FIELDS = ['corpus_content_hash', 'qa_content_hash', 'embedding_model', 'prompt_hash', 'tuning_hash'] as const;
/** Labels are compared only where they may stand for what older files record no hash of, and never in place of a hash. */
const COMPARED_FIELDS = [...KEY_FIELDS, 'overlay_hash', 'eval_qa_version'] as const;

/**
 * Whether runs measured the same thing. A field that differs, or that only some runs record, forbids it; a field of the key that none records makes
 * it partial, and the questions and goldens of the items then stand in. Order of files plays no part.
 */
export function checkComparability(files: readonly RunFile[]): Comparability {
  const fields = COMPARED_FIELDS.map((field) => recordField(field, files, (file) => readField(file, field)));
  const keys = recordField('comparability_key', files, (file) => readField(file, 'comparability_key'));
  const measuring = new Set(files.filter(hasMeasured).map(({ runId }) => runId));
  const recorded = fields.filter((field) => differs(field) || isOneSided(field, measuring));
  const isHashRecorded = fields.some((field) => field.field === 'qa_content_hash' && isRecordedBySome(field));
  // What follows from a field that differs says nothing more.
  const differences =
    recorded.length > 0 ? recorded : [...findQuestionDifferences(files, isHashRecorded), ...(differs(keys) ? [keys] : [])];
  if (differences.length > 0) return { report: { status: 'not comparable', key: null, differences }, warnings: [] };
  const notRecorded = fields.filter((field) => isKeyField(field.field) && !isRecordedBySome(field)).map(({ field }) => field);
  if (notRecorded.length > 0) {
    const warnings = [`comparability is partial: ${notRecorded.join(', ')} not recorded in any run`];
    return { report: { status: 'partial', key: null, differences }, warnings };
  }
  const key = keyOf(fields);
  const isTold = keys.values.every(({ value }) => value === null || value === key);
  const warnings = isTold ? [] : ['the recorded comparability_key is not that of the recorded fields, which were compared instead'];
  return { report: { status: 'comparable', key, differences }, warnings };
}

/** No overlay is something that a run can have in common with others, also where its file is older than overlays. */
function readField(file: RunFile, field: string): string | null {
  const value = showRecorded(file.manifest?.value[field]);
  return field === 'overlay_hash' && value === null && hasMeasured(file) ? NO_OVERLAY : value;
}

const NO_OVERLAY = 'none';

/** A run that broke off before it measured anything may lack what it had not come to yet. */
function hasMeasured({ summaries }: RunFile): boolean {
  return summaries.length > 0;
}

function isOneSided(field: RecordedField, measuring: ReadonlySet<string>): boolean {
  return isRecordedBySome(field) && field.values.some(({ value, run_ids }) => value === null && run_ids.some((id) => measuring.has(id)));
}

function isRecordedBySome({ values }: RecordedField): boolean {
  return values.some(({ value }) => value !== null);
}

function isKeyField(field: string): boolean {
  return KEY_FIELDS.some((known) => known === field);
}

function keyOf(fields: readonly RecordedField[]): string {
  const valueOf = (name: string): string => fields.find(({ field }) => field === name)?.values[0]?.value ?? '';
  const overlay = valueOf('overlay_hash');
  return comparabilityKey(
    {
      corpus_content_hash: valueOf('corpus_content_hash'),
      overlay_hash: overlay === NO_OVERLAY || overlay === '' ? null : overlay,
      qa_content_hash: valueOf('qa_content_hash'),
      embedding_model: valueOf('embedding_model'),
      prompt_hash: valueOf('prompt_hash'),
      tuning_hash: valueOf('tuning_hash'),
    },
    (text) => bytesToHex(sha256(utf8ToBytes(text))),
  );
}
