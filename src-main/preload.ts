import { contextBridge, ipcRenderer } from 'electron'

/**
 * Runs before the page under Electron, in a world of its own. The page gets one function, `connect`, and
 * learns of no Electron object: it asks for a port to main and receives it as a message of its own window,
 * because ports cannot be passed through the context bridge.
 */

/** The DOM's port, as Electron's types see it: this file is compiled without the DOM's. */
type PagePort = NonNullable<Parameters<typeof ipcRenderer.postMessage>[2]>[number]
declare const window: { postMessage(message: unknown, origin: string, ports: PagePort[]): void; location: { origin: string } }
declare const MessageChannel: new () => { port1: PagePort; port2: PagePort }

/** Named here again, because a sandboxed preload script is one file: see host/electron/page-ports.ts. */
const HANDED_OVER = { rpc: 'castwright:rpc', program: 'castwright:program' } as const

contextBridge.exposeInMainWorld('castwrightDoor', {
  connect(purpose: unknown) {
    if (purpose !== 'rpc' && purpose !== 'program') return
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(HANDED_OVER[purpose], null, [port1])
    window.postMessage({ castwrightPort: purpose }, window.location.origin, [port2])
  },
})
