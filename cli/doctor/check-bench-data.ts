import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isLabel, qaFolder } from '../../adapters/bench/bench-places.ts';
import { qaPlace } from '../../adapters/bench/qa-files.ts';
import { sha256 } from '../../adapters/digest.ts';
import { checkProvenance, qaContentHash } from '../../domain/bench/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { openCorpusOf, openQaAt } from '../bench/open-bench.ts';
import { commandFor } from '../command-line.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

/** Every frozen corpus is what its manifest says. */
export async function checkCorpora({ root, options }: Pick<Patient, 'root' | 'options'>): Promise<DoctorCheck> {
  const expected = 'corpora that are what their manifests say';
  const labels = corpusLabels(root);
  for (const label of labels) {
    const found = await orProblem(() => openCorpusOf(root, label));
    if (found instanceof LauterError)
      return fail('corpora', found.message, expected, commandFor(`bench corpus verify --corpus-version ${label}`, options));
  }
  return ok('corpora', labels.length === 0 ? 'none' : labels.join(', '), expected);
}

/** Every fixture of questions belongs to the corpus that its provenance names, and is what it was when that was written. */
export async function checkQuestions({ root, options }: Pick<Patient, 'root' | 'options'>): Promise<DoctorCheck> {
  const expected = 'questions and corpora with the hashes that stand in the provenance of the questions';
  const labels = qaLabels(root);
  const problems: { readonly told: string; readonly remedy: string }[] = [];
  for (const label of labels) {
    const problem = await orProblem(() => findMismatch(root, label));
    if (problem === null) continue;
    if (problem instanceof LauterError) problems.push({ told: `${label}: ${problem.message}`, remedy: problem.remedy });
    else {
      const validate = `bench qa validate --qa ${label} --corpus-version ${problem.corpus ?? 'LABEL'}`;
      problems.push({ told: `${label}: ${problem.told}`, remedy: commandFor(validate, options) });
    }
  }
  const [first] = problems;
  if (first !== undefined) return warn('questions', problems.map(({ told }) => told).join('; '), expected, first.remedy);
  return ok('questions', labels.length === 0 ? 'none' : `${formatAmount(labels.length, 'fixture')}: ${labels.join(', ')}`, expected);
}

async function findMismatch(root: string, label: string): Promise<{ readonly told: string; readonly corpus: string | undefined } | null> {
  const { rows, provenance } = await openQaAt(qaPlace(root, label, root));
  const corpus = provenance?.corpus_version;
  const isThere = corpus !== undefined && corpusLabels(root).includes(corpus);
  const corpus_content_hash = isThere ? (await openCorpusOf(root, corpus)).contentHash : `no corpus ${corpus ?? ''}`.trim();
  const { state, differences } = checkProvenance(provenance, { corpus_content_hash, qa_content_hash: qaContentHash(rows, sha256) });
  if (state === 'matches') return null;
  if (state === 'missing') return { told: 'no provenance beside it', corpus };
  return { told: differences.map(({ field, expected, found }) => `${field} ${expected}, found ${found}`).join(', '), corpus };
}

function corpusLabels(root: string): string[] {
  const folder = join(root, 'lake', 'bench', 'corpora');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isLabel(name) && existsSync(join(folder, name, 'manifest.json')))
    .sort();
}

function qaLabels(root: string): string[] {
  const folder = qaFolder(root);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && !name.endsWith('.worklist.jsonl'))
    .map((name) => name.replace(/\.jsonl$/, ''))
    .filter(isLabel)
    .sort();
}

async function orProblem<Found>(look: () => Promise<Found>): Promise<Found | LauterError> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof LauterError) return error;
    throw error;
  }
}
