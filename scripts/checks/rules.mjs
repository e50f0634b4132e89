/**
 * Rules about the text of single files that no linter of ours knows. Each is pure:
 * `(path, text) => [{ line, says }]`, with paths relative to the repository and `/` between folders.
 */

const CODE = /\.(ts|mts|cts|mjs|cjs|js|vue|css)$/
const TEST = /\.test\.[a-z]+$/
/** Fakes and contract suites belong to the tests. */
const FOR_TESTS = /(\.test\.[a-z]+|-contract\.ts|-sample\.ts|(^|\/)fake-[^/]+\.ts)$/

/** Time and chance are parameters in main: an outage of ten minutes is a test of one millisecond. */
export function timeAndChance(path, text) {
  if (!path.startsWith('src-main/') || path === 'src-main/base/clock.ts' || FOR_TESTS.test(path)) return []
  return findLines(text, /\b(Date\.now|setTimeout|setInterval|Math\.random|performance\.now)\b|\bnew Date\(\s*\)/, (found) =>
    `${found} asks for time or chance; take a Clock as a parameter (src-main/base/clock.ts)`)
}

export const MAX_LINES = 300
/** A file past 300 lines is two files. Tests may be longer. */
export function length(path, text) {
  if (!CODE.test(path) || TEST.test(path) || path.startsWith('e2e/')) return []
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return lines > MAX_LINES ? [{ line: lines, says: `${lines} lines; a file past ${MAX_LINES} is two files` }] : []
}

/** The page talks to main through the bridge alone; the engine worker may open the program port that it was given. */
export function bridgeIsTheDoor(path, text) {
  if (!path.startsWith('src-renderer/') || FOR_TESTS.test(path) || path.startsWith('src-renderer/bridge/')) return []
  const preload = findLines(text, /\b(window|globalThis)\.castwright\b/, (found) => `${found} is the bridge's (src-renderer/bridge)`)
  if (path.startsWith('src-renderer/engine/')) return preload
  return [...preload, ...findLines(text, /\bnew (WebSocket|EventSource|XMLHttpRequest)\b/, (found) => `${found} belongs to the bridge (src-renderer/bridge)`)]
}

/** No file collects others: an import names the file it means. */
export function noBarrels(path, text) {
  if (!/^src-[a-z]+\//.test(path) || !/(^|\/)index\.ts$/.test(path)) return []
  return findLines(text, /^export (\*|\{[^}]*\}) from\b/, () => 'a barrel file; import from the file that has it')
}

/** Log lines go through the logger, which takes secrets out; stdout belongs to the report. */
export function loggerOnly(path, text) {
  if (!/^src-(main|renderer|shared)\//.test(path) || path.startsWith('src-main/cli/') || FOR_TESTS.test(path)) return []
  return findLines(text, /\bconsole\.(log|error|warn|info|debug)\b/, (found) => `${found}; use the logger`)
}

const REGISTRY = /https?:\/\/[a-z0-9.-]*\b(registry|artifactory|nexus|verdaccio|npmmirror)[a-z0-9.-]*[/:]|\bregistry\.[a-z0-9-]+\.[a-z]+|^\s*(@[a-z-]+:)?registry\s*=/i
const ONE_MACHINE = /(^|[\s"'`(=])\/(home|Users|root|work|workspace)\/[a-z0-9._-]+\//
const EXAMPLE_HOMES = /\/(home|Users)\/([a-z]|ann|ben|user|you)\//

/** The project speaks of itself alone: no addresses of package registries, no folders of one machine. */
export function speaksOfItself(path, text) {
  if (path.startsWith('scripts/checks/')) return []
  const registries = findLines(text, REGISTRY, () => 'names a package registry; where packages come from is the installer’s business')
  const machines = findLines(text, ONE_MACHINE, () => 'names a folder of one machine').filter(({ text: line }) => !EXAMPLE_HOMES.test(line))
  const locked = path.endsWith('package-lock.json') ? findLines(text, /^\s*"resolved":/, () => 'the lock file must not say where packages came from (omit-lockfile-registry-resolved)') : []
  return [...registries, ...machines, ...locked].slice(0, 5)
}

export const RULES = [timeAndChance, length, bridgeIsTheDoor, noBarrels, loggerOnly, speaksOfItself]

/** Lines of `text` that match, ignoring whole-line comments. */
function findLines(text, pattern, says) {
  const found = []
  for (const [at, line] of text.split('\n').entries()) {
    if (/^\s*(\/\/|\*|\/\*)/.test(line) && pattern !== REGISTRY && pattern !== ONE_MACHINE) continue
    const match = pattern.exec(line)
    if (match) found.push({ line: at + 1, text: line, says: says(match[0]) })
  }
  return found
}
