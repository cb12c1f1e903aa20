import { mergeVerdicts, verdictsDigest, type VerdictsInForce } from '../domain/review/index.ts';
import { scoreEvidence, SCORER_VERSION, type ScoreOptions } from '../domain/score/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import type { Category } from '../schemas/vocabulary.ts';
import type { DistillInput } from './contract.ts';
import type { NewShard, Ports, ShardDraft } from './ports.ts';
import type { StoredRecord } from './record.ts';
import { readVerdicts } from './run-verdicts.ts';

/** Name of the scores of an evidence shard under the settings of a run; `verdicts` names what people said of its records. */
export function scoredKey(ports: Pick<Ports, 'digests'>, run: DistillInput, evidenceKey: string, verdicts: string | null): string {
  const options = canonicalJson(optionsOf(run) as unknown as JsonValue);
  return ports.digests.sha256Of('scored', SCORER_VERSION, evidenceKey, options, ...(verdicts === null ? [] : [verdicts]));
}

/** Gives the records of a shard their categories, one by one, and keeps them in a draft until they are published. */
export class ScoreWriter {
  readonly #ports: Pick<Ports, 'digests'>;
  readonly #draft: ShardDraft;
  readonly #run: DistillInput;
  readonly #shard: string;
  readonly #options: ScoreOptions;
  readonly #verdicts: VerdictsInForce;
  readonly #judged: string[] = [];

  constructor(ports: Pick<Ports, 'digests' | 'runs'>, draft: ShardDraft, run: DistillInput, evidenceKey: string) {
    this.#ports = ports;
    this.#draft = draft;
    this.#run = run;
    this.#shard = evidenceKey;
    this.#options = optionsOf(run);
    this.#verdicts = readVerdicts(ports, run);
  }

  add(record: StoredRecord): Category {
    const { category, rule, reasons } = scoreEvidence(this.#withVerdicts(record), this.#options);
    // The fields are spelled out in key order, which a test holds against canonicalJson.
    const before = `{"category":"${category}","evidence_id":"${record.id}","provenance":`;
    const after = `,"reasons":${canonicalJson(reasons as unknown as JsonValue)},"rule":"${rule}","scorer_version":"${SCORER_VERSION}"`;
    const row = before + record.provenanceTexts.row + after;
    const { sha256 } = this.#ports.digests;
    const beside = {
      content_digest: sha256(`${before}${record.provenanceTexts.content}${after}}`),
      row_digest: sha256(`${row}}`),
      source: record.source,
      task_key: record.task_key,
      model: record.model,
      day: record.day,
      place: record.place,
      shard: this.#shard,
    };
    this.#draft.write('scored', `${row},${JSON.stringify(beside).slice(1)}`, record.day);
    return category;
  }

  /** Name of what was written; known only when all records were seen, because it tells what people said of them. */
  key(): string {
    return scoredKey(this.#ports, this.#run, this.#shard, verdictsDigest(this.#verdicts, this.#judged, this.#ports.digests.sha256));
  }

  /** What is to be published of it. */
  shard(): NewShard {
    return { kind: 'scored', key: this.key(), counts: { made_in: this.#run.run_id } };
  }

  #withVerdicts(record: StoredRecord): StoredRecord {
    const verdicts = this.#verdicts.get(record.id);
    if (verdicts === undefined) return record;
    this.#judged.push(record.id);
    return { ...record, signals: mergeVerdicts(record.signals, verdicts) };
  }
}

function optionsOf({ settings }: DistillInput): ScoreOptions {
  return { partialMin: settings.partial_min };
}
