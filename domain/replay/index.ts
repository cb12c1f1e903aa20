export { chooseRows } from './build-bundle.ts';
export { EXTRACTIVE_MODEL, extractAnswer } from './extract-answer.ts';
export { fitBundle, type ModelWindow } from './fit-bundle.ts';
export { judgeAnswer } from './judge-answer.ts';
export { markSpans } from './mark-spans.ts';
export { replayMessages, type ReplayMessage } from './prompt.ts';
export { PlaybookIndex, sharesWord, type PlaybookRetriever, type RankedPlaybook, type WordRetriever } from './playbook-index.ts';
export { tokensOf } from './tokens.ts';
