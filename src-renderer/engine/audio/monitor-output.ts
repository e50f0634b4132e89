import { gainOf } from './levels.ts'
import { ramp } from './ramp.ts'

export interface MonitorChoice {
  /** Empty = the system's default. */
  deviceId: string
  volumeDb: number
}

/** What the output needs of an audio element; the browser's own or a test's. */
export interface Speaker {
  srcObject: MediaProvider | null
  setSinkId(deviceId: string): Promise<void>
  play(): Promise<void>
  pause(): void
}

/** What is heard at the desk, on a device of its own. Takes that device only while something is monitored. */
export class MonitorOutput {
  readonly input: GainNode
  #ending: MediaStreamAudioDestinationNode | null = null
  #speaker: Speaker | null = null
  #deviceId = ''
  #failure: string | null = null
  #run = 0

  constructor(
    private readonly context: AudioContext,
    /** What the device's failure says; null = it plays, or is not needed. */
    private readonly onFailure: (evidence: string | null) => void,
    private readonly openSpeaker: () => Speaker = () => new Audio(),
  ) {
    this.input = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' })
  }

  choose({ deviceId, volumeDb }: MonitorChoice): void {
    ramp(this.context, this.input.gain, gainOf(volumeDb))
    if (deviceId === this.#deviceId) return
    this.#deviceId = deviceId
    if (this.#speaker) void this.#play()
  }

  setNeeded(needed: boolean): void {
    if (needed === (this.#speaker !== null)) return
    if (!needed) return this.#release()
    this.#ending = new MediaStreamAudioDestinationNode(this.context, { channelCount: 2, channelCountMode: 'explicit' })
    this.input.connect(this.#ending)
    this.#speaker = this.openSpeaker()
    this.#speaker.srcObject = this.#ending.stream
    void this.#play()
  }

  /** Tries a device that failed again: after a gesture, or when devices have changed. */
  retry(): void {
    if (this.#speaker && this.#failure !== null) void this.#play()
  }

  close(): void {
    this.#release()
    this.input.disconnect()
  }

  async #play(): Promise<void> {
    const mine = ++this.#run
    const speaker = this.#speaker
    if (!speaker) return
    try {
      await speaker.setSinkId(this.#deviceId)
      await speaker.play()
      if (mine === this.#run) this.#say(null)
    } catch (error) {
      // Another device than the chosen one would be worse than silence: it may be the room that the microphone hears.
      if (mine !== this.#run) return
      speaker.pause()
      this.#say(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    }
  }

  #release(): void {
    this.#run++
    this.#speaker?.pause()
    if (this.#speaker) this.#speaker.srcObject = null
    this.#speaker = null
    if (this.#ending) {
      this.input.disconnect(this.#ending)
      for (const track of this.#ending.stream.getTracks()) track.stop()
    }
    this.#ending = null
    this.#say(null)
  }

  #say(failure: string | null): void {
    if (failure === this.#failure) return
    this.#failure = failure
    this.onFailure(failure)
  }
}
