import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** What the page is served with, the same by both hosts. */
export interface PageResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer> | null
}

export type ReadAsset = (assetId: string) => Promise<{ bytes: Uint8Array; mimeType: string } | null>

/**
 * Only our own code runs, nothing is loaded from elsewhere. `http://127.0.0.1:*` is the rehearsal's
 * playback, a server of ours on the loopback.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: mediastream:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'self' http://127.0.0.1:*",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ')

/** On every answer. The two cross-origin policies make the page cross-origin isolated (shared memory, exact timers). */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
}
/** Unknown things are bytes, which no page runs or shows. */
const ANY_BYTES = 'application/octet-stream'
const ASSET_PATH = /^assets\/([\w-][\w.-]{0,199})$/

/**
 * Answers one GET for `path` (the address's path as received, still percent-encoded, without the query).
 * 403 for a path that leaves the page's folder or tries to, 404 for one that does not exist.
 * `assets/<id>` is a file of the page if there is one, else what `readAsset` knows under the id.
 */
export async function servePage(root: string, path: string, readAsset: ReadAsset): Promise<PageResponse> {
  const relative = plainPath(path)
  if (relative === null) return refusal(403)
  const name = relative === '' ? 'index.html' : relative
  const file = await readInside(root, name)
  if (file === 'outside') return refusal(403)
  if (file) return answer(file, MIME_TYPES[extname(name).toLowerCase()] ?? ANY_BYTES)
  // Browsers ask for it unasked; that there is none is no mistake of the page.
  if (name === 'favicon.ico') return { ...refusal(404), status: 204 }
  const assetId = ASSET_PATH.exec(relative)?.[1]
  const asset = assetId === undefined ? null : await readAsset(assetId)
  if (!asset) return refusal(404)
  // Pictures only: a stored page or script of somebody else's must not become ours.
  return answer(new Uint8Array(asset.bytes), /^image\/(png|jpeg|webp|gif|avif)$/.test(asset.mimeType) ? asset.mimeType : ANY_BYTES)
}

export function refusal(status: 403 | 404 | 405 | 500): PageResponse {
  return { status, headers: { ...PAGE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }, body: null }
}

/** What an application window shows until it has been let in: nothing, in the studio's own darkness, instead of the browser's error page. */
export function blankRefusal(): PageResponse {
  const page = '<!doctype html><title>Castwright</title><style>html{background:#1d1f26}</style>'
  return { status: 403, headers: { ...PAGE_HEADERS, 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }, body: new TextEncoder().encode(page) }
}

/** The decoded path without its leading slash, or null if it is not plainly one inside a folder. Decoded once, never twice. */
export function plainPath(path: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  if (decoded.length > 1000 || /[\\\0:%]/.test(decoded) || !decoded.startsWith('/')) return null
  const segments = decoded.slice(1).split('/')
  if (segments.some((segment) => segment === '.' || segment === '..')) return null
  if (segments.slice(0, -1).includes('')) return null
  return segments.join('/')
}

/** The file's bytes, null if there is none, `outside` if a link leads out of the folder. */
async function readInside(root: string, relative: string): Promise<Uint8Array<ArrayBuffer> | null | 'outside'> {
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, relative))])
    if (!real.startsWith(realRoot + sep)) return 'outside'
    return new Uint8Array(await readFile(real))
  } catch {
    // Not there, a folder, or not ours to read: all the same to a page.
    return null
  }
}

function answer(body: Uint8Array<ArrayBuffer>, mimeType: string): PageResponse {
  return { status: 200, headers: { ...PAGE_HEADERS, 'Content-Type': mimeType }, body }
}
