/**
 * The import table of docs/architecture.md, one rule a sentence. A folder that a rule does not name is free to import, a package that no rule
 * names has no home yet. `type-only` imports leave nothing at run time; rules that let them through say so in their name or comment.
 * test/architecture/layers.test.ts plants a violation of every rule.
 */

const LAYERS = '^(schemas|domain|workflows|activities|adapters|worker|cli|reports)/|^temporal[.]config[.]ts$';
const PACKAGES = 'node_modules/';
/** Where running begins: the command, a worker's thread, the process of a model, the guard of a pause, the workflow bundle. */
const PROGRAMS =
  '^(cli/bin[.]cts|worker/thread[.]ts|adapters/embedder/onnx-program[.]ts|worker/pause-guard/main[.]ts|workflows/index[.]ts)$';
/** Constants that rules may use, and that import nothing. */
const VOCABULARY = '^schemas/(vocabulary|knob-descriptions)[.]ts$';

/** Nothing of it, not even a type. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Types of it at most. */
const typesAtMost = (name, comment, from, to) => never(name, comment, from, { ...to, dependencyTypesNot: ['type-only'] });

/** A library that one place of the code knows, and no other. */
const onlyIn = (name, comment, home, library) =>
  never(name, comment, { path: LAYERS, pathNot: home }, { path: `${PACKAGES}(${library})/` });

const schemas = [
  never(
    'schemas-import-zod-and-schemas-only',
    'A schema says what the data is: zod and other schemas are all it takes.',
    { path: '^schemas/' },
    { pathNot: ['^schemas/', `${PACKAGES}zod/`] },
  ),
  never(
    'the-vocabulary-imports-nothing',
    'Rules and workflows import the word lists at run time, so the lists bring nothing with them, zod least of all.',
    { path: VOCABULARY },
    {},
  ),
];

const domain = [
  never(
    'domain-never-imports-node',
    'Rules are pure: no files, no processes, no network.',
    { path: '^domain/' },
    { dependencyTypes: ['core'] },
  ),
  never(
    'pure-libraries-of-domain',
    'The short list of libraries that rules may use: hashes, phone numbers. zod, Temporal and DuckDB are not on it.',
    { path: '^domain/' },
    { path: PACKAGES, pathNot: `${PACKAGES}(@noble/hashes|libphonenumber-js)/` },
  ),
  never(
    'domain-imports-no-other-layer',
    'Rules know rules and the shapes of data, nothing of who asks them.',
    { path: '^domain/' },
    { path: LAYERS, pathNot: ['^domain/', '^schemas/'] },
  ),
  typesAtMost(
    'domain-takes-types-only-from-schemas',
    'Parsing happens at the border; a rule gets data that is already known to be right. The word lists are constants and may be used.',
    { path: '^domain/' },
    { path: '^schemas/', pathNot: VOCABULARY },
  ),
  never(
    'a-capability-is-entered-through-its-index',
    'Another capability sees what index.ts offers. shared and stats are no capabilities and have no index.',
    { path: '^domain/([^/]+)/' },
    { path: '^domain/', pathNot: ['^domain/$1/', '^domain/(shared|stats)/', '^domain/[^/]+/index[.]ts$'] },
  ),
  never(
    'the-outside-enters-a-capability-through-its-index',
    'So do the other layers.',
    { path: LAYERS, pathNot: '^domain/' },
    { path: '^domain/', pathNot: ['^domain/(shared|stats)/', '^domain/[^/]+/index[.]ts$'] },
  ),
];

const workflows = [
  never(
    'workflows-never-import-node',
    'A workflow is replayed: it touches nothing.',
    { path: '^workflows/' },
    { dependencyTypes: ['core'] },
  ),
  never(
    'workflows-import-the-workflow-sdk-only',
    'Every other package would end up in the bundle, or break it.',
    { path: '^workflows/' },
    { path: PACKAGES, pathNot: `${PACKAGES}@temporalio/workflow/` },
  ),
  never(
    'workflows-never-import-adapters',
    'Order knows nothing of the world, nor of those who start it.',
    { path: '^workflows/' },
    { path: '^(adapters|worker|cli|reports)/' },
  ),
  never(
    'workflows-know-activities-by-their-contract',
    'What a workflow may ask for stands in activities/contract.ts and its neighbours, one for each capability.',
    { path: '^workflows/' },
    { path: '^activities/', pathNot: '^activities/[a-z-]*contract[.]ts$' },
  ),
  typesAtMost(
    'workflows-types-only-from-contract',
    'Activity code must not reach the bundle.',
    { path: '^workflows/' },
    { path: '^activities/[a-z-]*contract[.]ts$' },
  ),
  typesAtMost(
    'workflows-take-types-only-from-schemas',
    'zod must not reach the bundle. The word lists are constants and may be used.',
    { path: '^workflows/' },
    { path: '^schemas/', pathNot: VOCABULARY },
  ),
];

