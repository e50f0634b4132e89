import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import type { Host, PageConnection, StudioWindow } from '../host.ts'
import { createBrowserHost } from './browser-host.ts'
import type { BrowserWindow } from './browser-window.ts'
import { findBrowser, thisComputer } from './find-browser.ts'

/** What the page of this test tells as soon as it is connected. */
interface Hello {
  isolated: boolean
  evalBlocked: boolean
  foreignBlocked: boolean
  address: string
  camera: string
  frameRate: number
  asset: number
}

const PAGE = `
const id = crypto.randomUUID()
const rpc = new WebSocket('ws://' + location.host + '/rpc?page=' + id)
rpc.onopen = async () => {
  let evalBlocked = false
  try { eval('1') } catch { evalBlocked = true }
  const foreignBlocked = await fetch('http://example.invalid/').then(() => false, () => true)
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true })
  const [camera] = stream.getVideoTracks()
  const asset = (await fetch('assets/cat')).status
  rpc.send(JSON.stringify({ isolated: crossOriginIsolated, evalBlocked, foreignBlocked, address: location.href, camera: camera.label, frameRate: camera.getSettings().frameRate, asset }))
  const worker = new Worker('worker.js')
  worker.postMessage('ws://' + location.host + '/program?page=' + id)
  console.error('went wrong at rtmp://live.example/app/streamkey123 and ' + location.origin + '/x?token=abc')
}
`
const WORKER = `onmessage = (event) => {
  const program = new WebSocket(event.data)
  program.onmessage = (credit) => program.send(new Uint8Array([JSON.parse(credit.data).bytes]))
}`

const browserPath = (() => {
  try {
    return findBrowser(thisComputer)
  } catch {
    return null
  }
})()

async function until<T>(read: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const value = await read()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Command lines of every process that names this folder. */
async function commandLines(containing: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes(containing))
}

