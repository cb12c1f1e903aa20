/** Words of which questions are made and which no answer needs. A query is searched without them as long as another word is left. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(
  (
    'what which who whom whose when where why how do does did doing done have has had having i me my mine myself we our us you your yours he him his ' +
    'she her hers its them theirs am were been being can could would should may might must shall about from so than too very just any some many ' +
    'much more most other own same each few over under again further once here all both only up down out off above below between through during ' +
    'before after until while because against'
  ).split(' '),
);

/** True for a word that only makes a question of a query. */
export function isQuestionWord(word: string): boolean {
  return QUESTION_WORDS.has(word);
}
