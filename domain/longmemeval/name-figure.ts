/** What a printed figure is of: split, questions counted and left out, and that both sides of a chat were searched. */
export function nameFigure({
  dataset,
  questions,
  abstention,
}: {
  readonly dataset: string;
  readonly questions: number;
  readonly abstention: number;
}): string {
  const left = abstention === 0 ? '' : `, ${abstention} abstention questions left out`;
  return `${splitOf(dataset)} (${dataset}), ${questions} questions${left}, all turns`;
}

/** Read off the name of the file, which is all that says it. */
function splitOf(dataset: string): string {
  const words = dataset.toLowerCase().split(/[^a-z0-9]+/);
  if (words.includes('oracle')) return 'oracle split';
  if (words.includes('s')) return 'S split';
  return words.includes('m') ? 'M split' : 'split not named';
}
