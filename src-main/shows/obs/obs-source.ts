import type { ObsReason } from '@shared/domain/obs-import.ts'
import type { Source } from '@shared/domain/source.ts'
import { kindOf, type ObsSource } from './obs-collection.ts'
import type { Size } from './obs-place.ts'
import { textSource } from './obs-text.ts'
import { clamp, colourOf, flagIn, numberIn, sizeOf, textIn } from './obs-values.ts'

/** A file of the collection: its id among the show's assets, or why it cannot be used. */
export type ObsAsset = { assetId: string; size: Size | null } | 'file-missing' | 'file-unusable'

export interface SourceContext {
  /** The canvas of the collection. */
  canvas: Size
  assetOf: (path: string) => ObsAsset
  note: (what: string, why: ObsReason, detail: string) => void
}

export interface ConvertedSource {
  source: Source
  size: Size
  isSizeKnown: boolean
}

/** Where each kind of OBS goes; the platforms' names for the same thing side by side. */
const KINDS: Readonly<Record<string, 'camera' | 'screen' | 'microphone' | 'desktop'>> = {
  v4l2_input: 'camera', dshow_input: 'camera', av_capture_input: 'camera', 'macos-avcapture': 'camera', 'macos-avcapture-fast': 'camera', 'pipewire-camera-source': 'camera',
  xshm_input: 'screen', xcomposite_input: 'screen', monitor_capture: 'screen', window_capture: 'screen', game_capture: 'screen', display_capture: 'screen', screen_capture: 'screen',
  'pipewire-desktop-capture-source': 'screen', 'pipewire-window-capture-source': 'screen', 'pipewire-screen-capture-source': 'screen',
  pulse_input_capture: 'microphone', wasapi_input_capture: 'microphone', coreaudio_input_capture: 'microphone', alsa_input_capture: 'microphone', jack_input_capture: 'microphone',
  pulse_output_capture: 'desktop', wasapi_output_capture: 'desktop', coreaudio_output_capture: 'desktop', sck_audio_capture: 'desktop', wasapi_process_output_capture: 'desktop',
}

export const isDesktopSound = (id: string): boolean => KINDS[kindOf(id)] === 'desktop'
/** Sound from all over the computer comes with a screen: it is one of ours, asked for anew. */
const SCREEN_RATE = 30

/** null for a kind that there is not, or a source without anything to show; it was noted then. */
export function convertSource(obs: ObsSource, id: string, context: SourceContext): ConvertedSource | null {
  const { settings } = obs
  const common = { id, name: obs.name.slice(0, 200) }
  const whole = (source: Source): ConvertedSource => ({ source, size: context.canvas, isSizeKnown: false })
  const kind = kindOf(obs.id)
  switch (KINDS[kind] ?? kind) {
    case 'camera':
      return cameraOf(obs, common, context)
    case 'screen':
      context.note(obs.name, 'choose-again', obs.id)
      return whole({ ...common, kind: 'screen', withAudio: false, frameRate: SCREEN_RATE })
    case 'desktop':
      context.note(obs.name, 'sound-of-screen', obs.id)
      return whole({ ...common, kind: 'screen', withAudio: true, frameRate: SCREEN_RATE })
    case 'microphone': {
      const deviceId = textIn(settings, 'device_id', 'default')
      if (deviceId !== 'default' && deviceId !== '') context.note(obs.name, 'choose-again', deviceId)
      return whole({ ...common, kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: false, noiseSuppression: false, autoGainControl: false })
    }
    case 'image_source': {
      const asset = fileOf(textIn(settings, 'file'), obs, context)
      return asset && { source: { ...common, kind: 'image', assetId: asset.assetId }, size: asset.size ?? context.canvas, isSizeKnown: asset.size !== null }
    }
    case 'slideshow':
      return slideshowOf(obs, common, context)
    case 'color_source': {
      const size = { width: numberIn(settings, 'width', context.canvas.width, 1, 16_384), height: numberIn(settings, 'height', context.canvas.height, 1, 16_384) }
      return { source: { ...common, kind: 'colour', colour: colourOf(settings['color'], 0xffd1d1d1) }, size, isSizeKnown: true }
    }
    case 'text_ft2_source':
    case 'text_gdiplus':
      return textSource(obs, common)
    case 'browser_source': {
      const size = { width: Math.round(numberIn(settings, 'width', 800, 16, 3840)), height: Math.round(numberIn(settings, 'height', 600, 16, 3840)) }
      const address = flagIn(settings, 'is_local_file') ? textIn(settings, 'local_file') : textIn(settings, 'url')
      const frameRate = flagIn(settings, 'fps_custom') ? numberIn(settings, 'fps', 30, 1, 60) : SCREEN_RATE
      return { source: { ...common, kind: 'web-page', address: address.slice(0, 4000), ...size, frameRate, css: textIn(settings, 'css').slice(0, 20_000) }, size, isSizeKnown: true }
    }
    default:
      context.note(obs.name, 'source-kind', obs.id)
      return null
  }
}

