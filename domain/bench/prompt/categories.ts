/** What belongs into each list of entities, as the prompt tells it. */
export const CATEGORY_GUIDE: Readonly<Record<string, string>> = {
  projects: 'repositories or projects by their short name, one word each, no path',
  tools: 'programs that ran, by name alone, without arguments ("git", "npm", "docker compose")',
  files: 'files by path or name, exactly as they are written',
  services: 'hosts, databases, queues and daemons that were talked to',
  errors: 'error messages or codes, each shortened to its telling part',
  topics: 'subjects in a few words each, as somebody would search for them',
  decisions: 'what was decided, one short sentence each',
  urls: 'addresses without their query',
  jobs: 'jobs and steps of the workflow, by name',
};
