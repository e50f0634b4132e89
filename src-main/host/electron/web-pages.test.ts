import { describe, expect, it } from 'vitest'
import type { SourceOf } from '@shared/domain/source.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { webPageHandlers } from '../web-page-handlers.ts'
import type { HostWindow } from './electron-api.ts'
import { fakeElectron, FakeWindow } from './fake-electron.ts'
import { electronWebPages, isWebAddress } from './web-pages.ts'

const PAGE: SourceOf<'web-page'> = { id: 'web', name: 'Scores', kind: 'web-page', address: 'https://example.com/scores', width: 800, height: 600, frameRate: 30, css: 'body { background: none }' }
const studioWindow = new FakeWindow({}) as unknown as HostWindow

function rig() {
  const fake = fakeElectron()
  const pages = electronWebPages(fake.api, () => studioWindow)
  return { fake, pages }
}

/** Whether the window was kept from going there. */
function prevented(window: FakeWindow, event: string, url: string): boolean {
  let stopped = false
  window.webContents.emit(event, { url, preventDefault: () => void (stopped = true) })
  return stopped
}

describe('web pages of Electron', () => {
  it('draws a page in a window that nobody sees, as a stranger', async () => {
    const { fake, pages } = rig()
    expect(await pages.open(PAGE)).toBe('tab of window https://example.com/scores')
    const [window] = fake.windows
    expect(window?.options).toMatchObject({ width: 800, height: 600, show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, partition: 'web-pages', backgroundThrottling: false } })
    expect(window?.options.webPreferences).not.toHaveProperty('preload')
    // Without `persist:` the partition is in memory.
    expect(window?.options.webPreferences?.partition).not.toMatch(/^persist:/)
    expect(window?.muted).toBe(true)
    window?.webContents.emit('dom-ready')
    expect(window?.styles).toEqual([PAGE.css])
  })

  it('gives it no permission, no download, no further window, and keeps it on the web', async () => {
    const { fake, pages } = rig()
    await pages.open(PAGE)
    const partition = fake.partitions.get('web-pages')
    let answered: boolean | null = null
    partition?.permissionRequest?.({} as never, 'media', (given) => void (answered = given), {} as never)
    expect(answered).toBe(false)
    expect(partition?.permissionCheck?.(null, 'media', 'https://example.com', {} as never)).toBe(false)
    expect(partition?.devicePermission?.({} as never)).toBe(false)
    let kept = false
    partition?.emit('will-download', { preventDefault: () => void (kept = true) })
    expect(kept).toBe(true)
    const window = fake.windows[0] as FakeWindow
    expect(window.openHandler?.({} as never)).toEqual({ action: 'deny' })
    expect(prevented(window, 'will-navigate', 'https://example.org/')).toBe(false)
    expect(['file:///etc/passwd', 'castwright://studio/', 'javascript:alert(1)'].map((url) => prevented(window, 'will-navigate', url))).toEqual([true, true, true])
    expect(prevented(window, 'will-redirect', 'file:///etc/passwd')).toBe(true)
  })

  it('has one window per source, closed with it', async () => {
    const { fake, pages } = rig()
    await pages.open(PAGE)
    await pages.open({ ...PAGE, address: 'https://example.com/other' })
    expect(fake.windows.map((each) => each.destroyed)).toEqual([true, false])
    await pages.open({ ...PAGE, id: 'second' })
    pages.closePage('web')
    expect(fake.windows.map((each) => each.destroyed)).toEqual([true, true, false])
    pages.close()
    expect(fake.windows.every((each) => each.destroyed)).toBe(true)
  })

  it('says why it cannot', async () => {
    const { fake, pages } = rig()
    await expect(pages.open({ ...PAGE, address: 'file:///etc/passwd' })).rejects.toMatchObject({ reason: 'address-invalid' })
    expect(fake.windows).toEqual([])
    await expect(electronWebPages(fake.api, () => null).open(PAGE)).rejects.toMatchObject({ reason: 'page-gone' })
    const refusing = webPageHandlers({ webPages: undefined })
    await expect(refusing.open(PAGE)).rejects.toBeInstanceOf(StudioError)
    expect(isWebAddress('https://user:secret@example.com')).toBe(false)
    expect(isWebAddress('not an address')).toBe(false)
  })
})
