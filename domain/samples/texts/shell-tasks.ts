/** What a shell task turns on. */
export interface ShellFacts {
  readonly folder: string;
  readonly word: string;
  readonly days: number;
  readonly count: number;
  readonly day: string;
}

/** One step of an episode: the command and what the shell printed. */
export interface ShellStep {
  readonly action: string;
  readonly observation: string;
}

/** A task on the fleet server, the command that does it, and commands that come near or miss. */
export interface ShellTask {
  readonly name: string;
  readonly query: (facts: ShellFacts) => string;
  readonly right: (facts: ShellFacts) => ShellStep;
  readonly near: (facts: ShellFacts) => ShellStep;
  readonly off: (facts: ShellFacts) => ShellStep;
}

export const SHELL_TASKS: readonly ShellTask[] = [
  {
    name: 'count-lines',
    query: ({ folder, word }) => `Count the lines that mention "${word}" in all .log files below ${folder}. Print only the number.`,
    right: ({ folder, word, count }) => ({ action: `grep -rh --include='*.log' '${word}' ${folder} | wc -l`, observation: `${count}\n` }),
    near: ({ folder, word, count }) => ({
      action: `grep -rc --include='*.log' '${word}' ${folder}`,
      observation: `${folder}/mill-quay.log:${count - 3}\n${folder}/pier-nine.log:3\n`,
    }),
    off: ({ folder, word }) => ({ action: `grep '${word}' ${folder}`, observation: `grep: ${folder}: Is a directory\n` }),
  },
  {
    name: 'old-files',
    query: ({ folder, days }) => `Delete all files below ${folder} that have not changed for more than ${days} days, but keep the folders.`,
    right: ({ folder, days }) => ({ action: `find ${folder} -type f -mtime +${days} -delete`, observation: '' }),
    near: ({ folder, days }) => ({ action: `find ${folder} -type f -mtime ${days} -delete`, observation: '' }),
    off: ({ folder, days }) => ({
      action: `rm -r ${folder}/* --older-than ${days}d`,
      observation: "rm: unrecognized option '--older-than'\n",
    }),
  },
  {
    name: 'largest',
    query: ({ folder, count }) => `List the ${count} largest files below ${folder} with their size in bytes, largest first.`,
    right: ({ folder, count }) => ({
      action: `find ${folder} -type f -printf '%s %p\\n' | sort -rn | head -n ${count}`,
      observation: `48210 ${folder}/rides.csv\n9921 ${folder}/docks.csv\n`,
    }),
    near: ({ folder, count }) => ({
      action: `du -ab ${folder} | sort -rn | head -n ${count}`,
      observation: `61003\t${folder}\n48210\t${folder}/rides.csv\n`,
    }),
    off: ({ folder, count }) => ({ action: `ls -S ${folder} | head -${count}`, observation: 'rides.csv\nold\n' }),
  },
  {
    name: 'sum-column',
    query: ({ folder, day }) => `Sum the third column of ${folder}/rides-${day}.csv (comma separated, with a header) and print the sum.`,
    right: ({ folder, day, count }) => ({
      action: `awk -F, 'NR > 1 { s += $3 } END { print s }' ${folder}/rides-${day}.csv`,
      observation: `${count * 117}\n`,
    }),
    near: ({ folder, day, count }) => ({
      action: `awk -F, '{ s += $3 } END { print s, NR }' ${folder}/rides-${day}.csv`,
      observation: `${count * 117} ${count + 1}\n`,
    }),
    off: ({ folder, day }) => ({ action: `cut -d, -f3 ${folder}/rides-${day}.csv | sum`, observation: '38112     1\n' }),
  },
  {
    name: 'rename',
    query: ({ folder, word }) =>
      `Rename every .txt file in ${folder} so that its name starts with "${word.replaceAll(' ', '-')}-". Do not touch subfolders.`,
    right: ({ folder, word }) => ({
      action: `cd ${folder} && for f in *.txt; do mv -- "$f" "${word.replaceAll(' ', '-')}-$f"; done`,
      observation: '',
    }),
    near: ({ folder, word }) => ({
      action: `find ${folder} -name '*.txt' -execdir mv {} ${word.replaceAll(' ', '-')}-{} \\;`,
      observation: "mv: cannot move './notes.txt' to 'x-./notes.txt'\n",
    }),
    off: ({ folder }) => ({ action: `rename 's/^/x/' ${folder}/*.txt`, observation: '/bin/bash: rename: command not found\n' }),
  },
  {
    name: 'unique-bikes',
    query: ({ folder, day }) => `How many different bikes (column 2) had a ride in ${folder}/rides-${day}.csv? Skip the header.`,
    right: ({ folder, day, count }) => ({
      action: `tail -n +2 ${folder}/rides-${day}.csv | cut -d, -f2 | sort -u | wc -l`,
      observation: `${count + 12}\n`,
    }),
    near: ({ folder, day, count }) => ({
      action: `cut -d, -f2 ${folder}/rides-${day}.csv | sort -u | wc -l`,
      observation: `${count + 13}\n`,
    }),
    off: ({ folder, day, count }) => ({ action: `cut -d, -f2 ${folder}/rides-${day}.csv | uniq | wc -l`, observation: `${count * 4}\n` }),
  },
  {
    name: 'archive',
    query: ({ folder, day }) =>
      `Pack ${folder}/${day} into /srv/backup/${day}.tar.gz without the leading path, then print the number of files in it.`,
    right: ({ folder, day, count }) => ({
      action: `tar -C ${folder} -czf /srv/backup/${day}.tar.gz ${day} && tar -tzf /srv/backup/${day}.tar.gz | grep -vc '/$'`,
      observation: `${count}\n`,
    }),
    near: ({ folder, day, count }) => ({
      action: `tar -czf /srv/backup/${day}.tar.gz ${folder}/${day} && tar -tzf /srv/backup/${day}.tar.gz | wc -l`,
      observation: `tar: Removing leading '/' from member names\n${count + 1}\n`,
    }),
    off: ({ folder, day }) => ({
      action: `zip /srv/backup/${day}.tar.gz ${folder}/${day}`,
      observation: '/bin/bash: zip: command not found\n',
    }),
  },
  {
    name: 'settings',
    query: ({ folder, word }) => `Print the value of the setting DEPOT_NAME for the "${word}" job from the settings files below ${folder}.`,
    right: ({ folder, word }) => ({
      action: `sed -n 's/^DEPOT_NAME=//p' "${folder}/${word.replaceAll(' ', '-')}.env"`,
      observation: 'old-foundry\n',
    }),
    near: ({ folder, word }) => ({
      action: `cat "${folder}/${word.replaceAll(' ', '-')}.env"`,
      observation: 'DEPOT_NAME=old-foundry\nWORKERS=2\n',
    }),
    off: ({ folder }) => ({ action: `grep DEPOT ${folder}/*`, observation: `grep: ${folder}/*: No such file or directory\n` }),
  },
  {
    name: 'restart-count',
    query: ({ folder, word, day }) =>
      `On which hour of ${day} did the sync job restart most often because of "${word}"? Logs are in ${folder}/sync.log, one line an event, "DAY HH:MM text".`,
    right: ({ folder, word, day, count }) => ({
      action: `grep '^${day} .*restart.*${word}' ${folder}/sync.log | cut -c12-13 | sort | uniq -c | sort -rn | head -n 1`,
      observation: `     ${count} 14\n`,
    }),
    near: ({ folder, day, count }) => ({
      action: `grep '^${day}.*restart' ${folder}/sync.log | cut -c12-13 | sort | uniq -c`,
      observation: `      4 09\n     ${count} 14\n`,
    }),
    off: ({ folder }) => ({
      action: `journalctl -u sync --since today | tail ${folder}/sync.log`,
      observation: 'No journal files were found.\n',
    }),
  },
  {
    name: 'permissions',
    query: ({ folder }) => `Make every script (.sh) below ${folder} executable for its owner only, and list those that were not.`,
    right: ({ folder }) => ({
      action: `find ${folder} -name '*.sh' ! -perm 700 -print -exec chmod 700 {} +`,
      observation: `${folder}/rotate.sh\n${folder}/sync.sh\n`,
    }),
    near: ({ folder }) => ({
      action: `find ${folder} -name '*.sh' -print -exec chmod u+x {} +`,
      observation: `${folder}/rotate.sh\n${folder}/sync.sh\n${folder}/report.sh\n`,
    }),
    off: ({ folder }) => ({ action: `chmod +x ${folder}`, observation: '' }),
  },
];
