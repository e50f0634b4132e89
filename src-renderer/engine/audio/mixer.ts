import { trackSources } from '@shared/domain/mix.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Strip } from '@shared/domain/strip.ts'
import type { MeterFrame } from '../engine.types.ts'
import { Handlers } from '../handlers.ts'
import { KeyBuses } from './key-buses.ts'
import { LoudnessTap } from './loudness-tap.ts'
import { MeterBank } from './meter-bank.ts'
import { MixerStrip, type SoundInput, type StripSituation } from './mixer-strip.ts'
import { MonitorOutput } from './monitor-output.ts'
import { NoiseSuppressors } from './noise-suppressors.ts'
import type { SoundDesk, SoundTroubles } from './sound-desk.ts'
import { GroupBus } from './sound-group.ts'
import { anyMonitored, anySolo, holdBackMs, stripOf } from './strip-levels.ts'
import { SAMPLE_RATE } from './tap-protocol.ts'
import { TAP, type TapTarget } from './worklet/processor-names.ts'
// oxlint-disable-next-line import/default -- the query makes a module of its own, whose default export is its address
import workletUrl from './worklet/mixer.worklet.ts?worker&url'

/**
 * Longer buffers than the default's: fewer wake-ups. Against 20 ms it saved 1 to 2 % of a core on a 2-core machine
 * (one run each); the time stamps take the delay out again.
 */
const LATENCY_S = 0.05

/** What of a show the mixer follows. */
export type MixedShow = Pick<Show, 'sources' | 'strips' | 'mixedSourceIds' | 'media'>

/** Some sources mixed for themselves. */
export interface SoundGroup {
  /** Does nothing where it is the mix. */
  setSources(sourceIds: readonly string[] | null): void
  /** What it sounds like, for `openTrack`. */
  readonly sound: AudioNode
  close(): void
}

export interface SoundTrack {
  readonly track: MediaStreamTrack
  /** What is heard in it from now on; null = silence. To be called before a group that it plays is closed. */
  play(group: Pick<SoundGroup, 'sound'> | null): void
  stop(): void
}

export interface Mixer {
  /** Plays this source through a strip, in place of whatever it played before; the same input only follows the strip. */
  setSource(sourceId: string, input: SoundInput, strip: Strip): void
  setStrip(sourceId: string, strip: Strip): void
  remove(sourceId: string): void
  /** Takes over every strip of the show, and who is in the mix; before the first call everybody is. */
  follow(show: MixedShow): void
  /** The key of a strip that is pushed to talk or to mute (null: of all of them) is held, or not any more. */
  setPushHeld(sourceId: string | null, held: boolean): void
  readonly desk: SoundDesk
  /** Sends the program's sound to this port from now on (tap-protocol.ts); the port before it is closed. */
  connectTap(port: MessagePort): void
  /** Sends the sound of these sources alone to a port (tap-protocol.ts), through their strips; silence where there are none; null = the mix. */
  openGroup(sourceIds: readonly string[] | null, port: MessagePort): SoundGroup
  /** A track for peers; stereo, 48 kHz. Plays the mix unless told otherwise. Costs nothing once stopped. */
  openTrack(): SoundTrack
  /** Starts the context where the platform held it back until a user's gesture. */
  resume(): Promise<void>
  close(): Promise<void>
}

export interface MixerEvents {
  onMeters(meters: MeterFrame): void
  /** The same of what the devices give, before filters and faders; absent = not measured. */
  onInputs?(levels: MeterFrame): void
}

/**
 * Mixes sound sources to the program: 48 kHz, stereo, on a context that plays to no device.
 * A strip's meter lies after its fader and before its mute, so that a muted microphone can be seen to live;
 * `program` is the mix, after the mutes. Peak and RMS over 50 ms, of the louder channel; -100 when nothing sounds.
 */
