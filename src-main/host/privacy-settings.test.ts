import { expect, it } from 'vitest'
import { hasPrivacyPages, privacyPage } from './privacy-settings.ts'

it.each([
  ['camera', 'win32', 'ms-settings:privacy-webcam'],
  ['screen', 'win32', null],
  ['screen', 'darwin', 'x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture'],
  ['microphone', 'linux', null],
] as const)('the switch for the %s on %s is at %s', (device, platform, page) => {
  expect(privacyPage(device, platform)).toBe(page)
})

it('knows which systems have such pages', () => {
  expect([hasPrivacyPages('darwin'), hasPrivacyPages('win32'), hasPrivacyPages('linux')]).toEqual([true, true, false])
})