const activities = [
  never(
    'activities-never-import-adapters',
    'An activity touches the world through activities/ports.ts; worker/ says which adapter stands behind a port.',
    { path: '^activities/' },
    { path: '^adapters/' },
  ),
  never('activities-never-import-workflows', 'The order of things is not theirs.', { path: '^activities/' }, { path: '^workflows/' }),
  never(
    'activities-import-no-outer-layer',
    'Who runs them, who started them and who draws the result comes in as an argument.',
    { path: '^activities/' },
    { path: '^(worker|cli|reports)/|^temporal[.]config[.]ts$' },
  ),
  never('activities-never-import-node', 'Files, clocks and digests are ports.', { path: '^activities/' }, { dependencyTypes: ['core'] }),
  never(
    'activities-import-the-activity-sdk-only',
    'Any other library is an outside system and has an adapter.',
    { path: '^activities/' },
    { path: PACKAGES, pathNot: `${PACKAGES}@temporalio/activity/` },
  ),
  typesAtMost(
    'ports-and-contract-are-types',
    'Neither file is there at run time, so either may be imported from both sides.',
    { path: LAYERS },
    { path: '^activities/((search-|budget-)?ports|[a-z-]*contract)[.]ts$' },
  ),
];

const adapters = [
  never(
    'adapters-never-import-other-adapters',
    'A folder is one outside system. Single files directly under adapters/ (clock, digest, atomic write) serve all of them.',
    { path: '^adapters/([^/]+)/' },
    { path: '^adapters/[^/]+/', pathNot: '^adapters/$1/' },
  ),
  never(
    'shared-adapter-files-import-no-adapter',
    'What serves every adapter knows none of them.',
    { path: '^adapters/[^/]+[.]ts$' },
    { path: '^adapters/[^/]+/' },
  ),
  never(
    'adapters-know-no-capability',
    'Adapters translate; what to decide is not theirs. They may use domain/shared.',
    { path: '^adapters/' },
    { path: '^domain/', pathNot: '^domain/shared/' },
  ),
  never(
    'adapters-know-activities-by-their-ports',
    'An adapter implements a port and sees nothing else of those who use it.',
    { path: '^adapters/' },
    { path: '^activities/', pathNot: '^activities/(search-|budget-)?ports[.]ts$' },
  ),
  never(
    'adapters-never-import-workflows',
    'Nor any other layer that is wired to them.',
    { path: '^adapters/' },
    { path: '^(workflows|worker|cli|reports)/|^temporal[.]config[.]ts$' },
  ),
];

const reports = [
  never('reports-never-import-node', 'A report is a string made of a result.', { path: '^reports/' }, { dependencyTypes: ['core'] }),
  never(
    'reports-import-no-other-layer',
    'A report sees rules and shapes of data, never those who made the result.',
    { path: '^reports/' },
    { path: LAYERS, pathNot: ['^reports/', '^domain/', '^schemas/'] },
  ),
  typesAtMost(
    'reports-take-types-only-from-domain-and-schemas',
    'A report shows, it does not decide. Statistics may be used, and so may the word lists, the glossary and the footer, whose sentences reports print, and what finds the named things of an answer.',
    { path: '^reports/' },
    { path: '^(domain|schemas)/', pathNot: ['^domain/(stats|glossary|reproducibility)/', '^domain/replay/index[.]ts$', VOCABULARY] },
  ),
  never(
    'reports-share-through-shared',
    'What two reports need stands in reports/shared.',
    { path: '^reports/([^/]+)/' },
    { path: '^reports/', pathNot: ['^reports/$1/', '^reports/shared/'] },
  ),
  never(
    'reports-shared-knows-no-report',
    'The page frame and the charts know no report.',
    { path: '^reports/shared/' },
    { path: '^reports/', pathNot: '^reports/shared/' },
  ),
];

