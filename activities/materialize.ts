import { assembleEvidence } from '../domain/materialize/index.ts';
import { createRedactor, redactDraft } from '../domain/redaction/index.ts';
import { hasOutput } from '../domain/score/index.ts';
import { canonicalJson, TooDeepError } from '../domain/shared/canonical-json.ts';
import type { JsonObject, JsonValue } from '../domain/shared/json.ts';
import { isBlank } from '../domain/shared/text.ts';
import type { Locator } from '../schemas/evidence.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import type { Plan, SourcePart, SourceShard } from '../schemas/plan.ts';
import type { QuarantineReason } from '../schemas/vocabulary.ts';
import { CandidateWriter, type CandidateWork } from './candidate-writer.ts';
import { loadContamination, takeEvaluationSets } from './contamination.ts';
import type { DistillInput, ShardInput, ShardResult, StageInput, StagePlan } from './contract.ts';
import type { Attempt, Draft, EvidenceDraft, NewShard, Ports, RawRecord, ReadRecord, ShardDraft } from './ports.ts';
import { emptyCounts, mergeCounts, type MaterializeCounts } from './materialize-counts.ts';
import { recordOfEvidence, type StoredRecord } from './record.ts';
import { takeReleases } from './run-releases.ts';
import { takeVerdicts } from './run-verdicts.ts';
import { ScoreWriter } from './score-writer.ts';
import { saveStage } from './stage-document.ts';

/** Version of everything between an adapter and a stored evidence row: redaction, ids, digests. Part of the shard key. */
export const MATERIALIZE_VERSION = 'materialize/2';

/** What settling leaves for the stages that follow. */
export interface EvidenceVersion {
  readonly manifest: string;
  readonly counts: MaterializeCounts;
  readonly duplicates_by_source: Readonly<Record<string, number>>;
}

/** Turns source files into evidence, shard by shard. */
export function createMaterialize(ports: Ports) {
  return {
    /** Fixes what the run reads. A retry, or a resume, finds the plan that was made first. */
    async planMaterialize(run: DistillInput, attempt: Attempt): Promise<StagePlan> {
      if (!ports.runs.has(run.run_id, 'plan')) {
        const options = {
          skipUnknown: run.skip_unknown,
          maxRecordBytes: run.settings.max_record_bytes,
          pipelineVersion: MATERIALIZE_VERSION,
        };
        const planned = await ports.sources.plan(run.requests, options, attempt.throwIfStopped);
        ports.runs.write(run.run_id, 'plan', { schema: 'plan/1', run_id: run.run_id, ...planned } satisfies Plan);
      }
      await takeVerdicts(ports, run);
      await takeEvaluationSets(ports, run);
      takeReleases(ports, run);
      return planShards(
        run,
        readPlan(ports, run).shards.map((shard) => findEvidence(ports, shard.key)),
      );
    },

    async materializeShard({ run, index }: ShardInput, attempt: Attempt): Promise<ShardResult> {
      const shard = readPlan(ports, run).shards[index]!;
      const known = findEvidence(ports, shard.key);
      if (known !== undefined) return { rows: known.rows };
      const draft = ports.lake.draft();
      try {
        const next =
          run.until === 'materialize'
            ? undefined
            : new LaterStages(ports, { draft, run, findCopied: await loadContamination(ports, run) }, shard.key);
        const counts = await readShard(ports, { draft, shard, next, maxRecordBytes: run.settings.max_record_bytes }, attempt);
        // The evidence is published last: where it exists, so does what was made of it on the way.
        const published = await draft.publish([
          { kind: 'refused', key: shard.key, counts: {} },
          ...(next?.shards() ?? []),
          { kind: 'evidence', key: shard.key, counts: { ...counts, made_in: run.run_id } },
        ]);
        return { rows: published.at(-1)!.rows };
      } finally {
        draft.close();
      }
    },

    async settleMaterialize(stage: StageInput): Promise<void> {
      const { run } = stage;
      const shards = evidenceShards(ports, run);
      const settled = await ports.lake.settleEvidence(shards);
      const counts = mergeCounts(
        shards.map((shard) => shard.counts as unknown as MaterializeCounts),
        settled.duplicates,
      );
      const version: EvidenceVersion = { manifest: settled.digest, counts, duplicates_by_source: countBySource(settled.duplicates) };
      saveStage(ports, stage, 'materialize', {
        version,
        digest: settled.manifest.content_digest,
        rowsIn: counts.records,
        rowsOut: settled.manifest.rows,
        quarantined: counts.refused,
        outputs: [
          { path: `lake/manifests/evidence/${settled.digest}.json`, rows: settled.manifest.rows, digest: settled.manifest.row_digest },
        ],
        inputs: counts.files.map((file) => ({ path: file.file, rows: file.records, digest: file.digest })),
        more: prefixed('redacted_', counts.redactions),
      });
    },
  };
}

