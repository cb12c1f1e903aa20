import { isBlank } from '../../shared/text.ts';
import { asArray, asString, type JsonObject, type JsonValue } from '../../shared/json.ts';

/** A row of a fixture as it was read, with its line from 1. */
export interface QaLine {
  readonly line: number;
  readonly value: JsonObject;
}

/** What a row asks, whatever is wrong with it. */
export interface QaQuestion {
  readonly line: number;
  /** `qa_id`, else `id`, else `line-<n>`. */
  readonly qaId: string;
  /** Empty when there is none. */
  readonly question: string;
  /** In their order, each once; null for one that is no string. */
  readonly goldens: readonly (string | null)[];
  /** True when the row has a list of goldens rather than one. */
  readonly isList: boolean;
  readonly hashes: readonly (string | null)[];
  /** Null when there is none, undefined when it is neither text nor null. */
  readonly sourceFilter: string | null | undefined;
  readonly keywords: readonly string[];
  readonly value: JsonObject;
}

/** The question in a row of a fixture. Goldens are taken as they stand: nothing is trimmed, folded or matched by number. */
export function readQuestion({ line, value }: QaLine): QaQuestion {
  const list = asArray(value.golden_event_ids);
  const single = value.golden_event_id;
  const given = list === undefined ? [single] : [...(single === undefined || single === null ? [] : [single]), ...list];
  const filter = value.source_filter ?? null;
  return {
    line,
    qaId: idOf(value.qa_id) ?? idOf(value.id) ?? `line-${line}`,
    question: asString(value.question) ?? '',
    goldens: [...new Set(given.map((golden) => asString(golden) ?? null))],
    isList: list !== undefined,
    hashes: (asArray(value.golden_content_sha256) ?? []).map((hash) => asString(hash) ?? null),
    sourceFilter: filter === null ? null : asString(filter),
    keywords: (asArray(value.acceptable_answer_keywords) ?? []).filter((keyword) => typeof keyword === 'string'),
    value,
  };
}

/** Numbers are ids that somebody forgot to quote. */
function idOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && !isBlank(value) ? value : undefined;
}
