import { describe, expect, it } from 'vitest'
import { fakeElectron } from './fake-electron.ts'
import { chromiumSwitches, prepareElectron } from './switches.ts'

describe('before Electron is ready', () => {
  it('every process is sandboxed and the page has a secure scheme of its own', () => {
    const fake = fakeElectron()
    prepareElectron(fake.api, 'app', { fakeDevices: false, platform: 'win32' })
    expect(fake.sandboxed).toBe(true)
    expect(fake.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
    expect(fake.switches).toEqual([
      ['disable-background-timer-throttling', undefined],
      ['disable-backgrounding-occluded-windows', undefined],
      ['disable-renderer-backgrounding', undefined],
      ['autoplay-policy', 'no-user-gesture-required'],
    ])
  })

  it('fake devices and the sound of a shared screen are switched on where they are wanted', () => {
    expect(chromiumSwitches({ fakeDevices: true, platform: 'linux' }).slice(4)).toEqual([
      ['enable-features', 'PulseaudioLoopbackForScreenShare,GlobalShortcutsPortal'],
      ['use-fake-device-for-media-stream', 'fps=30'],
    ])
  })
})
