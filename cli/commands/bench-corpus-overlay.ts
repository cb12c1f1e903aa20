import { UsageError } from '../../domain/shared/errors.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { OverlayEdit } from '../../schemas/bench-corpus-reports.ts';
import { addAdversarial, removeAdversarial } from '../bench/edit-overlay.ts';
import { openEventSource } from '../bench/event-source.ts';
import { tellOverlayEdit } from '../bench/tell-corpus.ts';
import { withCorpora } from '../bench/with-corpora.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface RemoveAdversarialOptions extends PlaceOptions {
  readonly corpusVersion: string;
  readonly json?: boolean;
}

export interface AddAdversarialOptions extends RemoveAdversarialOptions {
  readonly reason: string;
  readonly from?: string;
}

/** `lauter bench corpus add-adversarial`: lets an event take part in every run, apart from the headline numbers. */
export async function benchAddAdversarial(io: Io, eventId: string, options: AddAdversarialOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { corpusVersion, reason, from } = options;
  if (isBlank(reason)) {
    throw new UsageError('reading --reason: expected words, found none.', 'Say why the event is hard, for those who read the report.');
  }
  const source = from === undefined ? undefined : openEventSource(root, from, io.cwd);
  return tell(io, options, await withCorpora(root, () => addAdversarial(root, corpusVersion, { eventId, reason, source })));
}

/** `lauter bench corpus remove-adversarial`: takes an event out of the overlay. */
export async function benchRemoveAdversarial(io: Io, eventId: string, options: RemoveAdversarialOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  return tell(io, options, await withCorpora(root, () => removeAdversarial(root, options.corpusVersion, eventId)));
}

function tell(io: Io, { json }: RemoveAdversarialOptions, edit: OverlayEdit): ExitCode {
  io.out(json === true ? JSON.stringify(edit, null, 2) : tellOverlayEdit(edit));
  return EXIT.accepted;
}
