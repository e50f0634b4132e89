import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the last set-up did, kept in node_modules so that it goes when the dependencies go. */
export function readStamp(file) {
  try {
    const stamp = JSON.parse(readFileSync(file, 'utf8'))
    return stamp && typeof stamp === 'object' && !Array.isArray(stamp) ? stamp : {}
  } catch {
    return {}
  }
}

export function writeStamp(file, stamp) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(stamp, null, 2))
  renameSync(draft, file)
}

/** Every file under `paths` (files or folders) for which `wanted(relativePath)` holds, sorted, with size and time. */
export function listFiles(root, paths, wanted = () => true) {
  const found = []
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (stat?.isDirectory()) for (const name of readdirSync(join(root, path))) visit(`${path}/${name}`)
    else if (stat?.isFile() && wanted(path)) found.push({ path, sizeBytes: stat.size, mtimeMs: stat.mtimeMs })
  }
  for (const path of paths) visit(path)
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Changes whenever a file is added, removed, touched or resized: asked first, because it reads no contents. */
export function quickKey(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.path}\0${file.sizeBytes}\0${file.mtimeMs}\n`)
  return hash.digest('hex')
}

/** Changes only when a path or a content does. */
export function contentKey(root, files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.path}\0${file.sizeBytes}\0`).update(readFileSync(join(root, file.path)))
  return hash.digest('hex')
}

/**
 * Are `files` what they were when `before` was written? Reads contents only when times or sizes differ.
 * Returns the entry to keep for the next time.
 */
export function compare(root, files, before) {
  const quick = quickKey(files)
  if (before?.quick === quick) return { same: true, now: before }
  const content = contentKey(root, files)
  return { same: before?.content === content, now: { quick, content } }
}
