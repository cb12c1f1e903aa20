/** A valid enrichment of a shell event, with these fields instead of its own. */
export function shellOutput(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    summary: 'Ran the tide model for the north basin; it finished without errors.',
    intent: 'check the tide model',
    outcome: 'success',
    entities: { projects: ['tides'], tools: ['make'], files: ['Makefile'], services: [], errors: [] },
    ...changes,
  };
}

/** The same as text. */
export function shellText(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(shellOutput(changes));
}