describe.skipIf(browserPath === null)(`the browser host with ${browserPath ?? 'no browser: skipped'}`, { timeout: 60_000 }, () => {
  let folder: string
  let host: Host
  let window: BrowserWindow
  const logged: string[] = []
  const pages: PageConnection[] = []
  const hellos: Hello[] = []
  const programs: number[] = []
  const gone: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-host-'))
    await mkdir(join(folder, 'page'))
    await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>t</title><script type="module" src="app.js"></script>')
    await writeFile(join(folder, 'page/app.js'), PAGE)
    await writeFile(join(folder, 'page/worker.js'), WORKER)
    const write = (message: string, fields?: Record<string, unknown>): void => void logged.push(`${message} ${JSON.stringify(fields)}`)
    const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log }
    host = await createBrowserHost({ dataDir: join(folder, 'data'), port: 0, pageDir: join(folder, 'page'), entryDir: folder, clock: systemClock, log })
    host.serveAssets((id) => Promise.resolve(id === 'cat' ? { bytes: Buffer.from('meow'), mimeType: 'image/png' } : null))
    host.onPage((page) => {
      pages.push(page)
      page.rpc.onMessage((message) => hellos.push(message as Hello))
      page.onProgram((program) => {
        program.onMessage((bytes) => programs.push(bytes[0] ?? 0))
        program.send({ type: 'credit', bytes: 42 })
      })
    })
    window = (await host.openWindow({ headless: true, fakeDevices: true })) as StudioWindow as BrowserWindow
    window.onGone((evidence) => gone.push(evidence))
  }, 60_000)

  afterAll(async () => {
    await host.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('loads the page isolated, at the clean address, under its policy, with a camera of 30 pictures a second', async () => {
    const hello = await until(() => hellos[0])
    expect(hello.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(hello).toMatchObject({ isolated: true, evalBlocked: true, foreignBlocked: true, camera: 'fake_device_0', frameRate: 30, asset: 200 })
    expect(host.versions['browser']).toMatch(/^\w+\/\d+/)
  })

  it('connects the worker of the page to its program port', async () => {
    expect(await until(() => programs[0])).toBe(42)
  })

  it('keeps the token out of process lists', async () => {
    const lines = await commandLines(folder)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('\n')).not.toContain('token')
  })

  it('logs what the page complains about, without its secrets', async () => {
    const line = await until(() => logged.find((each) => each.includes('went wrong')))
    expect(line).toMatch(/rtmp:\/\/live\.example\/… and http:\/\/127\.0\.0\.1:\d+\/x"/)
    expect(logged.join()).not.toMatch(/streamkey123|token=/)
  })

  it('names the processes of the window', async () => {
    const ids = await window.processIds()
    expect(Object.keys(ids)).toEqual(expect.arrayContaining(['browser', 'renderer', 'gpu']))
    for (const pid of Object.values(ids)) process.kill(pid, 0)
  })

  it('tells of a crashed page and loads it anew', async () => {
    const before = pages.length
    await window.call('Page.navigate', { url: 'chrome://crash' }).catch(() => {})
    await until(() => gone.includes('the page has crashed'))
    await window.reload()
    await until(() => pages.length > before && hellos.length > before)
  })

  it('loads a page anew that hangs', async () => {
    const before = pages.length
    const closed = new Promise<void>((resolve) => pages.at(-1)?.onClose(resolve))
    void window.call('Runtime.evaluate', { expression: 'for (;;) {}' }).catch(() => {})
    await window.reload()
    await until(() => pages.length > before && hellos.length > before)
    await closed
  })

  it('loads a page anew that is well', async () => {
    const before = hellos.length
    const complaints = gone.length
    await window.reload()
    await until(() => hellos.length > before)
    expect(gone.length).toBe(complaints)
  })

  it('tells of a browser that was killed, and opens the window anew with another', async () => {
    const before = hellos.length
    const { browser = 0 } = await window.processIds()
    process.kill(browser, 'SIGKILL')
    await until(() => gone.includes('the browser has ended: SIGKILL'))
    await window.reload()
    await until(() => hellos.length > before)
    expect((await window.processIds())['browser']).not.toBe(browser)
  })

  it('tells when the user closes the window, and leaves no process behind', async () => {
    const closed = new Promise<void>((resolve) => window.onClosed(resolve))
    await window.call('Page.close').catch(() => {})
    await closed
    await until(async () => (await commandLines(folder)).length === 0)
    await expect(window.reload()).rejects.toMatchObject({ reason: 'page-gone' })
  })

  it('says that a browser did not come up', async () => {
    const opening = createBrowserHost({ dataDir: join(folder, 'data2'), port: 0, pageDir: folder, entryDir: folder, clock: systemClock, log: logOnly(), search: { ...thisComputer, env: { CASTWRIGHT_BROWSER: '/bin/false' } } })
    const other = await opening
    await expect(other.openWindow({ headless: true, fakeDevices: false })).rejects.toMatchObject({ reason: 'page-gone' })
    await other.close()
  })
})

const logOnly = (): Logger => ({ debug() {}, info() {}, warn() {}, error() {}, child: logOnly })

describe('the browser host without a browser of its own', () => {
  it('leaves a one-time address in a file for this user alone, and a new one when it is used', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'castwright-address-'))
    const host = await createBrowserHost({ dataDir: folder, port: 0, pageDir: folder, entryDir: folder, clock: systemClock, log: logOnly(), search: { ...thisComputer, env: { CASTWRIGHT_BROWSER: 'none' } } })
    const window = await host.openWindow({ headless: true, fakeDevices: false })
    const path = join(folder, 'open-address')
    const address = (await readFile(path, 'utf8')).trim()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303)
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(403)
    await window.reload()
    expect((await readFile(path, 'utf8')).trim()).not.toBe(address)
    await host.close()
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' })
    await rm(folder, { recursive: true })
  })

  it('runs Node programs beside the studio and talks to them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'castwright-node-'))
    await writeFile(join(folder, 'rehearsal-server.js'), `process.on('message', (m) => process.send({ args: process.argv.slice(2), m })); process.on('disconnect', () => process.exit(0))`)
    const host = await createBrowserHost({ dataDir: folder, port: 0, pageDir: folder, entryDir: folder, clock: systemClock, log: logOnly() })
    const child = host.startNode('rehearsal-server', ['--x'])
    const answer = new Promise((resolve) => child.onMessage(resolve))
    const exit = new Promise((resolve) => child.onExit(resolve))
    child.send('hi')
    expect(await answer).toEqual({ args: ['--x'], m: 'hi' })
    await host.close()
    expect(await exit).toBe(0)
    await rm(folder, { recursive: true })
  })
})