const compositionRoots = [
  never(
    'nobody-imports-the-cli',
    'The command line is the outermost layer, for the worker, too.',
    { path: LAYERS, pathNot: '^cli/' },
    { path: '^cli/' },
  ),
  never(
    'only-the-cli-imports-the-worker',
    'To run one in its own process.',
    { path: LAYERS, pathNot: '^(cli|worker)/' },
    { path: '^worker/' },
  ),
  never(
    'the-cli-enters-the-worker-through-its-index',
    'The threads and ports of a worker are its own. A search needs no engine and no worker: open-retriever.ts wires one without loading either, open-synopsizer.ts what tells of its pages, and open-budget.ts what it is paid with. One output is judged by a panel without an engine, too: panel-world.ts. What runs are made of stands in inputs/, for commands and for what a schedule begins.',
    { path: '^cli/' },
    { path: '^worker/', pathNot: '^worker/(index|open-retriever|open-synopsizer|open-budget|panel-world|inputs/[^/]+)[.]ts$' },
  ),
  typesAtMost(
    'composition-roots-take-types-only-from-workflows',
    'A workflow runs in the sandbox, from its bundle, and nowhere else.',
    { path: '^(worker|cli)/' },
    { path: '^workflows/' },
  ),
  never(
    'temporal-config-imports-nothing',
    'Constants only, because workflows import them: no environment, no Node, no zod. The one exception is the list of permanent failures ' +
      'in schemas/vocabulary.ts, itself a constant that imports nothing: retry policies need it and it must stand in one place.',
    { path: '^temporal[.]config[.]ts$' },
    { pathNot: VOCABULARY },
  ),
];

const homes = [
  onlyIn(
    'only-the-lake-imports-duckdb',
    'DuckDB scans and joins for the lake; rules stay in TypeScript. The archives of the log of replays are Parquet that others read, too.',
    '^adapters/(lake/|replay-archive[.]ts$)',
    '@duckdb/[^/]+',
  ),
  onlyIn(
    'only-arrow-imports-arrow',
    'Arrow streams are one format among those that a set is written in.',
    '^adapters/arrow/',
    'apache-arrow',
  ),
  onlyIn(
    'only-sources-unpack-and-glob',
    'Finding and unpacking source files is one job of one adapter; reading packed bytes piece by piece is shared.',
    '^adapters/(sources/|byte-chunks[.]ts$)',
    'fzstd|tinyglobby|yauzl',
  ),
  onlyIn('only-files-read-json-with-comments', 'Comments stand in the config file and nowhere else.', '^adapters/files/', 'jsonc-parser'),
  onlyIn(
    'only-the-engine-imports-temporal',
    'Temporal is known to its adapter, to the two kinds of code it runs, and to the two programs that speak to it.',
    '^(adapters/temporal|workflows|activities|worker|cli)/',
    '@temporalio/[^/]+',
  ),
  onlyIn(
    'only-retrievers-read-foreign-engines',
    'The protocol of tools and the paths of answers are for engines of others.',
    '^adapters/retriever/',
    '@modelcontextprotocol/sdk|jsonpath-rfc9535',
  ),
  onlyIn('only-pages-read-yaml', 'Front matter stands in pages and nowhere else.', '^adapters/pages/', 'yaml'),
  onlyIn(
    'only-nearest-imports-usearch',
    'The graph of neighbours is a file like others to everybody else.',
    '^adapters/nearest/',
    'usearch',
  ),
  onlyIn('charts-only-in-reports-shared', 'One place draws, so that all pictures look alike.', '^reports/shared/', 'echarts'),
  onlyIn('only-the-worker-imports-the-thread-pool', 'Activities do not know that they run in threads.', '^worker/', 'piscina'),
  onlyIn('only-the-cli-speaks-to-a-terminal', 'Flags and progress lines end at the command line.', '^cli/', 'commander|log-update'),
];

const everywhere = [
  never('no-circular', 'Not even by types: what needs each other is one thing, or a third one is missing.', {}, { circular: true }),
  never(
    'no-orphans',
    'Every file of the product is reached from a program, the bundle or a worker thread; tests alone keep nothing alive.',
    { path: PROGRAMS },
    { path: LAYERS, pathNot: PROGRAMS, reachable: false },
  ),
  never('not-to-test', 'What ships never imports what tests it.', { pathNot: '^test/' }, { path: '^test/' }),
  never(
    'not-to-dev-dependencies',
    'What ships runs with the packages that are installed with it.',
    { path: LAYERS },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  never(
    'no-undeclared-packages',
    'A package is listed in package.json, or another one may take it away.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  never('no-unresolved', 'Every import leads to a file.', {}, { couldNotResolve: true }),
  never(
    'set-up-needs-no-packages',
    'It runs before there are any: `npm start` and `npm test` begin with it in a fresh clone. download-server.mjs is a program of its own that is ' +
      'started once they are there.',
    { path: '^scripts/(setup[.]mjs|setup/|source-digest[.]mjs)', pathNot: '^scripts/setup/download-server[.]mjs$' },
    { path: PACKAGES },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...schemas, ...domain, ...workflows, ...activities, ...adapters, ...reports, ...compositionRoots, ...homes, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Tells `import type` from an import that is there at run time.
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
