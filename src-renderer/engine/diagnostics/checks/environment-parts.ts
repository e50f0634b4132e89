import type { EncoderLike, MakeEncoder } from '../../program/browser-encoder.ts'
import { makeBrowserEncoder } from '../../program/browser-encoder.ts'
import type { ListsDevices } from '../measure/watch-devices.ts'
import { type Abilities, readAbilities } from './read-abilities.ts'
import { type GraphicsFacts, readGraphics } from './read-graphics.ts'

export interface DisplayFacts {
  /** Pixels of the page, whatever the scale. */
  width: number
  height: number
  availableWidth: number
  availableHeight: number
  /** Percent. */
  scale: number
  colorDepth: number
  /** Whether there is more than one screen; null = not told. */
  several: boolean | null
  locale: string
  languages: readonly string[]
  /** Name and version, e.g. `Chrome 156`. */
  browser: string
  cores: number
  /** GB, rounded by the browser; null = not told. */
  memoryGb: number | null
}

/** Whether a configuration is supported; rejects or false = not. */
export interface CodecQuestions {
  videoEncode(config: VideoEncoderConfig): Promise<boolean>
  videoDecode(config: VideoDecoderConfig): Promise<boolean>
  audioEncode(config: AudioEncoderConfig): Promise<boolean>
  audioDecode(config: AudioDecoderConfig): Promise<boolean>
}

/** What the checks of the environment look at; each takes what it needs. */
export interface EnvironmentParts {
  media: ListsDevices
  display: () => DisplayFacts
  graphics: () => Promise<GraphicsFacts>
  abilities: () => Abilities
  codecs: CodecQuestions
  makeEncoder: MakeEncoder
  makeFrame: (i420: Uint8Array<ArrayBuffer>, init: VideoFrameBufferInit) => Parameters<EncoderLike['encode']>[0]
}

/** The window as it is. */
export const browserEnvironment = (media: ListsDevices): EnvironmentParts => ({
  media,
  display: readDisplay,
  graphics: readGraphics,
  abilities: readAbilities,
  codecs: {
    videoEncode: async (config) => typeof VideoEncoder !== 'undefined' && (await VideoEncoder.isConfigSupported(config)).supported === true,
    videoDecode: async (config) => typeof VideoDecoder !== 'undefined' && (await VideoDecoder.isConfigSupported(config)).supported === true,
    audioEncode: async (config) => typeof AudioEncoder !== 'undefined' && (await AudioEncoder.isConfigSupported(config)).supported === true,
    audioDecode: async (config) => typeof AudioDecoder !== 'undefined' && (await AudioDecoder.isConfigSupported(config)).supported === true,
  },
  makeEncoder: makeBrowserEncoder,
  makeFrame: (i420, init) => new VideoFrame(i420, init),
})

function readDisplay(): DisplayFacts {
  const { width, height, availWidth, availHeight, colorDepth } = screen
  const told = navigator as Navigator & { deviceMemory?: number; userAgentData?: { brands: { brand: string; version: string }[] } }
  const brand = told.userAgentData?.brands.find((each) => !/not.?a.?brand/i.test(each.brand) && each.brand !== 'Chromium') ?? told.userAgentData?.brands.find((each) => each.brand === 'Chromium')
  return {
    width, height, availableWidth: availWidth, availableHeight: availHeight, colorDepth,
    scale: Math.round(devicePixelRatio * 100),
    several: (screen as Screen & { isExtended?: boolean }).isExtended ?? null,
    locale: navigator.language,
    languages: navigator.languages.slice(0, 10),
    browser: brand ? `${brand.brand} ${brand.version}` : (/(?:Electron|Edg|Chrome|Firefox)\/[\d.]+/.exec(navigator.userAgent)?.[0].replace('/', ' ') ?? 'unknown'),
    cores: navigator.hardwareConcurrency,
    memoryGb: told.deviceMemory ?? null,
  }
}
