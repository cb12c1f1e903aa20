/** What customers ask the support desk about one matter, and how agents answer. Slots in braces are facts. */
export interface SupportTopic {
  readonly name: string;
  readonly asks: readonly string[];
  /** Right by the house rules. */
  readonly good: readonly string[];
  /** Just as polished, but against the house rules. */
  readonly wrong: readonly string[];
  /** Right as far as it goes, with the part that matters left out. */
  readonly half: string;
  readonly followUp: { readonly ask: string; readonly answer: string };
}