export function createMixer({ onMeters, onInputs }: MixerEvents): Mixer {
  const context = openContext()
  const program = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' })
  const strips = new Map<string, { strip: MixerStrip; settings: Strip }>()
  const nodes = new Map<string, MixerStrip>()
  const groups = new Set<GroupBus>()
  const keys = new KeyBuses(context, nodes)
  const meters = new MeterBank(context, program, onMeters)
  const inputs = onInputs && new MeterBank(context, null, onInputs)
  const loudness = new LoudnessTap(context, program)
  const troubles = new Handlers<SoundTroubles>(true)
  let trouble: SoundTroubles = { monitor: null, suppression: null }
  const tell = (news: Partial<SoundTroubles>): void => troubles.emit((trouble = { ...trouble, ...news }))
  const monitor = new MonitorOutput(context, (evidence) => tell({ monitor: evidence }))
  /** The device may be back. */
  const onDevices = (): void => monitor.retry()
  navigator.mediaDevices?.addEventListener('devicechange', onDevices)
  let followed: MixedShow | null = null
  let mixed: ReadonlySet<string> | null = null
  const held = new Set<string | null>()
  let tap: AudioWorkletNode | null = null
  let waitingPort: MessagePort | null = null
  let closed = false

  const ready = context.audioWorklet.addModule(workletUrl).then(() => {
    if (closed) return
    tap = new AudioWorkletNode(context, TAP, { numberOfOutputs: 1, channelCount: 2, channelCountMode: 'explicit' })
    program.connect(tap).connect(context.destination)
    if (waitingPort) sendPort(tap, waitingPort)
    waitingPort = null
    meters.workletReady()
    inputs?.workletReady()
    loudness.workletReady()
    for (const strip of nodes.values()) strip.workletReady()
    for (const group of groups) group.workletReady()
  })
  const parts = {
    context, program, desk: monitor.input, worklet: ready,
    suppressors: new NoiseSuppressors(context),
    keyOf: (sourceId: string) => keys.of(sourceId),
    onFailure: (evidence: string) => tell({ suppression: evidence }),
  }

  const situationOf = (sourceId: string): StripSituation => ({
    mixed: mixed?.has(sourceId) ?? true,
    held: held.has(null) || held.has(sourceId),
    anySolo: followed ? anySolo(followed) : false,
    holdBackMs: followed ? holdBackMs(followed) : 0,
  })
  const apply = (sourceId: string, settings: Strip): void => {
    const known = strips.get(sourceId)
    if (!known) return
    known.settings = settings
    known.strip.set(settings, situationOf(sourceId))
  }

  const mixer: Mixer = {
    setSource(sourceId, input, settings) {
      let strip = nodes.get(sourceId)
      if (!strip) {
        strip = new MixerStrip(parts, settings, situationOf(sourceId))
        strips.set(sourceId, { strip, settings })
        nodes.set(sourceId, strip)
        meters.add(sourceId, strip.meterTap)
        inputs?.add(sourceId, strip.inputTap)
        keys.take(sourceId, strip)
        for (const group of groups) group.take(sourceId, strip)
      } else apply(sourceId, settings)
      strip.play(input, tap !== null)
    },
    setStrip: apply,
    remove(sourceId) {
      nodes.get(sourceId)?.close()
      strips.delete(sourceId)
      nodes.delete(sourceId)
      meters.remove(sourceId)
      inputs?.remove(sourceId)
    },
    follow(show) {
      followed = show
      mixed = new Set(trackSources(show, 1))
      monitor.setNeeded(anyMonitored(show))
      for (const id of strips.keys()) apply(id, stripOf(show, id))
    },
    setPushHeld(sourceId, down) {
      if (down) held.add(sourceId)
      else held.delete(sourceId)
      for (const [id, { settings }] of strips) if (sourceId === null || sourceId === id) apply(id, settings)
    },
    desk: {
      setMonitor: (choice) => monitor.choose(choice),
      onTroubles: (handler) => troubles.add(handler),
      onLoudness: (handler) => loudness.add(handler),
      resetLoudness: () => loudness.reset(),
      onReductions: (sourceId, handler) => nodes.get(sourceId)?.watchReductions(handler) ?? (() => {}),
    },
    connectTap(port) {
      if (tap) return sendPort(tap, port)
      waitingPort?.close()
      waitingPort = port
    },
    openGroup(sourceIds, port) {
      const group = new GroupBus(context, sourceIds ?? [], port)
      groups.add(group)
      if (sourceIds === null) program.connect(group.input)
      for (const [id, strip] of nodes) group.take(id, strip)
      if (tap) group.workletReady()
      return {
        sound: group.input,
        setSources: (ids) => group.setSources(ids ?? [], nodes),
        close() {
          if (!groups.delete(group)) return
          if (sourceIds === null) program.disconnect(group.input)
          group.close(nodes)
        },
      }
    },
    openTrack() {
      const ending = new MediaStreamAudioDestinationNode(context, { channelCount: 2, channelCountMode: 'explicit' })
      const [track] = ending.stream.getAudioTracks()
      if (!track) throw new Error('the mixer gave no track')
      let heard: AudioNode | null = null
      const hear = (node: AudioNode | null): void => {
        heard?.disconnect(ending)
        node?.connect(ending)
        heard = node
      }
      hear(program)
      return {
        track,
        play: (group) => hear(group?.sound ?? null),
        stop() {
          hear(null)
          track.stop()
        },
      }
    },
    async resume() {
      monitor.retry()
      await context.resume()
      await ready
    },
    async close() {
      if (closed) return
      closed = true
      navigator.mediaDevices?.removeEventListener('devicechange', onDevices)
      waitingPort?.close()
      if (tap) tap.port.postMessage({ port: null } satisfies TapTarget)
      for (const group of groups) group.close(nodes)
      groups.clear()
      for (const id of nodes.keys()) mixer.remove(id)
      loudness.close()
      meters.close()
      inputs?.close()
      monitor.close()
      await context.close()
    },
  }
  return mixer
}

function sendPort(tap: AudioWorkletNode, port: MessagePort): void {
  tap.port.postMessage({ port } satisfies TapTarget, [port])
}

/** A context without a device keeps its time by the system's clock, also when no sound card exists. */
function openContext(): AudioContext {
  const options = { sampleRate: SAMPLE_RATE, latencyHint: LATENCY_S }
  try {
    const noDevice: AudioContextOptions & { sinkId: { type: 'none' } } = { ...options, sinkId: { type: 'none' } }
    return new AudioContext(noDevice)
  } catch {
    // Nothing but silence is ever sent to the device that this one takes.
    return new AudioContext(options)
  }
}
