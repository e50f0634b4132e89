import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { browserFlags } from './browser-flags.ts'
import { BrowserPipe } from './browser-pipe.ts'
import { type BrowserSearch, findBrowser } from './find-browser.ts'
import { withoutSecrets } from './page-console.ts'
import { ARRIVE_WITHIN_MS, RETURN_WITHIN_MS, watchPage } from './page-watch.ts'
import { watchForWake } from './wake-watch.ts'

describe('finding a browser', () => {
  const on = (platform: NodeJS.Platform, env: Record<string, string>, ...there: string[]): BrowserSearch => ({ platform, env, isExecutable: (path) => there.includes(path) })

  it('takes Chrome before Chromium before Edge, along the PATH', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' }
    expect(findBrowser(on('linux', env, '/usr/bin/chromium', '/usr/bin/microsoft-edge'))).toBe('/usr/bin/chromium')
    expect(findBrowser(on('linux', env, '/usr/bin/chromium', '/usr/bin/google-chrome'))).toBe('/usr/bin/google-chrome')
    expect(findBrowser(on('linux', env, '/usr/bin/chromium', '/usr/local/bin/chromium'))).toBe('/usr/local/bin/chromium')
  })

  it('knows where macOS and Windows have them', () => {
    expect(findBrowser(on('darwin', { HOME: '/Users/a' }, '/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium'))).toContain('Chromium')
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    expect(findBrowser(on('win32', { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, edge))).toBe(edge)
  })

  it('takes the one that is named, or says that it is not there', () => {
    const env = { PATH: '/usr/bin', CASTWRIGHT_BROWSER: '/opt/my chrome' }
    expect(findBrowser(on('linux', env, '/opt/my chrome', '/usr/bin/chromium'))).toBe('/opt/my chrome')
    expect(findBrowser(on('linux', { ...env, CASTWRIGHT_BROWSER: 'vivaldi' }, '/usr/bin/vivaldi'))).toBe('/usr/bin/vivaldi')
    expect(() => findBrowser(on('linux', env, '/usr/bin/chromium'))).toThrow(expect.objectContaining({ reason: 'not-found', evidence: expect.stringContaining('CASTWRIGHT_BROWSER') as string }) as Error)
    expect(() => findBrowser(on('linux', {}))).toThrow(expect.objectContaining({ reason: 'not-found' }) as Error)
  })
})

