import type { PlantedAttempt, PlantedFile } from '../../schemas/acceptance-planted.ts';
import type { EvidenceFact, Place } from './facts.ts';

/** A place for people and as a key: the file, and what stands in its locator. */
export function placeOf(file: string, { line, pointer, member }: Place): string {
  const parts = [
    line === undefined ? undefined : `line ${line + 1}`,
    pointer === undefined || pointer === '' ? undefined : `pointer ${pointer}`,
    member,
  ];
  return [file, ...parts.filter((part) => part !== undefined)].join(', ');
}

/** The planted attempts of a row's place; several where one place holds several attempts. */
export class PlantedPlaces {
  readonly #attempts = new Map<string, PlantedAttempt[]>();

  constructor(files: readonly PlantedFile[]) {
    for (const { file, attempts } of files) {
      for (const attempt of attempts) {
        const key = placeOf(file, attempt);
        this.#attempts.set(key, [...(this.#attempts.get(key) ?? []), attempt]);
      }
    }
  }

  of(row: Pick<EvidenceFact, 'source_file' | 'locator' | 'model'>): readonly PlantedAttempt[] {
    const here = this.#attempts.get(placeOf(row.source_file, row.locator)) ?? [];
    return here.filter(({ model }) => model === undefined || model === row.model);
  }
}

/** Evidence rows by id, exact copies left out. */
export function countedEvidence(evidence: readonly EvidenceFact[]): Map<string, EvidenceFact> {
  return new Map(evidence.filter((row) => !row.is_excluded).map((row) => [row.id, row]));
}
