/**
 * Tasks that share a text belong to one cluster, so that no text stands in two splits. Takes lists of task keys that share one text each; gives
 * the smallest task key of its cluster for every task in them.
 */
export function clusterTasks(links: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const parent = new Map<string, string>();
  const rootOf = (task: string): string => {
    let root = task;
    for (let above = parent.get(root); above !== undefined && above !== root; above = parent.get(root)) root = above;
    // Path compression keeps long chains from being walked again and again.
    for (let at = task; at !== root;) {
      const above = parent.get(at)!;
      parent.set(at, root);
      at = above;
    }
    return root;
  };
  for (const tasks of links) {
    for (const task of tasks) if (!parent.has(task)) parent.set(task, task);
    for (const task of tasks) {
      const [left, right] = [rootOf(tasks[0]!), rootOf(task)];
      if (left !== right) parent.set(left < right ? right : left, left < right ? left : right);
    }
  }
  return new Map([...parent.keys()].map((task) => [task, rootOf(task)]));
}
