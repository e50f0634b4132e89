import { createAudioCoder } from '../../../src-renderer/engine/audio/audio-coder.ts'

let coder = null
self.addEventListener('message', ({ data }) => {
  if (data.type === 'open') {
    coder = createAudioCoder({
      port: data.port,
      bitrateKbps: data.bitrateKbps,
      channels: 2,
      onHeader: (header) => self.postMessage({ type: 'header', header }),
      onPacket: (packet) => self.postMessage({ type: 'packet', packet }),
      onFigures: (figures) => self.postMessage({ type: 'figures', figures }),
    })
  }
  if (data.type === 'start') coder.start()
  if (data.type === 'stop') coder.stop()
  if (data.type === 'busy') {
    const until = performance.now() + data.ms
    while (performance.now() < until);
  }
})