/** The evidence of a source shard, if all that belongs to it is there: what was refused of the shard, too. */
function findEvidence(ports: Ports, key: string): ShardEntry | undefined {
  return ports.lake.find('refused', key) === undefined ? undefined : ports.lake.find('evidence', key);
}

/** The plan of a run. */
export function readPlan(ports: Pick<Ports, 'runs'>, run: Pick<DistillInput, 'run_id'>): Plan {
  return ports.runs.read<Plan>(run.run_id, 'plan');
}

/** What is left to do of shards that were looked for. A shard counts as reused when another run made it. */
export function planShards(run: DistillInput, found: readonly (ShardEntry | undefined)[]): StagePlan {
  return {
    shards: found.length,
    pending: found.flatMap((entry, index) => (entry === undefined ? [index] : [])),
    reused: found.filter((entry) => entry !== undefined && entry.counts.made_in !== run.run_id).length,
  };
}

/** The finished evidence shard of that number in the plan of a run. */
export function evidenceShard(ports: Ports, run: Pick<DistillInput, 'run_id'>, index: number): ShardEntry {
  return findOrFail(ports, 'evidence', readPlan(ports, run).shards[index]!.key);
}

/** The finished evidence shards of a run, in the order of its plan. */
export function evidenceShards(ports: Ports, run: Pick<DistillInput, 'run_id'>): ShardEntry[] {
  return readPlan(ports, run).shards.map((shard) => findOrFail(ports, 'evidence', shard.key));
}

/** A shard that must exist by now. */
export function findOrFail(ports: Ports, kind: 'evidence' | 'refused' | 'scored' | 'decisions' | 'pairs', key: string): ShardEntry {
  const entry = ports.lake.find(kind, key);
  if (entry === undefined) throw new Error(`shard ${kind}/${key} vanished while the run was going on`);
  return entry;
}

/** What a shard is read into. */
interface ShardWork {
  readonly draft: ShardDraft;
  readonly shard: SourceShard;
  /** Absent when the run ends with this stage. */
  readonly next: LaterStages | undefined;
  readonly maxRecordBytes: number;
}

async function readShard(ports: Ports, work: ShardWork, attempt: Attempt): Promise<MaterializeCounts> {
  const counts = emptyCounts(work.shard.source);
  const writer = new EvidenceWriter(ports, work, counts);
  for (const part of work.shard.parts) {
    writer.startFile(part);
    for await (const batch of ports.sources.read(part, work.maxRecordBytes)) {
      for (const record of batch) writer.add(record);
      attempt.throwIfStopped();
      attempt.report(counts.records);
    }
  }
  return counts;
}

/**
 * Does for a record that is in memory what the later stages would do for it after reading it back: a third of the time of a cold run was spent on
 * writing records and reading them again.
 */
class LaterStages {
  readonly #scores: ScoreWriter;
  readonly #candidates: CandidateWriter;

  constructor(ports: Ports, work: CandidateWork, evidenceKey: string) {
    this.#scores = new ScoreWriter(ports, work.draft, work.run, evidenceKey);
    this.#candidates = new CandidateWriter(ports, work, evidenceKey);
  }

  add(record: StoredRecord): void {
    this.#candidates.add(record, this.#scores.add(record));
  }

  shards(): NewShard[] {
    return [...this.#candidates.shards(this.#scores.key()), this.#scores.shard()];
  }
}

/** Takes the records of a shard one by one and writes each as evidence or as refused. */
class EvidenceWriter {
  readonly #ports: Ports;
  readonly #draft: ShardDraft;
  readonly #shard: SourceShard;
  readonly #next: LaterStages | undefined;
  readonly #counts: MaterializeCounts;
  readonly #maxRecordBytes: number;
  #part!: SourcePart;
  #file!: MaterializeCounts['files'][number];
  #signed = { text: '', hash: '' };
  #evidencePlace = 0;
  #refusedPlace = 0;

  constructor(ports: Ports, { draft, shard, next, maxRecordBytes }: ShardWork, counts: MaterializeCounts) {
    this.#ports = ports;
    this.#draft = draft;
    this.#shard = shard;
    this.#next = next;
    this.#counts = counts;
    this.#maxRecordBytes = maxRecordBytes;
  }

