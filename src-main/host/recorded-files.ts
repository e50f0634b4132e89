import { stat } from 'node:fs/promises'
import { PAGE_HEADERS } from './page-files.ts'

/** Finds what the page may play: the file's own path and type, or null for everything that is not a recording. */
export type FindRecording = (path: string) => Promise<{ path: string; mimeType: string } | null>

/** An answer whose body is a piece of a file; `end` is the last byte. */
export interface FileAnswer {
  status: number
  headers: Record<string, string>
  file: { path: string; start: number; end: number } | null
}

const PREFIX = '/recordings/'

/**
 * Answers `GET /recordings/<path>` (the address's path as received, percent-encoded, without the query), whole or by one
 * byte range (RFC 9110 §14), so that a player can jump. Null when the path is none of ours; 403 for one that tries to
 * leave the folder, 404 for one that `find` does not know, 416 for a range behind the end.
 */
export async function answerRecording(urlPath: string, range: string | null, find: FindRecording): Promise<FileAnswer | null> {
  if (!urlPath.startsWith(PREFIX)) return null
  const path = decodePath(urlPath.slice(PREFIX.length))
  if (path === null) return refused(403)
  const found = await find(path)
  const sizeBytes = found && (await stat(found.path).then((file) => (file.isFile() ? file.size : null), () => null))
  if (!found || sizeBytes === null) return refused(404)
  const headers = { ...PAGE_HEADERS, 'Content-Type': found.mimeType, 'Accept-Ranges': 'bytes', 'Cache-Control': 'no-store' }
  const part = parseRange(range, sizeBytes)
  if (part === 'unsatisfiable') return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${sizeBytes}`, 'Content-Length': '0' }, file: null }
  const { start, end } = part ?? { start: 0, end: sizeBytes - 1 }
  return {
    status: part ? 206 : 200,
    headers: { ...headers, 'Content-Length': String(end - start + 1), ...(part ? { 'Content-Range': `bytes ${start}-${end}/${sizeBytes}` } : {}) },
    file: sizeBytes === 0 ? null : { path: found.path, start, end },
  }
}

/** The path below the recordings folder with `/`, or null if it is not plainly one. Each part is decoded once, never twice. */
export function decodePath(encoded: string): string | null {
  try {
    const parts = encoded.split('/').map(decodeURIComponent)
    return parts.every(isPlainName) ? parts.join('/') : null
  } catch {
    return null
  }
}

const isPlainName = (part: string): boolean => part !== '' && part !== '.' && part !== '..' && !/[/\\\0]/.test(part)

/** One range of bytes; null = the whole file (also for several ranges and for what is not understood, as the RFC allows). */
export function parseRange(header: string | null, sizeBytes: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match) return null
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '' && last === '') return null
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (first !== '' && last !== '' && Number(last) < start) return null
  return start >= sizeBytes || (first === '' && last !== '' && Number(last) === 0) ? 'unsatisfiable' : { start, end }
}

function refused(status: 403 | 404): FileAnswer {
  return { status, headers: { ...PAGE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': '0' }, file: null }
}
