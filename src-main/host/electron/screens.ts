import type { ElectronApi, HostWindow } from './electron-api.ts'
import { isOurs } from './origin.ts'

/** A screen or window that could be shared. */
export interface ScreenChoice {
  id: string
  name: string
}

/** Asks the user; resolves with the chosen id, or null when nothing was chosen. */
export type ChooseScreen = (choices: readonly ScreenChoice[]) => Promise<string | null>

export interface ScreensOptions {
  choose: ChooseScreen
  /** Answers with a picture of the studio itself: a screen that every machine has, without a question. */
  fake: boolean
  platform: NodeJS.Platform
  /** Version of the system's kernel: Darwin 24 is macOS 15. */
  release: string
}

/** macOS 15 has a picker of its own; elsewhere the host asks. Wayland's portal asks by itself and gives one source. */
export function handleScreens(api: Pick<ElectronApi, 'session' | 'desktopCapturer'>, options: ScreensOptions): void {
  const useSystemPicker = options.platform === 'darwin' && Number.parseInt(options.release) >= 24 && !options.fake
  api.session.defaultSession.setDisplayMediaRequestHandler((request, answer) => {
    // Null denies; an answer without a picture would be an error of ours.
    const refuse = (): void => answer(null)
    if (!isOurs(request.securityOrigin) || !request.frame || !request.videoRequested) return refuse()
    if (options.fake) return answer({ video: request.frame, ...(request.audioRequested ? { audio: request.frame } : {}) })
    void chooseSource(api.desktopCapturer, options.choose).then(
      (source) => (source ? answer({ video: source, ...(request.audioRequested ? { audio: 'loopback' as const } : {}) }) : refuse()),
      refuse,
    )
  }, { useSystemPicker })
}

async function chooseSource(capturer: ElectronApi['desktopCapturer'], choose: ChooseScreen): Promise<ScreenChoice | null> {
  const sources = await capturer.getSources({ types: ['screen', 'window'], thumbnailSize: { width: 0, height: 0 } })
  const choices = sources.map(({ id, name }) => ({ id, name }))
  const chosen = choices.length > 1 ? await choose(choices) : (choices[0]?.id ?? null)
  return choices.find((choice) => choice.id === chosen) ?? null
}

/** A native menu at the pointer with what the system calls its screens and windows. */
export function chooseByMenu(Menu: ElectronApi['Menu'], window: () => HostWindow | null): ChooseScreen {
  return (choices) =>
    new Promise((resolve) => {
      if (!window()) return resolve(null)
      const items = choices.map((choice) => ({ label: choice.name || choice.id, click: () => resolve(choice.id) }))
      // Closed without a choice. A click is told before or after the closing, depending on the system.
      Menu.buildFromTemplate(items).popup({ callback: () => setImmediate(() => resolve(null)) })
    })
}
