import type { CapturedDevice } from '@shared/contracts/studio.ts'

/** The system's own pages for what a program may capture. Nothing else is ever opened. */
const PAGES: Readonly<Partial<Record<NodeJS.Platform, Partial<Record<CapturedDevice, string>>>>> = {
  win32: { camera: 'ms-settings:privacy-webcam', microphone: 'ms-settings:privacy-microphone' },
  darwin: {
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    screen: 'x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture',
  },
}

/** Where the system's switch for a device is; null where there is no such page. */
export const privacyPage = (device: CapturedDevice, platform: NodeJS.Platform): string | null => PAGES[platform]?.[device] ?? null

export const hasPrivacyPages = (platform: NodeJS.Platform): boolean => PAGES[platform] !== undefined