type Common = { id: string; name: string }

function cameraOf({ name, settings }: ObsSource, common: Common, { note }: SourceContext): ConvertedSource {
  const known = sizeOf(settings['resolution']) ?? sizeOf(settings['preset'])
  const { width, height } = known ?? { width: 1280, height: 720 }
  // DirectShow: `name:path`, with `#3A` for a colon and `#22` for a hash; macOS has the name by itself; Linux has a path alone.
  const deviceLabel = textIn(settings, 'device_name') || (textIn(settings, 'video_device_id').split(':')[0] ?? '').replaceAll('#3A', ':').replaceAll('#22', '#')
  if (deviceLabel === '') note(name, 'choose-again', textIn(settings, 'device_id'))
  const size = { width: clamp(width, 96, 3840), height: clamp(height, 96, 2160) }
  return { source: { ...common, kind: 'camera', deviceId: '', deviceLabel: deviceLabel.slice(0, 500), ...size, frameRate: 30 }, size, isSizeKnown: known !== null }
}

function slideshowOf(obs: ObsSource, common: Common, context: SourceContext): ConvertedSource | null {
  const { settings } = obs
  const listed: unknown[] = Array.isArray(settings['files']) ? settings['files'].slice(0, 200) : []
  const paths = listed.flatMap((each) => (typeof each === 'object' && each !== null && 'value' in each && typeof each.value === 'string' ? [each.value] : []))
  const assets = paths.flatMap((path) => fileOf(path, obs, context) ?? [])
  if (assets.length === 0) {
    if (paths.length === 0) context.note(obs.name, 'nothing-to-show', obs.id)
    return null
  }
  // Unless a size is set, OBS takes that of the largest picture.
  const custom = sizeOf(settings['use_custom_size'])
  const largest = assets.reduce<Size | null>((best, { size }) => (size && (!best || size.width * size.height > best.width * best.height) ? size : best), null)
  const wanted = custom ?? largest ?? context.canvas
  const size = { width: Math.round(clamp(wanted.width, 16, 3840)), height: Math.round(clamp(wanted.height, 16, 3840)) }
  const isRandom = flagIn(settings, 'randomize') || textIn(settings, 'playback_mode') === 'random'
  return {
    source: {
      ...common, kind: 'slideshow', assetIds: assets.map(({ assetId }) => assetId), everyMs: Math.round(numberIn(settings, 'slide_time', 8000, 100, 3_600_000)),
      fadeMs: textIn(settings, 'transition') === 'cut' ? 0 : Math.round(numberIn(settings, 'transition_speed', 700, 0, 10_000)), order: isRandom ? 'random' : 'in-order',
      loop: textIn(settings, 'playback_mode') !== 'once' && flagIn(settings, 'loop', true), ...size,
    },
    size, isSizeKnown: true,
  }
}

function fileOf(path: string, obs: ObsSource, { assetOf, note }: SourceContext): { assetId: string; size: Size | null } | null {
  if (path === '') {
    note(obs.name, 'nothing-to-show', obs.id)
    return null
  }
  const asset = assetOf(path)
  if (typeof asset !== 'string' && !isVideo(asset.assetId)) return asset
  note(obs.name, typeof asset === 'string' ? asset : 'file-unusable', path)
  return null
}

/** Videos are kept beside pictures, for stingers alone. */
export const isVideo = (assetId: string): boolean => /\.(webm|mp4)$/.test(assetId)

/** The files that a collection's pictures are in; which of them may be read is the caller's to decide. */
export function filesOf({ id, settings }: ObsSource): string[] {
  const kind = kindOf(id)
  if (kind === 'image_source') return [textIn(settings, 'file')].filter((path) => path !== '')
  if (kind !== 'slideshow' || !Array.isArray(settings['files'])) return []
  const listed: unknown[] = settings['files'].slice(0, 200)
  return listed.flatMap((each) => (typeof each === 'object' && each !== null && 'value' in each && typeof each.value === 'string' ? [each.value] : []))
}
