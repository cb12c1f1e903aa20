export { chooseRows } from './build-bundle.ts';
export { EXTRACTIVE_MODEL, extractAnswer } from './extract-answer.ts';
export { fitBundle, type ModelWindow } from './fit-bundle.ts';
export { judgeAnswer } from './judge-answer.ts';
export { replayMessages, type ReplayMessage } from './prompt.ts';
export { rankPlaybooks, type PlaybookRetriever } from './rank-playbooks.ts';
