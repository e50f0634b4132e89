import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { type ReadAsset, refusal, servePage } from '../page-files.ts'
import { answerRecording, type FileAnswer, type FindRecording } from '../recorded-files.ts'
import type { ElectronApi } from './electron-api.ts'
import { isOurs, SCHEME } from './origin.ts'

/** Serves the page under its own scheme, with the same files and headers as the browser host. */
export function handlePageProtocol(session: ElectronApi['session']['defaultSession'], root: string, readAsset: ReadAsset, find: FindRecording): void {
  session.protocol.handle(SCHEME, (request) => answerPage(request, root, readAsset, find))
}

export async function answerPage(request: Request, root: string, readAsset: ReadAsset, find: FindRecording): Promise<Response> {
  const mayRead = isOurs(request.url) && (request.method === 'GET' || request.method === 'HEAD')
  const path = mayRead ? new URL(request.url).pathname || '/' : '/'
  const recorded = path.startsWith('/recordings/') ? await answerRecording(path, request.headers.get('range'), find) : null
  if (recorded) return fileResponse(recorded, request.method)
  const { status, headers, body } = mayRead ? await servePage(root, path, readAsset) : refusal(403)
  return new Response(request.method === 'HEAD' ? null : body, { status, headers })
}

function fileResponse({ status, headers, file }: FileAnswer, method: string): Response {
  const body = file && method !== 'HEAD' ? (Readable.toWeb(createReadStream(file.path, file)) as ReadableStream) : null
  return new Response(body, { status, headers })
}
