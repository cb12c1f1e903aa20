import { qaPlace } from '../../adapters/bench/qa-files.ts';
import { sha256 } from '../../adapters/digest.ts';
import { validateQa } from '../../domain/bench/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { isBlank } from '../../domain/shared/text.ts';
import { openCorpusOf, openQaAt } from '../bench/open-bench.ts';
import { tellQaValidation } from '../bench/tell-qa.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface QaValidateOptions extends PlaceOptions {
  readonly qa: string;
  readonly corpusVersion: string;
  readonly minScoreable: number;
  readonly allowHashMismatch?: string;
  readonly json?: boolean;
}

/** `lauter bench qa validate`: whether the questions of a fixture can be scored against a corpus, and belong to it. */
export async function benchQaValidate(io: Io, options: QaValidateOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { allowHashMismatch } = options;
  if (allowHashMismatch !== undefined && isBlank(allowHashMismatch)) {
    throw new UsageError(
      'reading --allow-hash-mismatch: expected a reason, found none.',
      'Say why other hashes are right here; runs record it.',
    );
  }
  const corpus = await openCorpusOf(root, options.corpusVersion);
  const { rows, provenance } = await openQaAt(qaPlace(root, options.qa, io.cwd));
  const request = {
    fixture: options.qa,
    rows,
    provenance,
    corpus,
    minScoreable: options.minScoreable,
    allowMismatch: allowHashMismatch,
  };
  const validation = validateQa(request, sha256);
  io.out(options.json === true ? JSON.stringify(validation, null, 2) : tellQaValidation(validation));
  if (options.json === true) for (const warning of validation.warnings) io.err(`warning: ${warning}`);
  return validation.passes ? EXIT.accepted : EXIT.refused;
}
