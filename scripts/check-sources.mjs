/** Part of `npm run verify`: checks every file of the repository against the rules of checks/rules.mjs. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { RULES } from './checks/rules.mjs'
import { ROOT } from './set-up/paths.mjs'
import { listFiles } from './set-up/stamp.mjs'

const TEXT = new Set(['.ts', '.mts', '.mjs', '.cjs', '.js', '.vue', '.css', '.html', '.json', '.md', '.yml', '.yaml', '.sh', ''])
/** Folders that no clone has. */
const NOT_OURS = /^(node_modules|out|dist|coverage|test-results|playwright-report|\.cache|\.git)(\/|$)/

/** What git knows or would add; the folders themselves where git or its folder is missing. */
function filesOfTheRepository() {
  try {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return listed.split('\0').filter(Boolean)
  } catch {
    return listFiles(ROOT, ['src-main', 'src-renderer', 'src-shared', 'scripts', 'e2e', 'bench', 'docs', 'package.json', 'package-lock.json', '.npmrc', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']).map(({ path }) => path)
  }
}

let files = 0
const findings = []
for (const path of filesOfTheRepository()) {
  const file = join(ROOT, path)
  if (NOT_OURS.test(path) || !TEXT.has(extname(path)) || !statSync(file, { throwIfNoEntry: false })?.isFile()) continue
  const text = readFileSync(file, 'utf8')
  files++
  for (const rule of RULES) for (const { line, says } of rule(path, text)) findings.push(`${path}:${line}: ${says}`)
}
for (const finding of findings) console.log(finding)
console.log(findings.length === 0 ? `${files} files keep the source rules.` : `${findings.length} findings in ${files} files.`)
process.exitCode = findings.length === 0 ? 0 : 1
