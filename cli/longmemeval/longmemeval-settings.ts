import { UsageError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import { chooseLongMemEval, type LongMemEvalChoices } from '../../worker/inputs/longmemeval-settings.ts';
import type { Io } from '../io.ts';
import { refuseForbiddenHost } from '../refuse-forbidden-host.ts';
import { howToSearch, type SearchOptions } from '../search/search-options.ts';

/** What `lauter eval longmemeval` is told about how to search, answer and judge. */
export interface LongMemEvalOptions extends SearchOptions, Omit<LongMemEvalChoices, 'how' | 'retriever'> {
  readonly limit?: number;
  readonly questionIds?: string;
  readonly maxUsd?: number;
  readonly yes?: boolean;
  readonly output?: string;
  readonly resumeFrom?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly keepServer?: boolean;
}

/** The settings of a run, from the command line before the config. UsageError or ConfigError for what does not fit together, has no price or may not be called. */
export async function longMemEvalSettings(io: Io, options: LongMemEvalOptions, config: Config): Promise<LongMemEvalSettings> {
  refuseContradiction(options);
  const settings = chooseLongMemEval(io, { ...options, how: howToSearch(options, { limit: options.topK }) }, config);
  for (const role of ['reader', 'judge'] as const) {
    const model = settings[role];
    if (model === null) continue;
    const asked = { role, baseUrl: model.base_url, model: model.model, setting: `eval.${role}.base_url` };
    await refuseForbiddenHost(asked, config.search.allowed_hosts);
  }
  return settings;
}

function refuseContradiction({ retrievalOnly, judge, judgeModel, model, expansion, rerank }: LongMemEvalOptions): void {
  if (retrievalOnly !== true) return;
  const asked = {
    '--judge': judge,
    '--judge-model': judgeModel,
    '--model': model,
    '--expansion': expansion,
    '--rerank on': rerank === 'on',
  };
  const flag = Object.entries(asked).find(([, value]) => value !== undefined && value !== false)?.[0];
  if (flag === undefined) return;
  throw new UsageError(`reading the options: expected no call of a model with --retrieval-only, found ${flag}.`, 'Leave one of them out.', {
    flag: flag.split(' ')[0]!,
  });
}
