/** What the program of a model is started with, as JSON in its first argument. */
export interface ModelPlace {
  /** Of the optional part. */
  readonly partFolder: string;
  readonly modelFolder: string;
  readonly maxTokens: number;
}

/** A text to encode; the answer carries its number. */
export interface EncodeTask {
  readonly number: number;
  readonly text: string;
}

export type ModelAnswer =
  | { readonly state: 'ready'; readonly dimensions: number }
  /** The model cannot be loaded; nothing else will be said. */
  | { readonly state: 'unusable'; readonly problem: string }
  | { readonly state: 'encoded'; readonly number: number; readonly vector: Float32Array }
  | { readonly state: 'failed'; readonly number: number; readonly problem: string };
