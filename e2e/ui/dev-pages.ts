import { createServer } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
/** As strict as the hosts' own policy, so that what breaks there breaks here. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:"

export interface DevPages {
  url(query: Readonly<Record<string, string>>): string
  close(): Promise<void>
}

/** Builds the dev page (the window with nothing behind it) into a folder of its own and serves it on the loopback. */
export async function serveDevPages(): Promise<DevPages> {
  const repository = resolve(import.meta.dirname, '../..')
  const outDir = await mkdtemp(join(tmpdir(), 'castwright-ui-'))
  await build({
    configFile: false, root: join(repository, 'src-renderer'), base: './', logLevel: 'error', plugins: [vue()],
    resolve: { alias: { '@shared': join(repository, 'src-shared') } },
    build: { outDir, emptyOutDir: true, target: 'chrome130', rollupOptions: { input: { dev: join(repository, 'src-renderer/dev.html') } } },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
    readFile(join(outDir, path)).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: (query) => `http://127.0.0.1:${port}/dev.html?${new URLSearchParams(query)}`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
