import { type ReadAsset, refusal, servePage } from '../page-files.ts'
import type { ElectronApi } from './electron-api.ts'
import { isOurs, SCHEME } from './origin.ts'

/** Serves the page under its own scheme, with the same files and headers as the browser host. */
export function handlePageProtocol(session: ElectronApi['session']['defaultSession'], root: string, readAsset: ReadAsset): void {
  session.protocol.handle(SCHEME, (request) => answerPage(request, root, readAsset))
}

export async function answerPage(request: Request, root: string, readAsset: ReadAsset): Promise<Response> {
  const mayRead = isOurs(request.url) && (request.method === 'GET' || request.method === 'HEAD')
  const { status, headers, body } = mayRead ? await servePage(root, new URL(request.url).pathname || '/', readAsset) : refusal(403)
  return new Response(request.method === 'HEAD' ? null : body, { status, headers })
}
