import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import type { Host, PageConnection } from '../host.ts'
import { createElectronHost } from './electron-host.ts'
import { type FakeElectron, type FakePort, FakeWindow, fakeElectron, fakePortPair } from './fake-electron.ts'
import { PROGRAM_PORT, RPC_PORT } from './page-ports.ts'

let folder: string
let fake: FakeElectron
let host: Host
let clock: FakeClock

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-electron-'))
  await mkdir(join(folder, 'page'))
  await writeFile(join(folder, 'page/index.html'), '<title>page</title>')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  fake = fakeElectron()
  clock = new FakeClock()
  host = await open()
})

afterEach(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

const open = (platform: NodeJS.Platform = 'linux'): Promise<Host> =>
  createElectronHost(fake.api, { dataDir: folder, pageDir: join(folder, 'page'), entryDir: '/entries', preloadPath: '/preload.cjs', clock, log: silentLogger, platform })

const OURS = 'app://studio/'
const FOREIGN = ['https://evil.example/', 'app://studio.evil.example/', 'app://other/', 'http://studio/', 'app://studio@evil.example/', 'file:///etc/passwd', 'null', '', 'about:blank']

describe('permissions', () => {
  const request = (permission: string, requestingUrl: string): boolean => {
    let granted: boolean | null = null
    fake.handlers.permissionRequest?.(null as never, permission as never, (answer) => (granted = answer), { requestingUrl } as never)
    return granted ?? false
  }
  const check = (permission: string, origin: string): boolean | undefined => fake.handlers.permissionCheck?.(null, permission as never, origin, {} as never)

  it('are given to our page, for what a studio needs', () => {
    for (const permission of ['media', 'display-capture', 'speaker-selection', 'fullscreen', 'window-management', 'clipboard-sanitized-write', 'loopback-network']) {
      expect(request(permission, OURS), permission).toBe(true)
      expect(check(permission, 'app://studio'), permission).toBe(true)
    }
  })

  it('are refused for everything else', () => {
    for (const permission of ['geolocation', 'notifications', 'midi', 'midiSysex', 'openExternal', 'clipboard-read', 'usb', 'hid', 'serial', 'local-fonts', 'local-network', 'unknown', 'fileSystem']) {
      expect(request(permission, OURS), permission).toBe(false)
      expect(check(permission, OURS), permission).toBe(false)
    }
    expect(fake.handlers.devicePermission?.({ deviceType: 'usb', origin: OURS } as never)).toBe(false)
  })

  it('are refused to every other page', () => {
    for (const address of FOREIGN) {
      expect(request('media', address), address).toBe(false)
      expect(check('media', address), address).toBe(false)
    }
  })
})

describe('the page protocol', () => {
  const get = async (address: string, method = 'GET'): Promise<Response> => {
    const answer = await fake.handlers.page?.({ url: address, method } as Request)
    if (!answer) throw new Error('no protocol was registered')
    return answer
  }

  it('serves the page with the strict policy', async () => {
    const answer = await get('app://studio/')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('<title>page</title>')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect((await get('app://studio')).status).toBe(200)
  })

  it('serves kept pictures', async () => {
    host.serveAssets((id) => Promise.resolve(id === 'cat' ? { bytes: Buffer.from('meow'), mimeType: 'image/png' } : null))
    expect(await (await get('app://studio/assets/cat')).text()).toBe('meow')
    expect((await get('app://studio/assets/dog')).status).toBe(404)
  })

  it('reveals files, and moves them to the trash where there is one', async () => {
    await host.revealFile('/v/a.mp4')
    expect(fake.revealed).toEqual(['/v/a.mp4'])
    expect(await host.moveToTrash('/v/a.mp4')).toBe(true)
    expect(fake.trashed).toEqual(['/v/a.mp4'])
    fake.hasTrash = false
    expect(await host.moveToTrash('/v/b.mp4')).toBe(false)
  })

  it('opens the system’s own pages for what may be captured, where there are any', async () => {
    expect(host.openPrivacySettings).toBeUndefined()
    await host.close()
    host = await open('darwin')
    await host.openPrivacySettings?.('camera')
    expect(fake.opened).toEqual(['x-apple.systempreferences:com.apple.preference.security?Privacy_Camera'])
  })

  it('knows the folder for videos and lets the user choose another', async () => {
    expect(host.videosFolder).toBe('/home/user/Videos')
    expect(await host.chooseFolder('/a')).toBe(null)
    fake.chosenFolder = '/b'
    expect(await host.chooseFolder('/a')).toBe('/b')
  })

  it('serves recordings in pieces', async () => {
    const file = join(folder, 'secret.txt')
    host.serveRecordings((path) => Promise.resolve(path === 'a show/课.mp4' ? { path: file, mimeType: 'video/mp4' } : null))
    const ask = async (path: string, range?: string) => {
      const answer = await fake.handlers.page?.({ url: `app://studio/${path}`, method: 'GET', headers: new Headers(range ? { range } : {}) } as Request)
      if (!answer) throw new Error('no protocol was registered')
      return answer
    }
    const whole = await (await ask('recordings/a%20show/%E8%AF%BE.mp4')).text()
    const part = await ask('recordings/a%20show/%E8%AF%BE.mp4', 'bytes=1-2')
    expect(part.status).toBe(206)
    expect(await part.text()).toBe(whole.slice(1, 3))
    expect((await ask('recordings/other.mp4')).status).toBe(404)
    expect((await ask('recordings/..%2fsecret.txt')).status).toBe(403)
  })

  it('refuses other hosts, other methods and paths that leave the folder', async () => {
    for (const address of ['app://other/', 'app://studio/..%2fsecret.txt', 'app://studio/%2e%2e%2fsecret.txt', 'app://studio/..%5csecret.txt', 'app://studio//etc/passwd']) {
      expect((await get(address)).status, address).toBe(403)
    }
    expect((await get('app://studio/', 'POST')).status).toBe(403)
  })
})

describe('the window', () => {
  const openWindow = async (headless = false) => {
    const window = await host.openWindow({ headless, fakeDevices: false })
    const shown = fake.windows[0]
    if (!shown) throw new Error('no window was made')
    return { window, shown }
  }

  it('is sandboxed, isolated and never throttled', async () => {
    const { shown } = await openWindow()
    expect(shown.options.webPreferences).toEqual({
      preload: '/preload.cjs', contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, backgroundThrottling: false, spellcheck: false,
    })
    expect(shown.options.show).toBe(true)
    expect(shown.addresses).toEqual(['app://studio/'])
  })

  it('is not seen when headless', async () => {
    expect((await openWindow(true)).shown.options.show).toBe(false)
  })

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('refuses %s to anywhere else', async (event) => {
    const { shown } = await openWindow()
    const prevented = (url: string): boolean => {
      let result = false
      shown.webContents.emit(event, { url, preventDefault: () => (result = true) })
      return result
    }
    for (const address of FOREIGN) expect(prevented(address), address).toBe(true)
    expect(prevented(OURS)).toBe(false)
  })

  it('opens no further windows and no embedded browsers', async () => {
    const { shown } = await openWindow()
    for (const [url, frameName] of [[OURS, ''], [OURS, 'castwright-view-1'], ['about:blank', ''], ['about:blank', 'other'], ['about:blank', 'x-castwright-view-1'], ['about:blank#x', 'castwright-view-1'], ['', 'castwright-view-1']]) {
      expect(shown.openHandler?.({ url, frameName } as never), `${url} ${frameName}`).toEqual({ action: 'deny' })
    }
    expect(shown.openHandler?.({ url: 'about:blank', frameName: 'castwright-view-1', postBody: {} } as never)).toEqual({ action: 'deny' })
    let prevented = false
    shown.webContents.emit('will-attach-webview', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
  })

  it('opens blank windows for pictures, which have no way to main and go nowhere', async () => {
    const { shown } = await openWindow()
    const answer = shown.openHandler?.({ url: 'about:blank', frameName: 'castwright-view-1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' } as never)
    expect(answer).toMatchObject({ action: 'allow', overrideBrowserWindowOptions: { webPreferences: { sandbox: true, nodeIntegration: false } } })
    expect(JSON.stringify(answer)).not.toContain('preload')
    const picture = new FakeWindow({})
    shown.webContents.emit('did-create-window', picture, {})
    expect(picture.openHandler?.({ url: 'about:blank', frameName: 'castwright-view-2' } as never)).toEqual({ action: 'deny' })
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
      let prevented = false
      picture.webContents.emit(event, { url: OURS, preventDefault: () => (prevented = true) })
      expect(prevented, event).toBe(true)
    }
  })

  it('tells of a crash and loads the page anew', async () => {
    const { window, shown } = await openWindow()
    const gone: string[] = []
    window.onGone((evidence) => gone.push(evidence))
    shown.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(gone).toEqual([])
    shown.webContents.emit('render-process-gone', {}, { reason: 'oom' })
    expect(gone).toEqual(["the page's process has ended: oom"])
    shown.crashed = true
    await window.reload()
    expect(shown.addresses).toHaveLength(2)
    expect(shown.done).toEqual([])
  })

  it('tells of a page that hangs for long, and ends its process to load it anew', async () => {
    const { window, shown } = await openWindow()
    const gone: string[] = []
    window.onGone((evidence) => gone.push(evidence))
    shown.emit('unresponsive')
    await clock.advance(9000)
    shown.emit('responsive')
    await clock.advance(60_000)
    expect(gone).toEqual([])
    shown.emit('unresponsive')
    await clock.advance(10_000)
    expect(gone).toEqual(['the page does not answer'])
    await window.reload()
    expect(shown.done).toEqual(['crash'])
    expect(gone).toHaveLength(1)
    expect(shown.addresses).toHaveLength(2)
  })

  it('tells when the user closes it, and not when the studio does', async () => {
    const { window, shown } = await openWindow()
    let closed = 0
    window.onClosed(() => closed++)
    shown.destroy()
    expect(closed).toBe(1)
    await expect(window.reload()).rejects.toMatchObject({ reason: 'page-gone' })
    const second = await host.openWindow({ headless: true, fakeDevices: false })
    second.onClosed(() => closed++)
    await second.close()
    expect(closed).toBe(1)
    expect(fake.windows[1]?.destroyed).toBe(true)
  })

  it('comes to the front when the studio is started again', async () => {
    const { shown } = await openWindow()
    fake.app.emit('second-instance')
    expect(shown.done).toEqual(['restore', 'show', 'focus'])
  })

  it('lets the studio end by itself when the system wants Electron to quit', async () => {
    await openWindow()
    let prevented = false
    fake.app.emit('will-quit', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
  })

  it('names its processes', async () => {
    const { window } = await openWindow()
    fake.metrics = [{ type: 'Browser', pid: 1 }, { type: 'Tab', pid: 2 }, { type: 'Tab', pid: 3 }, { type: 'GPU', pid: 4 }, { type: 'Utility', pid: 5, serviceName: 'network.mojom.NetworkService' }, { type: 'Utility', pid: 6 }]
    expect(await window.processIds()).toEqual({ renderer: 2, 'renderer 2': 3, gpu: 4, network: 5, utility: 6 })
  })
})

describe('pages', () => {
  const handOver = (name: string, frame: { url: string; parent: unknown } | null = { url: OURS, parent: null }, senderId = 1): FakePort => {
    const [mine, page] = fakePortPair()
    fake.ipcMain.emit(name, { sender: { id: senderId }, senderFrame: frame, ports: [mine] })
    return page
  }
  const connected = (): PageConnection[] => {
    const pages: PageConnection[] = []
    host.onPage((page) => pages.push(page))
    return pages
  }

  it('talk over the port that they hand over, until it closes', async () => {
    const pages = connected()
    const port = handOver(RPC_PORT)
    const received: unknown[] = []
    pages[0]?.rpc.onMessage((message) => received.push(message))
    port.postMessage({ hello: 1 })
    const answer = new Promise((resolve) => port.once('message', (event: { data: unknown }) => resolve(event.data)))
    port.start()
    pages[0]?.rpc.send({ hello: 2 })
    expect(await answer).toEqual({ hello: 2 })
    expect(received).toEqual([{ hello: 1 }])
    const closed = new Promise<void>((resolve) => pages[0]?.onClose(resolve))
    port.close()
    await closed
  })

  it('must be the main frame of our own page', () => {
    const pages = connected()
    for (const url of FOREIGN) expect(handOver(RPC_PORT, { url, parent: null }).peer?.closed, url).toBe(true)
    expect(handOver(RPC_PORT, { url: OURS, parent: {} }).peer?.closed).toBe(true)
    expect(handOver(RPC_PORT, null).peer?.closed).toBe(true)
    expect(handOver(PROGRAM_PORT).peer?.closed).toBe(true)
    expect(pages).toEqual([])
    fake.ipcMain.emit(RPC_PORT, { sender: { id: 1 }, senderFrame: { url: OURS, parent: null }, ports: [] })
    expect(pages).toEqual([])
  })

  it('carry the program over the port that is in use, not over one in stock', async () => {
    const pages = connected()
    handOver(RPC_PORT)
    const packets: number[] = []
    let programs = 0
    pages[0]?.onProgram((program) => {
      programs++
      program.onMessage((bytes) => packets.push(bytes[0] ?? -1))
      program.send({ type: 'credit', bytes: 9 })
    })
    const first = handOver(PROGRAM_PORT)
    const stock = handOver(PROGRAM_PORT)
    expect(programs).toBe(0)
    const credit = new Promise((resolve) => first.once('message', (event: { data: unknown }) => resolve(event.data)))
    first.start()
    first.postMessage('open')
    first.postMessage(new Uint8Array([1]))
    first.postMessage(new Uint8Array([2]).buffer)
    first.postMessage({ not: 'the program' })
    expect(await credit).toEqual({ type: 'credit', bytes: 9 })
    expect(packets).toEqual([1, 2])
    const replaced = new Promise((resolve) => first.once('close', resolve))
    stock.postMessage('open')
    await replaced
    expect(programs).toBe(2)
  })

  it('carry each content over a port of its own', async () => {
    const pages = connected()
    handOver(RPC_PORT)
    const heard: string[] = []
    pages[0]?.onProgram((program, content) => program.onMessage((bytes) => heard.push(`${content} ${bytes[0]}`)))
    const ports = ['open', 'open main', 'open aux', 'open other'].map((open, index) => {
      const port = handOver(PROGRAM_PORT)
      port.postMessage(open)
      port.postMessage(new Uint8Array([index]))
      return port
    })
    await expect.poll(() => heard.toSorted()).toEqual(['aux 2', 'main 1', 'mix 0'])
    const next = handOver(PROGRAM_PORT)
    const replaced = new Promise((resolve) => ports[1]?.once('close', resolve))
    next.postMessage('open main')
    await replaced
    ports[0]?.postMessage(new Uint8Array([9]))
    await expect.poll(() => heard).toContain('mix 9')
  })

  it('end with the next load of the page', async () => {
    const pages = connected()
    const first = handOver(RPC_PORT)
    const program = handOver(PROGRAM_PORT)
    const ended = Promise.all([first, program].map((port) => new Promise((resolve) => port.once('close', resolve))))
    handOver(RPC_PORT)
    await ended
    expect(pages).toHaveLength(2)
  })
})

describe('screens', () => {
  const share = (request: object): Promise<Electron.Streams | null> =>
    new Promise((resolve) => fake.handlers.displayMedia?.({ frame: { name: 'frame' }, securityOrigin: OURS, videoRequested: true, audioRequested: false, userGesture: true, ...request } as never, resolve))

  it('are chosen in a menu, with the sound if it was asked for', async () => {
    await host.openWindow({ headless: false, fakeDevices: false })
    fake.screens = [{ id: 'screen:1', name: 'Screen 1' }, { id: 'window:2', name: 'Notes' }]
    const shared = share({ audioRequested: true })
    await expect.poll(() => fake.menu.map((item) => item.label)).toEqual(['Screen 1', 'Notes'])
    fake.closeMenu()
    fake.menu[1]?.click?.({} as never, undefined, {} as never)
    expect(await shared).toEqual({ video: { id: 'window:2', name: 'Notes' }, audio: 'loopback' })
  })

  it('are not shared when the menu is closed without a choice', async () => {
    await host.openWindow({ headless: false, fakeDevices: false })
    fake.screens = [{ id: 'screen:1', name: 'Screen 1' }, { id: 'window:2', name: 'Notes' }]
    const shared = share({})
    await expect.poll(() => fake.menu.length).toBe(2)
    fake.closeMenu()
    expect(await shared).toBeNull()
  })

  it('are taken without a question where the system has asked already', async () => {
    await host.openWindow({ headless: false, fakeDevices: false })
    fake.screens = [{ id: 'screen:0', name: 'Entire screen' }]
    expect(await share({})).toEqual({ video: { id: 'screen:0', name: 'Entire screen' } })
  })

  it('are refused to other pages and to frames that are gone', async () => {
    await host.openWindow({ headless: false, fakeDevices: false })
    fake.screens = [{ id: 'screen:0', name: 'Entire screen' }]
    for (const securityOrigin of FOREIGN) expect(await share({ securityOrigin })).toBeNull()
    expect(await share({ frame: null })).toBeNull()
    expect(await share({ videoRequested: false })).toBeNull()
  })

  it('are the studio itself with fake devices', async () => {
    await host.openWindow({ headless: true, fakeDevices: true })
    expect(await share({ audioRequested: true })).toEqual({ video: { name: 'frame' }, audio: { name: 'frame' } })
  })
})

describe('the rest of the host', () => {
  it('lets one studio run per data folder', async () => {
    fake.locked = false
    await expect(open()).rejects.toMatchObject({ reason: 'stopped' })
  })

  it('keeps secrets encrypted', async () => {
    expect(host.secrets.protection).toBe('encrypted')
    await host.secrets.set('key', 'live_abc')
    expect(await readFile(join(folder, 'secrets.json'), 'utf8')).not.toContain('live_abc')
    expect(await host.secrets.get('key')).toBe('live_abc')
  })

  it.each([
    ['without a key store', { available: false, backend: 'gnome_libsecret' as const }],
    ['with a key store that everybody can open', { available: true, backend: 'basic_text' as const }],
  ])('%s keeps secrets in a protected file and says so', async (_name, keyStore) => {
    fake.keyStore = keyStore
    const plain = await open()
    expect(plain.secrets.protection).toBe('protected-file')
    await plain.secrets.set('key', 'live_abc')
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
    await plain.close()
  })

  it('keeps the computer awake until released, tells of waking up, and shows notices', async () => {
    const release = host.keepAwake()
    expect(fake.blockers.size).toBe(1)
    release()
    expect(fake.blockers.size).toBe(0)
    let woken = 0
    host.onBack(() => woken++)
    fake.powerMonitor.emit('resume')
    expect(woken).toBe(1)
    host.notify('title', 'body')
    expect(fake.notices).toEqual([{ title: 'title', body: 'body' }])
    await host.close()
    fake.powerMonitor.emit('resume')
    expect(woken).toBe(1)
  })

  it('runs helpers as utility processes and ends them with itself', async () => {
    const child = host.startNode('rehearsal-server', ['a'])
    const received: unknown[] = []
    child.onMessage((message) => received.push(message))
    const exit = new Promise((resolve) => child.onExit(resolve))
    fake.children[0]?.emit('message', 'up')
    child.send('hi')
    expect(received).toEqual(['up'])
    expect(fake.children[0]?.sent).toEqual(['hi'])
    await host.close()
    expect(await exit).toBe(0)
    expect(clock.pending).toBe(0)
  })
})
