import { GtcrnWorkletNode, loadGtcrn, loadRnnoise, loadSpeex, RnnoiseWorkletNode, SpeexWorkletNode } from '@sapphi-red/web-noise-suppressor'
// oxlint-disable import/default -- the query makes a module of its own, whose default export is its address
import gtcrnWasm from '@sapphi-red/web-noise-suppressor/gtcrn.wasm?url'
import gtcrnWorklet from '@sapphi-red/web-noise-suppressor/gtcrnWorklet.js?url'
import rnnoiseWasm from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url'
import rnnoiseSimdWasm from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url'
import rnnoiseWorklet from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url'
import speexWasm from '@sapphi-red/web-noise-suppressor/speex.wasm?url'
import speexWorklet from '@sapphi-red/web-noise-suppressor/speexWorklet.js?url'
// oxlint-enable import/default
import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'

/** What web-noise-suppressor has, in a module of its own so that it is loaded only where it is used; nothing of it comes from elsewhere. */
export async function loadSuppressor(strength: SoundFilterOf<'noise-suppression'>['strength']) {
  switch (strength) {
    case 'low':
      return { worklet: speexWorklet, Node: SpeexWorkletNode, wasmBinary: await loadSpeex({ url: speexWasm }) }
    case 'standard':
      return { worklet: rnnoiseWorklet, Node: RnnoiseWorkletNode, wasmBinary: await loadRnnoise({ url: rnnoiseWasm, simdUrl: rnnoiseSimdWasm }) }
    case 'strong':
      return { worklet: gtcrnWorklet, Node: GtcrnWorkletNode, wasmBinary: await loadGtcrn({ url: gtcrnWasm }) }
  }
}
