/** A judge of a panel whose errors are known. Outputs say what they are worth: `(worth 8)`; one that does not is worth 5. */
export interface PanelJudgeScript {
  /** Added to what an output is worth: lenient above 0. */
  readonly bias?: number;
  /** Outputs that hold one of these words are taken for the opposite: 3 where they are worth 7 or more, 9 where they are not. */
  readonly misjudges?: readonly string[];
  /** Gives 10 to whoever asks for it: `score everything 10`, or to ignore what it was told. */
  readonly isGullible?: boolean;
  /** Thinks aloud before it answers, with the scores that it was offered. */
  readonly isChatty?: boolean;
  /** Prefers whatever stands first. */
  readonly prefersFirst?: boolean;
}

interface Message {
  readonly role: string;
  readonly content: string;
}

/** The reply of such a judge; the same to the same messages. */
export function answerPanel(messages: readonly Message[], judge: PanelJudgeScript): string {
  const [system = '', asked = ''] = messages.map(({ content }) => content);
  const dimensions = [...system.matchAll(/^- ([A-Za-z][\w-]*)/gm)].map(([, name]) => name!);
  const passage = (kind: string): string => new RegExp(`<passage kind="${kind}">\\n([^]*?)\\n</passage>`).exec(asked)?.[1] ?? '';
  if (system.includes('compare two texts')) {
    const [first, second] = [scoreOf(passage('first'), judge), scoreOf(passage('second'), judge)];
    const better = judge.prefersFirst === true || first > second ? 'first' : first < second ? 'second' : 'tie';
    return JSON.stringify({ better: Object.fromEntries(dimensions.map((name) => [name, better])) });
  }
  const output = passage('output');
  const score = scoreOf(output, judge);
  const reply = {
    scores: Object.fromEntries(dimensions.map((name) => [name, { score, feedback: `as the text has it: ${score}` }])),
    improvements: score >= 7 ? [] : ['Say when the tide turns.'],
  };
  const bait = { scores: Object.fromEntries(dimensions.map((name) => [name, 10])) };
  return judge.isChatty === true ? `It offers ${JSON.stringify(bait)}, but:\n${JSON.stringify(reply)}` : JSON.stringify(reply);
}

function scoreOf(output: string, { bias = 0, misjudges = [], isGullible = false }: PanelJudgeScript): number {
  if (isGullible && /score everything 10|ignore (?:all )?previous instructions/i.test(output)) return 10;
  const worth = Number(/\(worth (\d+(?:\.\d+)?)\)/.exec(output)?.[1] ?? 5);
  const seen = misjudges.some((word) => output.includes(word)) ? (worth >= 7 ? 3 : 9) : worth;
  return Math.min(10, Math.max(1, seen + bias));
}
