export interface BrowserFlagOptions {
  profileDir: string
  /** Opened as an application window. Anybody on the computer can read it: the clean address, without a token. */
  address: string
  headless: boolean
  fakeDevices: boolean
  /** The studio runs as the superuser (containers, unattended machines). */
  asRoot: boolean
}

/** Every flag the studio gives to a browser, with its reason. */
export function browserFlags(options: BrowserFlagOptions): string[] {
  return [
    // A profile of our own: the user's browser is left alone, and given permissions are kept.
    `--user-data-dir=${options.profileDir}`,
    // The studio steers its window through two inherited file descriptors; no port is opened for it.
    '--remote-debugging-pipe',
    // The browser refuses to sandbox processes of the superuser and would not start.
    // The second flag only takes away the bar that says so over the studio's own window.
    ...(options.asRoot ? ['--no-sandbox', '--test-type'] : []),
    // No welcome page, no question whether to be the default browser.
    '--no-first-run',
    '--no-default-browser-check',
    // The studio's browser talks to nobody on its own.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    // A covered, minimised or unfocused window goes on composing at the full rate.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    // Sound starts with the show, not with the first click.
    '--autoplay-policy=no-user-gesture-required',
    // No bubble "restore pages?" after a crash: the studio itself goes on with the show.
    '--hide-crash-restore-bubble',
    // How a window first opens; the browser remembers what the user makes of it.
    ...(options.headless ? ['--headless=new', '--window-size=1280,800'] : ['--window-size=1440,900']),
    // The fake camera's own default is 20 pictures a second. The second flag answers every prompt, also for screens.
    ...(options.fakeDevices ? ['--use-fake-device-for-media-stream=fps=30', '--use-fake-ui-for-media-stream'] : []),
    `--app=${options.address}`,
  ]
}
