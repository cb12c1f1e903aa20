/** Where a run keeps the answer to a call. */
export function answeredName(key: string): string {
  return `calls/${key}`;
}

/** Where a run keeps that a call brought no answer. */
export function failedName(key: string): string {
  return `failed/${key}`;
}
