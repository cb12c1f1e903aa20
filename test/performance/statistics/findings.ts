/** One line of the result: a share that was counted, and where theory says it lies. */
export interface Finding {
  readonly what: string;
  readonly share: number;
  readonly from: number;
  readonly to: number;
  /** True for a planted fault: it has to lie outside, else this measurement could not fail. */
  readonly isPlanted?: boolean;
}

/** True when a finding is as it must be. */
export function holds({ share, from, to, isPlanted = false }: Finding): boolean {
  return (share >= from && share <= to) !== isPlanted;
}

/** A finding in words. */
export function tellFinding(finding: Finding): string {
  const { what, share, from, to, isPlanted = false } = finding;
  const [found, low, high] = [share, from, to].map((value) => `${(100 * value).toFixed(1)} %`);
  return `  ${holds(finding) ? 'ok  ' : 'FAIL'} ${what.padEnd(66)} ${found!.padStart(7)}   ${isPlanted ? 'planted: must lie outside' : 'expected'} ${low} to ${high}`;
}
