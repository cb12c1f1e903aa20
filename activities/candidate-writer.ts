import { DEDUP_VERSION, signatureBytes, signatureOf } from '../domain/dedup/index.ts';
import {
  drawOf,
  EXPORT_VERSION,
  fillProvenance,
  preferenceCandidate,
  ragCandidate,
  refuseCandidate,
  sftCandidate,
  type Candidate,
  type CandidateOptions,
} from '../domain/export/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import { FirewallBreach } from '../domain/shared/errors.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import { sftRowSchema } from '../schemas/export-rows.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import type { Category } from '../schemas/vocabulary.ts';
import { evaluationVersion, type FindCopied } from './contamination.ts';
import type { DistillInput } from './contract.ts';
import type { NewShard, Ports, ShardDraft } from './ports.ts';
import type { StoredRecord } from './record.ts';

/** The texts of the rows of one shard, and what is to be known of them. */
export interface CandidateShard {
  readonly candidates: ShardEntry;
  readonly signatures: ShardEntry;
  readonly rag: ShardEntry;
  readonly sft: ShardEntry;
}

/** What a shard's candidates are made with. */
export interface CandidateWork {
  readonly draft: ShardDraft;
  readonly run: DistillInput;
  readonly findCopied: FindCopied;
}

/** Name of the candidates of a scored shard under the settings of a run. */
export function candidatesKey(ports: Pick<Ports, 'digests' | 'runs'>, run: DistillInput, scored: string): string {
  const compared = evaluationVersion(ports, run)?.digest ?? '';
  return ports.digests.sha256Of(
    'candidates',
    EXPORT_VERSION,
    DEDUP_VERSION,
    compared,
    scored,
    canonicalJson(optionsOf(run) as unknown as JsonValue),
  );
}

/** The candidates of that name, or undefined unless all of them is there. */
export function findCandidates(ports: Ports, key: string): CandidateShard | undefined {
  const candidates = ports.lake.find('candidates', key);
  const signatures = ports.lake.find('signatures', key);
  const [rag, sft] = [ports.lake.find('rag_texts', key), ports.lake.find('sft_texts', key)];
  const areAllThere = candidates !== undefined && signatures !== undefined && rag !== undefined && sft !== undefined;
  return areAllThere ? { candidates, signatures, rag, sft } : undefined;
}

/** Writes what each scored record of a shard could become in each set, before anything is decided across records. */
export class CandidateWriter {
  readonly #ports: Pick<Ports, 'digests' | 'runs'>;
  readonly #draft: ShardDraft;
  readonly #run: DistillInput;
  readonly #findCopied: FindCopied;
  readonly #shard: string;
  readonly #options: CandidateOptions;
  readonly #lines = { rag: 0, sft: 0 };
  #system = { text: '', digest: '' };

  constructor(ports: Pick<Ports, 'digests' | 'runs'>, { draft, run, findCopied }: CandidateWork, evidenceKey: string) {
    this.#ports = ports;
    this.#draft = draft;
    this.#run = run;
    this.#findCopied = findCopied;
    this.#shard = evidenceKey;
    this.#options = optionsOf(run);
  }

  add(stored: StoredRecord, category: Category): void {
    const record = { ...stored, category };
    let rag = ragCandidate(record, this.#options);
    let sft = sftCandidate(record, this.#options);
    let preference = preferenceCandidate(record, this.#options);
    const isInAny = rag.refusal === null || sft.refusal === null || preference.refusal === null;
    const copied = isInAny ? this.#findCopied(stored) : undefined;
    if (copied !== undefined) {
      if (rag.refusal === null) rag = refuseCandidate('contaminated', copied);
      if (sft.refusal === null) sft = refuseCandidate('contaminated', copied);
      if (preference.refusal === null) preference = { refusal: 'contaminated', system: null, answer: null };
    }
    const row = {
      evidence_id: record.id,
      task_key: record.task_key,
      draw: drawOf(record.task_key, this.#ports.digests.sha256),
      category,
      value: record.outcome.value,
      ...this.#textRow('rag', rag, record),
      ...this.#textRow('sft', sft, record),
      detail: copied ?? sft.detail ?? null,
      preference_refusal: preference.refusal,
      system_key: preference.system === null ? null : this.#systemKey(preference.system),
      answer_key: preference.answer === null ? null : this.#textKey(preference.answer),
      shard: this.#shard,
      place: record.place,
    };
    const { provenanceTexts } = stored;
    this.#draft.write('candidates', `${JSON.stringify(row).slice(0, -1)},"provenance":${provenanceTexts.row}}`);
    if (rag.refusal === null || sft.refusal === null) this.#writeSignatures(rag.dedupText, sft.dedupText, record.place);
  }

  /** What is to be published of it; `scored` is the key of the scored shard. */
  shards(scored: string): NewShard[] {
    const made = { key: candidatesKey(this.#ports, this.#run, scored), counts: { made_in: this.#run.run_id } };
    return [
      { kind: 'rag_texts', ...made },
      { kind: 'sft_texts', ...made },
      { kind: 'signatures', ...made },
      { kind: 'candidates', ...made },
    ];
  }

  /** Writes the text of a row, where there is one, and says where it is and by what it is known. */
  #textRow(
    set: 'rag' | 'sft',
    candidate: Candidate,
    { provenanceTexts, category }: StoredRecord & { readonly category: Category },
  ): Record<string, string | number | null> {
    if (candidate.refusal !== null) return { [`${set}_refusal`]: candidate.refusal };
    if (set === 'sft') passSchema(category);
    const { row, content } = fillProvenance(candidate.template, provenanceTexts);
    this.#draft.write(`${set}_texts`, row);
    return {
      [`${set}_refusal`]: null,
      [`${set}_line`]: this.#lines[set]++,
      [`${set}_key`]: this.#textKey(candidate.text),
      [`${set}_digest`]: this.#ports.digests.sha256(content),
      [`${set}_tokens`]: candidate.tokens,
    };
  }

  #writeSignatures(ragText: string | null, sftText: string | null, place: number): void {
    const rag = ragText === null ? null : packed(ragText);
    const sft = sftText === null ? null : packed(sftText);
    this.#draft.write('signatures', JSON.stringify({ rag, sft: sft === rag ? null : sft, shard: this.#shard, place }));
  }

  /** 128 bits tell texts apart, in a quarter of the memory of a digest's text. */
  #textKey(text: string): string {
    return this.#ports.digests.sha256(text).slice(0, 32);
  }

  /** Mostly the same from record to record. */
  #systemKey(text: string): string {
    if (text !== this.#system.text || this.#system.digest === '') this.#system = { text, digest: this.#textKey(text) };
    return this.#system.digest;
  }
}

/** The signature of a text, as a column of JSON lines holds it. */
function packed(text: string): string {
  return Buffer.from(signatureBytes(signatureOf(text))).toString('base64');
}

/** The first firewall: no row is made for the SFT file whose quality its schema cannot hold. */
function passSchema(quality: string): void {
  const parsed = sftRowSchema.shape.quality_score.safeParse(quality);
  if (parsed.success) return;
  throw new FirewallBreach(
    `making a row of sft: expected a quality_score that the schema allows, found ${JSON.stringify(quality)}.`,
    'This is a fault of the program, not of the data: nothing was published. Report it with the run id.',
  );
}

function optionsOf({ settings }: DistillInput): CandidateOptions {
  return { includePartial: settings.include_partial, maxRowChars: settings.max_row_chars, maxGeneration: settings.max_generation };
}
