import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/**
 * Lets only `GET <path>` from this computer through to the media server's own handler; its other doors
 * (publishing by HTTP or WebSocket, the admin pages) are shut. `path` carries a random name, which is what
 * keeps other pages of the user's browser out.
 */
export function guardPlayback(server: Server, path: string): void {
  const handlers = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[]
  server.removeAllListeners('request')
  server.removeAllListeners('upgrade')
  server.on('upgrade', (_request, socket) => socket.destroy())
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const status = judge(request, path)
    response.setHeader('Access-Control-Allow-Origin', '*')
    // The studio's page is cross-origin isolated (COEP: require-corp); without this it may not load from another port.
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    response.setHeader('Cache-Control', 'no-store')
    if (request.method === 'OPTIONS' && status !== 403) {
      response.setHeader('Access-Control-Allow-Private-Network', 'true')
      response.writeHead(204, { 'Access-Control-Allow-Methods': 'GET', 'Access-Control-Allow-Headers': 'Range' }).end()
    } else if (status !== 200) {
      response.writeHead(status).end()
    } else {
      response.setHeader('Content-Type', 'video/x-flv')
      for (const handler of handlers) handler(request, response)
    }
  })
}

function judge(request: IncomingMessage, path: string): 200 | 403 | 404 | 405 {
  // A name that a foreign page made point at this computer is not this computer's name.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '')) return 403
  if (request.url?.split('?')[0] !== path) return 404
  return request.method === 'GET' ? 200 : 405
}
