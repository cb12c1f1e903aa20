/** One message of a chat, in the form every OpenAI-compatible server takes. */
export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** Text of others between marks that it cannot forge, so that a model can tell what it is asked from what it is shown. */
export function fenceData(label: string, text: string): string {
  return `<<<${label}\n${neutralizeMarks(text)}\n${label}>>>`;
}

const MARKS = /<<<|>>>|<\||\|>/;

/** Takes apart what fences are made of, and the marks that chat templates put between messages. Marks may overlap, so a whole run is taken apart at once. */
function neutralizeMarks(text: string): string {
  return text.replace(/[<>|]{2,}/g, (run) => (MARKS.test(run) ? [...run].join(' ') : run));
}
