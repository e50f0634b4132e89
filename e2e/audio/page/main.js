// The page of the audio test: a real mixer, with the coder in a worker as in the engine. Driven through `rig`.
import { createMixer } from '../../../src-renderer/engine/audio/mixer.ts'
import { AUDIO_KBPS } from './rate.js'

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
const meters = []
const mixer = createMixer({ onMeters: (frame) => meters.push({ atMs: performance.now(), frame }) })
const { port1, port2 } = new MessageChannel()
mixer.connectTap(port1)

const state = { packets: [], headers: [], figures: [], openMs: null }
const startedAtMs = performance.now()
worker.addEventListener('message', ({ data }) => {
  if (data.type === 'packet') state.packets.push({ ...data.packet, arrivedUs: window.rig.wallUs() })
  if (data.type === 'header') state.headers.push(data.header)
  if (data.type === 'figures') {
    state.figures.push(data.figures)
    if (data.figures.audioEncoder && state.openMs === null) state.openMs = performance.now() - startedAtMs
  }
})
worker.postMessage({ type: 'open', port: port2, bitrateKbps: AUDIO_KBPS }, [port2])

const toneContexts = new Map()
const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const groups = []

window.rig = {
  follow: (show) => mixer.follow(show),
  setPushHeld: (id, held) => mixer.setPushHeld(id, held),
  /** Steady white noise of this RMS amplitude, as a mono stream. */
  setNoise(id, amplitude, strip) {
    const context = new AudioContext({ sampleRate: 48_000, sinkId: { type: 'none' } })
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    const buffer = new AudioBuffer({ length: 96_000, sampleRate: 48_000 })
    buffer.getChannelData(0).forEach((_, i, samples) => (samples[i] = (Math.random() * 2 - 1) * amplitude * Math.sqrt(3)))
    const source = new AudioBufferSourceNode(context, { buffer, loop: true })
    source.connect(destination)
    source.start()
    toneContexts.set(id, context)
    mixer.setSource(id, { kind: 'stream', stream: destination.stream }, strip)
  },
  /** Listens to some sources by themselves; answers with the number to ask for. */
  listenTo(ids) {
    const { port1, port2 } = new MessageChannel()
    const heard = []
    port2.addEventListener('message', ({ data }) => {
      heard.push({ frame: data.frame, samples: new Float32Array(data.buffer.slice(0)) })
      if (heard.length > 200) heard.shift()
      port2.postMessage({ buffer: data.buffer, clock: null }, [data.buffer])
    })
    port2.start()
    mixer.openGroup(ids, port1)
    return groups.push(heard) - 1
  },
  /** RMS of the last ten batches, left and right, dBFS. */
  levels(group) {
    const last = groups[group].slice(-10)
    const rms = (from) => 10 * Math.log10(last.reduce((sum, { samples }) => sum + samples.subarray(from, from + 1024).reduce((all, each) => all + each * each, 0), 0) / (last.length * 1024) + 1e-12)
    return { left: rms(0), right: rms(1024), batches: groups[group].length, frame: last.at(-1)?.frame ?? 0 }
  },
  /** The context's frames at which something begins to sound after at least 100 ms of silence. */
  onsets(group) {
    const found = []
    let quiet = 0
    for (const { frame, samples } of groups[group]) {
      for (let i = 0; i < 1024; i++) {
        if (Math.abs(samples[i]) < 0.01) quiet++
        else {
          if (quiet > 4800) found.push(frame + i)
          quiet = 0
        }
      }
    }
    return found
  },
  setMonitor: (choice) => mixer.desk.setMonitor(choice),
  monitorTrouble() {
    let monitor = null
    mixer.desk.onTroubles((troubles) => (monitor = troubles.monitor))()
    return monitor
  },
  loudness: () => new Promise((resolve) => {
    const readings = []
    const stop = mixer.desk.onLoudness((reading) => {
      if (readings.push(reading) < 15) return
      stop()
      resolve(reading)
    })
  }),
  resume: () => mixer.resume(),
  setBeep: (id, strip) => mixer.setSource(id, { kind: 'beep' }, strip),
  async setMicrophone(id, strip) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } })
    mixer.setSource(id, { kind: 'stream', stream }, strip)
  },
  /** A steady 1 kHz sine, as a mono stream like a microphone's. */
  setTone(id, amplitude, strip) {
    const context = new AudioContext({ sampleRate: 48_000, sinkId: { type: 'none' } })
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    const oscillator = new OscillatorNode(context, { frequency: 1000 })
    oscillator.connect(new GainNode(context, { gain: amplitude })).connect(destination)
    oscillator.start()
    toneContexts.set(id, context)
    mixer.setSource(id, { kind: 'stream', stream: destination.stream }, strip)
  },
  setStrip: (id, strip) => mixer.setStrip(id, strip),
  remove(id) {
    mixer.remove(id)
    void toneContexts.get(id)?.close()
    toneContexts.delete(id)
  },
  start: () => worker.postMessage({ type: 'start' }),
  stop: () => worker.postMessage({ type: 'stop' }),
  /** Keeps the engine worker from everything else. */
  busy: (ms) => worker.postMessage({ type: 'busy', ms }),
  counts: () => ({ packets: state.packets.length, headers: state.headers.length, figures: state.figures.at(-1) ?? null, openMs: state.openMs }),
  /** The last `count` readings. */
  meters: (count) => meters.slice(-count),
  wallUs: () => (performance.timeOrigin + performance.now()) * 1000,
  /** All packets since the last call, binary as base64. */
  take() {
    const header = state.headers.at(-1)
    return {
      packets: state.packets.splice(0).map((packet) => ({ ...packet, data: toBase64(packet.data) })),
      header: header ? { ...header, asc: toBase64(header.asc) } : null,
    }
  },
}
