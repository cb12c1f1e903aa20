/** What decides whether searches are captured: the config's `eval.capture` and the value of LAUTER_CONTRIBUTOR_MODE. */
export interface CaptureSwitch {
  readonly configured?: unknown;
  readonly contributorMode?: string | undefined;
}

/** True when searches are captured: as the config says in either direction, else only for the contributor mode `1`. */
export function isCaptureOn({ configured, contributorMode }: CaptureSwitch): boolean {
  return typeof configured === 'boolean' ? configured : contributorMode === '1';
}

/** True unless `eval.scrub_pii` is false. Whether anything is captured has no part in it. */
export function isScrubOn(evaluation: { readonly scrub_pii?: unknown } | null | undefined): boolean {
  return evaluation?.scrub_pii !== false;
}
