export { createBudgetBook, type BudgetBook } from './budget-book.ts';
export { capBrokenBy } from './cap-broken-by.ts';
export { listSpendings, type Spending } from './list-spendings.ts';
export { sumSpendings, sumSpendingsBy } from './summarize-spendings.ts';
export { SharedCap } from './shared-cap.ts';