describe('the flags of a browser', () => {
  const options = { profileDir: '/data/profile', address: 'http://127.0.0.1:1/', headless: false, fakeDevices: false, asRoot: false }

  it('are these for a studio with a window', () => {
    expect(browserFlags(options)).toEqual([
      '--user-data-dir=/data/profile', '--remote-debugging-pipe', '--no-first-run', '--no-default-browser-check', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding', '--autoplay-policy=no-user-gesture-required', '--hide-crash-restore-bubble', '--window-size=1440,900', '--app=http://127.0.0.1:1/',
    ])
  })

  it('answer prompts only for fake devices, and give up the sandbox only for the superuser', () => {
    expect(browserFlags({ ...options, headless: true }).join(' ')).not.toMatch(/fake-ui|no-sandbox/)
    expect(browserFlags({ ...options, fakeDevices: true })).toEqual(expect.arrayContaining(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=fps=30']))
    expect(browserFlags({ ...options, asRoot: true })).toContain('--no-sandbox')
    expect(browserFlags({ ...options, headless: true }).join(' ')).not.toMatch(/remote-debugging-port/)
  })
})

describe('the pipe to the browser', () => {
  const open = () => {
    const toBrowser = new PassThrough()
    const fromBrowser = new PassThrough()
    const clock = new FakeClock()
    return { toBrowser, fromBrowser, clock, pipe: new BrowserPipe(toBrowser, fromBrowser, clock) }
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))

  it('puts messages together that come in pieces, and takes several at once', async () => {
    const { fromBrowser, pipe, toBrowser } = open()
    const seen: unknown[] = []
    pipe.on('Page.x', (params, session) => seen.push([params, session]))
    const answer = pipe.call('Browser.getVersion')
    fromBrowser.write('{"id":1,"res')
    await turn()
    fromBrowser.write('ult":{"product":"é"}}\0{"method":"Page.x","params":{"n":1},"sessionId":"S"}\0not json\0{"method":"Page.x"}\0')
    expect(await answer).toEqual({ product: 'é' })
    expect(seen).toEqual([[{ n: 1 }, 'S'], [{}, undefined]])
    expect(String(toBrowser.read())).toBe('{"id":1,"method":"Browser.getVersion","params":{}}\0')
  })

  it('rejects with what the browser says, when no answer comes, and when the browser ends', async () => {
    const { fromBrowser, pipe, clock } = open()
    const refused = pipe.call('Nope')
    fromBrowser.write('{"id":1,"error":{"code":-32601,"message":"unknown method"}}\0')
    await expect(refused).rejects.toThrow('unknown method')
    const late = pipe.call('Page.reload')
    late.catch(() => {})
    await clock.advance(5000)
    await expect(late).rejects.toThrow('no answer within 5000 ms')
    const cut = pipe.call('Page.reload')
    fromBrowser.destroy()
    await expect(cut).rejects.toThrow('the browser has ended')
    await expect(pipe.call('Page.reload')).rejects.toThrow('the browser has ended')
    expect(clock.pending).toBe(0)
  })
})

describe('watching the page', () => {
  const watch = () => {
    const fromBrowser = new PassThrough()
    const clock = new FakeClock()
    const stop = new AbortController()
    const gone: string[] = []
    let count: (n: number) => void = () => {}
    const pipe = new BrowserPipe(new PassThrough().resume(), fromBrowser, clock)
    watchPage({ pipe, sessionId: 'S', onPageCount: (handler) => (count = handler), clock, signal: stop.signal, gone: (evidence) => gone.push(evidence) })
    let id = 1
    const answer = () => void fromBrowser.write(`${JSON.stringify({ id: id++, result: {} })}\0`)
    return { clock, stop, gone, answer, count: (n: number) => count(n), fromBrowser }
  }

  it('leaves a page alone that reloads in time, and tells of one that stays away', async () => {
    const { clock, gone, count } = watch()
    count(1)
    count(0)
    await clock.advance(RETURN_WITHIN_MS - 1)
    count(1)
    await clock.advance(1)
    expect(gone).toEqual([])
    count(0)
    await clock.advance(RETURN_WITHIN_MS)
    expect(gone).toEqual(['the page did not come back'])
  })

  it('tells again and again of one that stays away although it was loaded anew, with more and more time for it', async () => {
    const { clock, gone, count, answer } = watch()
    const pass = async (ms: number) => {
      for (let passedMs = 0; passedMs < ms; passedMs += 5000) {
        await clock.advance(5000)
        answer()
      }
    }
    await pass(ARRIVE_WITHIN_MS)
    expect(gone).toEqual(['the page did not come back'])
    count(1)
    count(0)
    await pass(RETURN_WITHIN_MS * 3)
    expect(gone).toHaveLength(3)
    count(1)
    await pass(ARRIVE_WITHIN_MS * 2)
    expect(gone).toHaveLength(3)
  })

  it('keeps telling of a browser that has ended', async () => {
    const { clock, gone, fromBrowser } = watch()
    fromBrowser.destroy()
    await clock.advance(10_000)
    expect(gone).toEqual(['the browser has ended', 'the browser has ended'])
  })

  it('tells of a page that does not answer, and of none that does', async () => {
    const { clock, gone, answer } = watch()
    await clock.advance(5000)
    answer()
    await clock.advance(5000)
    expect(gone).toEqual([])
    await clock.advance(15_000)
    expect(gone).toEqual(['the page does not answer'])
  })

  it('tells of a crash of the page, not of another', async () => {
    const { clock, gone, fromBrowser } = watch()
    fromBrowser.write('{"method":"Inspector.targetCrashed","sessionId":"other"}\0')
    await clock.advance(1)
    expect(gone).toEqual([])
    fromBrowser.write('{"method":"Inspector.targetCrashed","sessionId":"S"}\0')
    await clock.advance(1)
    expect(gone).toEqual(['the page has crashed'])
  })

  it('leaves nothing behind', async () => {
    const { clock, stop, count } = watch()
    count(1)
    count(0)
    stop.abort()
    await clock.advance(1)
    expect(clock.pending).toBe(0)
  })
})

describe('waking up', () => {
  it('is a jump of wall time', async () => {
    const clock = new FakeClock()
    let asleepMs = 0
    let woken = 0
    const stop = watchForWake(Object.assign(Object.create(clock) as FakeClock, { now: () => clock.now() + asleepMs, every: clock.every.bind(clock) }), () => woken++)
    await clock.advance(60_000)
    asleepMs += 4000
    await clock.advance(10_000)
    expect(woken).toBe(0)
    asleepMs += 3_600_000
    await clock.advance(10_000)
    expect(woken).toBe(1)
    stop()
    expect(clock.pending).toBe(0)
  })
})

describe('what the page complains about', () => {
  it.each([
    ['rtmp://live.example/app/key-1234 refused', 'rtmp://live.example/… refused'],
    ['"rtmps://user:pass@live.example:443/app?key=1"', '"rtmps://live.example:443/…"'],
    ['at http://127.0.0.1:4000/assets/a.js?token=abc:12:3', 'at http://127.0.0.1:4000/assets/a.js:12:3'],
    ['(http://127.0.0.1:4000/a.js:1:2)', '(http://127.0.0.1:4000/a.js:1:2)'],
    ['GET http://127.0.0.1:4000/open?token=abc 403', 'GET http://127.0.0.1:4000/open 403'],
    ['https://x.example', 'https://x.example'],
    ['no address at all: 12:30', 'no address at all: 12:30'],
  ])('%s', (said, logged) => expect(withoutSecrets(said)).toBe(logged))
})
