import type { Strip } from '@shared/domain/strip.ts'
import type { MeterFrame } from '../engine.types.ts'
import { dbfsOf, SILENCE_DB } from './levels.ts'
import { MixerStrip, type SoundInput } from './mixer-strip.ts'
import { GroupBus } from './sound-group.ts'
import { SAMPLE_RATE } from './tap-protocol.ts'
import { METER, type MeterReading, STOP, TAP, type TapTarget } from './worklet/processor-names.ts'
// oxlint-disable-next-line import/default -- the query makes a module of its own, whose default export is its address
import workletUrl from './worklet/mixer.worklet.ts?worker&url'

/**
 * Longer buffers than the default's: fewer wake-ups. Against 20 ms it saved 1 to 2 % of a core on a 2-core machine
 * (one run each); the time stamps take the delay out again.
 */
const LATENCY_S = 0.05
const PROGRAM = 'program'
/** Inputs of a meter node are fixed when it is made; a fuller mixer gets a larger one. */
const METER_INPUTS = 8

/** Some sources mixed for themselves. */
export interface SoundGroup {
  setSources(sourceIds: readonly string[]): void
  close(): void
}

export interface Mixer {
  /** Plays this source through a strip, in place of whatever it played before; the same input only follows the strip. */
  setSource(sourceId: string, input: SoundInput, strip: Strip): void
  setStrip(sourceId: string, strip: Strip): void
  remove(sourceId: string): void
  /** Sends the program's sound to this port from now on (tap-protocol.ts); the port before it is closed. */
  connectTap(port: MessagePort): void
  /** Sends the sound of these sources alone to a port (tap-protocol.ts), through their strips; silence where there are none. */
  openGroup(sourceIds: readonly string[], port: MessagePort): SoundGroup
  /** The mix as a track, for peers; stereo, 48 kHz. Costs nothing once stopped. */
  openTrack(): { track: MediaStreamTrack; stop(): void }
  /** Starts the context where the platform held it back until a user's gesture. */
  resume(): Promise<void>
  close(): Promise<void>
}

/**
 * Mixes every sound source to the program: 48 kHz, stereo, on a context that plays to no device.
 * A strip's meter lies after its fader and before its mute, so that a muted microphone can be seen to live;
 * `program` is the mix, after the mutes. Peak and RMS over 50 ms, of the louder channel; -100 when nothing sounds.
 */
export function createMixer({ onMeters }: { onMeters: (meters: MeterFrame) => void }): Mixer {
  const context = openContext()
  const program = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' })
  const strips = new Map<string, MixerStrip>()
  const groups = new Set<GroupBus>()
  let meter: AudioWorkletNode | null = null
  /** Which strip each input of the meter reads; input 0 is the program. */
  let inputs: (string | null)[] = []
  let tap: AudioWorkletNode | null = null
  let waitingPort: MessagePort | null = null
  let closed = false

  const ready = context.audioWorklet.addModule(workletUrl).then(() => {
    if (closed) return
    tap = new AudioWorkletNode(context, TAP, { numberOfOutputs: 1, channelCount: 2, channelCountMode: 'explicit' })
    program.connect(tap).connect(context.destination)
    if (waitingPort) sendPort(tap, waitingPort)
    waitingPort = null
    rebuildMeter()
    for (const strip of strips.values()) strip.workletReady()
    for (const group of groups) group.workletReady()
  })

  function rebuildMeter(): void {
    meter?.disconnect()
    meter?.port.postMessage(STOP)
    const size = METER_INPUTS * Math.ceil((strips.size + 1) / METER_INPUTS)
    const node = new AudioWorkletNode(context, METER, { numberOfInputs: size, numberOfOutputs: 1 })
    meter = node
    node.port.addEventListener('message', (event: MessageEvent<MeterReading>) => onMeters(frameOf(event.data)))
    node.port.start()
    node.connect(context.destination)
    program.connect(node, 0, 0)
    inputs = [PROGRAM, ...strips.keys()]
    for (const [id, strip] of strips) strip.meterTap.connect(node, 0, inputs.indexOf(id))
    while (inputs.length < size) inputs.push(null)
  }

  function attachMeter(id: string, strip: MixerStrip): void {
    if (!meter) return
    const free = inputs.indexOf(null)
    if (free < 0) return rebuildMeter()
    inputs[free] = id
    strip.meterTap.connect(meter, 0, free)
  }

  function frameOf(reading: MeterReading): MeterFrame {
    const frame: Record<string, { peakDbfs: number; rmsDbfs: number }> = {}
    inputs.forEach((id, i) => {
      if (id !== null) frame[id] = { peakDbfs: dbfsOf(reading[i * 2] ?? 0), rmsDbfs: dbfsOf(reading[i * 2 + 1] ?? 0) }
    })
    return frame
  }

  // A context that stands says nothing more: its meters fall to silence rather than freeze.
  context.addEventListener('statechange', () => {
    if (context.state !== 'running') onMeters(Object.fromEntries(inputs.filter((id) => id !== null).map((id) => [id, { peakDbfs: SILENCE_DB, rmsDbfs: SILENCE_DB }])))
  })

  const mixer: Mixer = {
    setSource(sourceId, input, strip) {
      let existing = strips.get(sourceId)
      if (!existing) {
        existing = new MixerStrip(context, program, strip)
        strips.set(sourceId, existing)
        attachMeter(sourceId, existing)
        for (const group of groups) group.take(sourceId, existing)
      }
      existing.set(strip)
      existing.play(input, tap !== null)
    },
    setStrip: (sourceId, strip) => strips.get(sourceId)?.set(strip),
    remove(sourceId) {
      const strip = strips.get(sourceId)
      if (!strip) return
      strips.delete(sourceId)
      strip.close()
      const input = inputs.indexOf(sourceId)
      if (input > 0) inputs[input] = null
    },
    connectTap(port) {
      if (tap) return sendPort(tap, port)
      waitingPort?.close()
      waitingPort = port
    },
    openGroup(sourceIds, port) {
      const group = new GroupBus(context, sourceIds, port)
      groups.add(group)
      for (const [id, strip] of strips) group.take(id, strip)
      if (tap) group.workletReady()
      return {
        setSources: (ids) => group.setSources(ids, strips),
        close() {
          if (groups.delete(group)) group.close(strips)
        },
      }
    },
    openTrack() {
      const ending = new MediaStreamAudioDestinationNode(context, { channelCount: 2, channelCountMode: 'explicit' })
      program.connect(ending)
      const [track] = ending.stream.getAudioTracks()
      if (!track) throw new Error('the mixer gave no track')
      return {
        track,
        stop() {
          program.disconnect(ending)
          track.stop()
        },
      }
    },
    async resume() {
      await context.resume()
      await ready
    },
    async close() {
      if (closed) return
      closed = true
      waitingPort?.close()
      if (tap) tap.port.postMessage({ port: null } satisfies TapTarget)
      for (const group of groups) group.close(strips)
      groups.clear()
      for (const id of strips.keys()) mixer.remove(id)
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
