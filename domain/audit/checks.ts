/** One required check of a full audit, in words. */
export interface AuditCheckText {
  readonly number: number;
  readonly name: string;
  /** What is known when it passes. */
  readonly proves: string;
  /** What to do when it fails. */
  readonly remedy: string;
}

const AGAIN = '`lauter distill run-all` makes the data anew from the sources';
const VERIFY = '`lauter distill receipts --verify` names the file that was changed';

/** The checks of `lauter distill audit-full`, in their order. All of them are required: none can be left out. */
export const AUDIT_CHECKS: readonly AuditCheckText[] = [
  {
    number: 1,
    name: 'sources',
    proves: 'every file that the latest run read is there and can be read',
    remedy: `Put the file back where it was, or accept that it is gone: ${AGAIN}, without its rows. \`lauter sources detect PATH\` shows what a folder holds.`,
  },
  {
    number: 2,
    name: 'schemas',
    proves: 'the schemas of this program accept what is lawful and reject what is not',
    remedy: 'The program is not what was released. Install it again; `lauter doctor` shows its version.',
  },
  {
    number: 3,
    name: 'row accounting',
    proves: 'in every file, records = evidence + quarantined, counted again in the lake',
    remedy: `${VERIFY}. Remove that file; ${AGAIN}.`,
  },
  {
    number: 4,
    name: 'signatures',
    proves: 'the sig_hash of every evidence row comes out of its source again, in its place, wherever the source still exists',
    remedy: `\`lauter trace ID\` shows the row beside what stands in its source now. Put back what the run read, or let the data follow: ${AGAIN}.`,
  },
  {
    number: 5,
    name: 'evidence ids',
    proves: 'no evidence id stands in the dataset version twice',
    remedy: `${VERIFY}. Remove that file; ${AGAIN}.`,
  },
  {
    number: 6,
    name: 'scores',
    proves: 'every evidence row has exactly one scored run, and no scored run stands alone',
    remedy: `${VERIFY}. Remove that file; ${AGAIN}.`,
  },
  {
    number: 7,
    name: 'categories and versions',
    proves: 'every scored run has a category and a rule of the closed lists, under the version of the rules that this program has',
    remedy: `Scores of other rules: ${AGAIN} under the present ones. If it stays, ${VERIFY}.`,
  },
  {
    number: 8,
    name: 'scored again',
    proves: 'the rules give every record the category, the rule and the reasons that are stored, with the verdicts that people had given',
    remedy: `\`lauter distill score --explain ID\` shows both decisions. ${AGAIN.replace('makes', 'then makes')}.`,
  },
  {
    number: 9,
    name: 'SFT firewall',
    proves: 'the SFT file, read back row by row, holds accepted conversations and nothing else',
    remedy: `Train on nothing of this export. ${VERIFY}; ${AGAIN}.`,
  },
  {
    number: 10,
    name: 'preference rules',
    proves: 'in every pair the two sides are of one task and one setting, differ, and the chosen one is strictly better',
    remedy: `Train on nothing of this export. ${VERIFY}; ${AGAIN}.`,
  },
  {
    number: 11,
    name: 'RAG rules',
    proves: 'the RAG file holds accepted rows, and partially accepted ones with a warning, as the rules make them of their evidence',
    remedy: `Retrieve nothing from this export. ${VERIFY}; ${AGAIN}.`,
  },
  {
    number: 12,
    name: 'quarantine accounting',
    proves: 'in every set each record is either exported or quarantined with a reason, and the counts are those of the run',
    remedy: `\`lauter distill quarantine\` shows the reasons. ${VERIFY}; ${AGAIN}.`,
  },
  {
    number: 13,
    name: 'splits',
    proves: 'no task, no cluster of tasks and no text stands on two sides of a split',
    remedy: `Evaluate nothing on the test split of this export. ${VERIFY}; ${AGAIN}.`,
  },
  {
    number: 14,
    name: 'receipts',
    proves: 'the chain of receipts closes, and every digest in it comes out again from what lies on disk',
    remedy: `${VERIFY} and what to do about it.`,
  },
  {
    number: 15,
    name: 'acceptance',
    proves: 'the pipeline of this program holds its invariants on the fixture that is built of every known trap',
    remedy:
      '`lauter distill acceptance` shows each invariant. The data on disk is not at fault; make no more with this program until it passes.',
  },
  {
    number: 16,
    name: 'ledgers',
    proves: 'the chains of the ledgers and of the baselines hold, and every line of the replay log is a replay run',
    remedy:
      'Put the named ledger and its head file back from a copy. Nothing is appended to a damaged one. A bad line of the replay log may be taken out.',
  },
];
