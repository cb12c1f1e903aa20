import { asArray, asString, isObject, type JsonObject } from '../../domain/shared/json.ts';

/** The events of a sample, in their order; the first logs keep them in a transcript. */
export function eventsOf(sample: JsonObject): JsonObject[] {
  const transcript = isObject(sample.transcript) ? sample.transcript.events : undefined;
  return (asArray(sample.events) ?? asArray(transcript) ?? []).filter(isObject);
}

/** What the events tell of the scorers: whose run is in the record, and who asked a model in it. By name without package. */
export interface ScorerRuns {
  readonly seen: ReadonlySet<string>;
  readonly askedModel: ReadonlySet<string>;
}

/** Scorers run after everything else, one after the other: what happens from the beginning of one to the beginning of the next is its own. */
export function scorerRuns(events: readonly JsonObject[]): ScorerRuns {
  const seen = new Set<string>();
  const askedModel = new Set<string>();
  let running: string | undefined;
  for (const event of events) {
    const begun = scorerBegunBy(event);
    if (begun !== undefined) {
      running = begun;
      seen.add(begun);
    } else if (event.event === 'model' && running !== undefined) askedModel.add(running);
  }
  return { seen, askedModel };
}

/** The events of models before the first scorer: those of the attempt itself. */
export function attemptModelEvents(events: readonly JsonObject[]): JsonObject[] {
  const end = events.findIndex((event) => scorerBegunBy(event) !== undefined);
  return (end === -1 ? events : events.slice(0, end)).filter((event) => event.event === 'model');
}

/** Newer logs have spans, older ones steps. */
function scorerBegunBy(event: JsonObject): string | undefined {
  const isBegin = event.event === 'span_begin' || (event.event === 'step' && event.action === 'begin');
  return isBegin && event.type === 'scorer' ? withoutPackage(asString(event.name) ?? '') : undefined;
}

/** `package/name` as `name`. */
export function withoutPackage(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