  startFile(part: SourcePart): void {
    this.#part = part;
    this.#file = { source: this.#shard.source, file: part.source_file, digest: part.digest, records: 0, evidence: 0, quarantined: 0 };
    this.#counts.files.push(this.#file);
  }

  add(record: ReadRecord): void {
    if ('fault' in record) {
      this.#refuse(record.fault, record.detail, record, null);
      return;
    }
    const context = { path: this.#part.source_file, options: this.#shard.options as JsonObject };
    for (const draft of this.#ports.sources.normalize(this.#shard.adapter, record, context)) this.#addDraft(draft, record);
  }

  #addDraft(draft: Draft, record: RawRecord & { readonly canonical: string | undefined }): void {
    if ('refused' in draft) {
      this.#refuse(
        draft.refused,
        draft.detail,
        draft,
        record.canonical === undefined ? null : this.#ports.digests.sha256(record.canonical),
      );
      return;
    }
    const signed = signedText(draft, record);
    if (signed === undefined) this.#refuse('too_deep', 'nesting deeper than 200 levels', draft, null);
    else if (signed.length > this.#maxRecordBytes)
      this.#refuse('too_large', `expected at most ${this.#maxRecordBytes} bytes, found ${signed.length} characters`, draft, null);
    else this.#write(draft, this.#sign(signed));
  }

  /** Several drafts of one record are signed by the same text. */
  #sign(signed: string): string {
    if (signed !== this.#signed.text) this.#signed = { text: signed, hash: this.#ports.digests.sha256(signed) };
    return this.#signed.hash;
  }

  #write(draft: EvidenceDraft, sigHash: string): void {
    const { draft: clean, redactions } = redactDraft(draft);
    const origin = {
      source: this.#shard.source,
      adapter: this.#shard.adapter,
      sourceFile: this.#part.source_file,
      fileTime: this.#part.file_time,
      sigHash,
    };
    const { evidence, canonical, rowDigest, contentDigest, provenanceTexts } = assembleEvidence(
      clean,
      origin,
      this.#ports.digests.sha256,
      redactions,
    );
    const place = `"content_digest":"${contentDigest}","place":${this.#evidencePlace},"row_digest":"${rowDigest}","shard":"${this.#shard.key}"`;
    this.#draft.write('evidence', `${canonical.slice(0, -1)},${place}}`, evidence.day);
    this.#next?.add(recordOfEvidence(evidence, provenanceTexts, this.#evidencePlace));
    this.#evidencePlace += 1;
    this.#file.records += 1;
    this.#file.evidence += 1;
    this.#counts.records += 1;
    for (const [detector, found] of Object.entries(redactions))
      this.#counts.redactions[detector] = (this.#counts.redactions[detector] ?? 0) + found;
    const { health } = this.#counts;
    health.rows += 1;
    if (isBlank(evidence.task.text)) health.without_task += 1;
    if (!hasOutput(evidence)) health.without_output += 1;
    if (evidence.outcome.state === 'unknown' && evidence.signals.human.length === 0) health.without_truth += 1;
    if (evidence.provenance.recorded_at_from === 'file') health.without_time += 1;
  }

  #refuse(
    reason: QuarantineReason,
    detail: string,
    place: { readonly locator: Locator; readonly line: number },
    sigHash: string | null,
  ): void {
    const row = {
      source: this.#shard.source,
      reason,
      // A parser quotes what it stumbled over; that too may hold a secret.
      detail: createRedactor().redact(detail),
      source_file: this.#part.source_file,
      locator: place.locator,
      line_offset: place.line,
      sig_hash: sigHash,
      shard: this.#shard.key,
      place: this.#refusedPlace,
    };
    this.#draft.write('refused', canonicalJson(row as unknown as JsonValue));
    this.#refusedPlace += 1;
    this.#file.records += 1;
    this.#file.quarantined += 1;
    this.#counts.records += 1;
    this.#counts.refused[reason] = (this.#counts.refused[reason] ?? 0) + 1;
  }
}

/** Canonical text of what is signed; mostly the record itself, whose text is known already. */
function signedText(draft: EvidenceDraft, record: RawRecord & { readonly canonical: string | undefined }): string | undefined {
  if (draft.signed === record.value && record.canonical !== undefined) return record.canonical;
  try {
    return canonicalJson(draft.signed);
  } catch (error) {
    if (error instanceof TooDeepError) return undefined;
    throw error;
  }
}

function countBySource(rows: readonly { readonly source: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { source } of rows) counts[source] = (counts[source] ?? 0) + 1;
  return counts;
}

function prefixed(prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [prefix + name, count]));
}
