/** What the microphone check has recorded. */
export interface VoiceRecording {
  blob: Blob
  durationMs: number
  /** The microphone's name. */
  label: string
}

/** What the studio's window and the checks of its page share; one per page. */
export class CheckAids {
  #recording: VoiceRecording | null = null
  #flashScreen: ((bright: boolean) => void) | null = null

  /** The last recording of `microphone.loop`, for playing it back; null before there is one. */
  lastRecording(): VoiceRecording | null {
    return this.#recording
  }

  keepRecording(recording: VoiceRecording | null): void {
    this.#recording = recording
  }

  /**
   * The window shows white for `devices.sync` whenever it is told `true`, black else, as large as it can, until the returned function is
   * called. Without such a screen that check is skipped.
   */
  offerFlashScreen(show: (bright: boolean) => void): () => void {
    this.#flashScreen = show
    return () => {
      if (this.#flashScreen === show) this.#flashScreen = null
    }
  }

  get flashScreen(): ((bright: boolean) => void) | null {
    return this.#flashScreen
  }
}
