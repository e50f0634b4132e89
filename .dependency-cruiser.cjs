/**
 * The layers, as a machine checks them (`npm run layers`). Each rule is provoked by a test in scripts/layers.test.mjs.
 * Paths are regular expressions. Media moves one way: program → bus → outputs; a later stage may import an earlier one's
 * types, never the reverse.
 */
const TEST = '\\.test\\.ts$'
/** Fakes, contract suites and samples are only there for tests. */
const TEST_OR_FAKE = '(\\.test|/fake-[^/]+|-contract|-sample)\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-import',
      comment: 'An import that leads nowhere breaks at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw)(&|$)|^virtual:' },
    },
    {
      name: 'shared-imports-only-shared',
      comment: 'src-shared runs in main, in the page and in workers, so it imports nothing of ours but itself, and no platform.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: TEST },
      to: { path: '^src-(main|renderer)/|^(node:)?(fs|path|os|net|tls|http|crypto|child_process|events|stream|util|url|buffer)$|^electron$|node_modules/(electron|vue|pinia)/' },
    },
    {
      name: 'kit-imports-nothing',
      severity: 'error',
      from: { path: '^src-shared/kit/', pathNot: TEST },
      to: { path: '^src-shared/', pathNot: '^src-shared/kit/' },
    },
    {
      name: 'domain-before-contracts',
      comment: 'kit → domain → texts and contracts.',
      severity: 'error',
      from: { path: '^src-shared/domain/', pathNot: TEST },
      to: { path: '^src-shared/', pathNot: '^src-shared/(kit|domain)/' },
    },
    {
      name: 'texts-know-no-contracts',
      severity: 'error',
      from: { path: '^src-shared/texts/', pathNot: TEST },
      to: { path: '^src-shared/contracts/' },
    },
    {
      name: 'main-knows-no-page',
      comment: 'A test may put both ends of a contract together.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: TEST },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'page-knows-no-main',
      comment: 'The page speaks to main through the contracts of src-shared, over its bridge.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/' },
    },
    {
      name: 'page-has-no-node',
      comment: 'Sandboxed: neither Node nor Electron is there.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-its-host-only',
      severity: 'error',
      from: { pathNot: '^src-main/(host/electron/|main\\.ts$|preload\\.ts$)' },
      to: { path: '(^|/)electron(/|$)', pathNot: '^src-' },
    },
    {
      name: 'hosts-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src-main/host/(electron|browser)/', pathNot: TEST },
      to: { path: '^src-main/host/(electron|browser)/', pathNot: '^src-main/host/$1/' },
    },
    {
      name: 'only-roots-know-a-host',
      comment: 'Everything else takes what host.ts describes.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(host/|main\\.ts$|serve\\.ts$|preload\\.ts$)|' + TEST },
      to: { path: '^src-main/host/(electron|browser)/' },
    },
    {
      name: 'base-stands-on-nothing',
      severity: 'error',
      from: { path: '^src-main/base/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/base/' },
    },
    {
      name: 'only-the-root-is-above',
      comment: 'Units are wired by the composition root; nobody imports it but the entries.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/[^/]+\\.ts$' },
      to: { path: '^src-main/[^/]+\\.ts$' },
    },
    {
      name: 'program-knows-no-later-stage',
      severity: 'error',
      from: { path: '^src-main/program/', pathNot: TEST_OR_FAKE },
      to: { path: '^src-main/(outputs|broadcast|recording|rehearsal)/' },
    },
    {
      name: 'bus-knows-no-outputs',
      severity: 'error',
      from: { path: '^src-main/bus/', pathNot: TEST_OR_FAKE },
      to: { path: '^src-main/(program|outputs|broadcast|recording|rehearsal)/' },
    },
    {
      name: 'outputs-know-no-session',
      comment: 'A topic is a value that can be watched; whoever serves it is another matter.',
      severity: 'error',
      from: { path: '^src-main/outputs/', pathNot: TEST_OR_FAKE },
      to: { path: '^src-main/(program|broadcast|rehearsal|settings|host|rpc|cli|report)/', pathNot: '^src-main/rpc/topic\\.ts$' },
    },
    {
      name: 'engine-knows-no-vue',
      comment: 'The engine holds frames and knows neither Vue nor what is shown around it.',
      severity: 'error',
      from: { path: '^src-renderer/engine/' },
      to: { path: 'node_modules/(@vue/|vue/|vue-|pinia/|reka-ui/)|^src-renderer/(App\\.vue|main\\.ts|bridge|stores|views|components|composables|i18n|design|dev)(/|$)|\\.vue$' },
    },
    {
      name: 'stores-know-no-views',
      severity: 'error',
      from: { path: '^src-renderer/(stores|bridge)/', pathNot: TEST },
      to: { path: '^src-renderer/(views|components)/|\\.vue$' },
    },
    {
      name: 'one-file-spawns',
      comment: 'src-main/process/child.ts knows how to end a process and its children; nobody else starts one.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/process/child\\.ts$|' + TEST_OR_FAKE },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'fakes-are-for-tests',
      severity: 'error',
      from: { path: '^src-', pathNot: TEST_OR_FAKE + '|^src-renderer/dev/' },
      to: { path: '/fake-[^/]+\\.ts$' },
    },
    {
      name: 'what-ships-is-a-dependency',
      comment: 'An import of the product must not come from devDependencies (electron is provided by its own program).',
      severity: 'error',
      from: { path: '^src-main/', pathNot: TEST_OR_FAKE },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/(electron|@types)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: require('node:path').join(__dirname, 'tsconfig.base.json') },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types', 'typings'] },
    skipAnalysisNotInRules: true,
  },
}
