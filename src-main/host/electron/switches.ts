import type { ElectronApi } from './electron-api.ts'

/** Every Chromium switch that the studio sets under Electron, with its reason. */
export function chromiumSwitches({ fakeDevices, platform }: { fakeDevices: boolean; platform: NodeJS.Platform }): [name: string, value?: string][] {
  const switches: [name: string, value?: string][] = [
    // A covered, minimised or unfocused window goes on composing at the full rate.
    ['disable-background-timer-throttling'],
    ['disable-backgrounding-occluded-windows'],
    ['disable-renderer-backgrounding'],
    // Sound starts with the show, not with the first click.
    ['autoplay-policy', 'no-user-gesture-required'],
  ]
  // The computer's sound along with a shared screen, and keys for other windows' time under Wayland; Windows and macOS have both without a switch.
  if (platform === 'linux') switches.push(['enable-features', 'PulseaudioLoopbackForScreenShare,GlobalShortcutsPortal'])
  // The fake camera's own default is 20 pictures a second.
  if (fakeDevices) switches.push(['use-fake-device-for-media-stream', 'fps=30'])
  return switches
}

/**
 * What Electron takes only before it is ready, so in the entry's first turn: the sandbox for every
 * process, the page's scheme, and the switches.
 */
export function prepareElectron({ app, protocol }: Pick<ElectronApi, 'app' | 'protocol'>, scheme: string, options: { fakeDevices: boolean; platform: NodeJS.Platform }): void {
  app.enableSandbox()
  // Standard and secure: an origin of its own with workers, media devices and fetch.
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
  for (const [name, value] of chromiumSwitches(options)) app.commandLine.appendSwitch(name, value)
}
