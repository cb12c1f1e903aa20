import { listCollections } from '../../adapters/search/collection-head.ts';
import { resolveKnobs } from '../../domain/search/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import { SEARCH_MODES } from '../../schemas/vocabulary.ts';
import { commandFor } from '../command-line.ts';
import { ok, warn, type Patient } from './checks.ts';

const NAME = 'search_mode';
const EXPECTED = 'a mode that there is, and every stage that it asks for';

/** What was found of the models that searches take: the checks of embedder and reranker. */
export interface CheckedModels {
  readonly embedder: DoctorCheck;
  readonly reranker: DoctorCheck;
}

/** Whether searches go by the mode that the config names, and no stage of it is missing. */
export function checkMode({ io, options, root }: Patient, settings: SearchSettings, { embedder, reranker }: CheckedModels): DoctorCheck {
  const { mode, isModeValid, knobs } = resolveKnobs({ settings, salvage: io.env.LAUTER_SEARCH_SALVAGE });
  const missing = [
    ...(isModeValid ? [] : [`search.mode names none that there is: ${settings.mode}; ${mode} counts`]),
    ...(embedder.status === 'ok' ? foreignVectors(root, settings, embedder.message) : [`embedder: ${embedder.message}`]),
    ...(knobs.reranker && settings.reranker === undefined ? ['reranker: asked for by search.rerank, none configured'] : []),
    ...(settings.reranker !== undefined && reranker.status !== 'ok' ? [`reranker: ${reranker.message}`] : []),
    ...(knobs.expansion && settings.expansion_model === undefined
      ? ['expansion: asked for by search.expansion, no search.expansion_model']
      : []),
    ...(knobs.contextual === 'synopsis' && settings.synopsis_model === undefined
      ? ['synopsis: asked for by search.contextual, no search.synopsis_model']
      : []),
  ];
  if (missing.length === 0) return ok(NAME, `${mode}, nothing is missing`, EXPECTED);
  const mend = commandFor(`config set search.mode ${mode}`, options);
  return warn(
    NAME,
    missing.join('; '),
    EXPECTED,
    isModeValid ? remedyOf(embedder, reranker) : `\`${mend}\` (there are ${SEARCH_MODES.join(', ')})`,
  );
}

/** Collections whose vectors another embedder made: they are searched by words alone. */
function foreignVectors(root: string, { embedder: name }: SearchSettings, id: string): string[] {
  if (name === 'none') return [];
  const foreign = collectionsOf(root).filter(({ embedder }) => embedder !== null && embedder !== id);
  return foreign.map((head) => `collection ${head.name}: its vectors are of ${head.embedder}, so it is searched by words alone`);
}

/** A damaged collection is told by whoever opens it. */
function collectionsOf(root: string): ReturnType<typeof listCollections> {
  try {
    return listCollections(root);
  } catch (error) {
    if (error instanceof LauterError) return [];
    throw error;
  }
}

function remedyOf(...models: readonly DoctorCheck[]): string {
  const remedies = models.filter(({ status }) => status !== 'ok').map(({ remedy }) => remedy);
  return (
    remedies.find((remedy) => remedy !== '') ??
    'Configure what is missing, or take it out of the config; `lauter search modes` shows what counts.'
  );
}
