/** The numbers a drill turns on; every drill reads them in its own way. */
export interface DrillFacts {
  readonly a: number;
  readonly b: number;
}

/** A small Python function to write: bodies are indented by four spaces and follow the prompt. */
export interface Drill {
  readonly name: string;
  readonly prompt: (facts: DrillFacts) => string;
  /** The reference solution of the benchmark: the body only. */
  readonly reference: (facts: DrillFacts) => string;
  /** Bodies that pass the tests and are not the reference. */
  readonly right: readonly ((facts: DrillFacts) => string)[];
  /** Bodies that read well and fail. */
  readonly wrong: readonly ((facts: DrillFacts) => string)[];
  readonly tests: (facts: DrillFacts) => readonly string[];
  readonly reflection: string;
}
