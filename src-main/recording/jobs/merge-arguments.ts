import { AAC, X264 } from './copy-arguments.ts'
import { fileAddress } from './file-address.ts'
import { clampFrameRate, type Cut, type MergePart, type MergeResult } from './merge-plan.ts'

export interface MergeOutput {
  to: string
  frameRate: number
  width: number
  height: number
}

const SAMPLE_RATE = 48_000

/**
 * FFmpeg's arguments for one result of a merge plan: every part made as long as it must be (its last picture held, silence
 * behind its sound), then all of them one behind the other. Parts end on the grid of the output's frames, counted from the
 * beginning, so that nothing adds up over many parts.
 */
export function mergeArguments(result: MergeResult, output: MergeOutput): string[] {
  const frameRate = clampFrameRate(output.frameRate)
  const inputs = new Inputs()
  const chains: string[] = []
  let labels = ''
  let count = 0
  let endMs = 0
  for (const part of result.parts) {
    const firstFrame = Math.round((endMs * frameRate) / 1000)
    endMs += part.durationMs
    const frames = Math.round((endMs * frameRate) / 1000) - firstFrame
    if (frames === 0) continue
    const seconds = decimal(frames / frameRate)
    if (result.hasPicture) chains.push(`${pictureOf(part, inputs, { ...output, frameRate }, frames)}[v${count}]`)
    chains.push(`${soundOf(part, inputs, seconds)}[a${count}]`)
    labels += result.hasPicture ? `[v${count}][a${count}]` : `[a${count}]`
    count++
  }
  chains.push(`${labels}concat=n=${count}:v=${result.hasPicture ? 1 : 0}:a=1${result.hasPicture ? '[v]' : ''}[a]`)
  const codecs = result.hasPicture ? ['-map', '[v]', '-map', '[a]', ...X264, '-r', decimal(frameRate), '-g', String(Math.round(frameRate * 2)), ...AAC] : ['-map', '[a]', ...AAC]
  return [...inputs.arguments, '-filter_complex', chains.join(';'), ...codecs, '-movflags', '+faststart', '-f', result.hasPicture ? 'mp4' : 'ipod', fileAddress(output.to)]
}

function pictureOf({ picture, durationMs }: MergePart, inputs: Inputs, { width, height, frameRate }: MergeOutput, frames: number): string {
  const [even, rate] = [`${width & ~1}`, decimal(frameRate)]
  const evenHeight = `${height & ~1}`
  if (!picture) return `color=c=black:s=${even}x${evenHeight}:r=${rate},format=yuv420p,setsar=1,trim=end_frame=${frames}`
  return [
    `[${inputs.add(picture, durationMs)}:v:0]fps=${rate}:start_time=0`,
    `scale=${even}:${evenHeight}:force_original_aspect_ratio=decrease:force_divisible_by=2`,
    `pad=${even}:${evenHeight}:(ow-iw)/2:(oh-ih)/2`,
    `format=yuv420p,setsar=1,tpad=stop=-1:stop_mode=clone,trim=end_frame=${frames},setpts=PTS-STARTPTS`,
  ].join(',')
}

function soundOf({ sound, durationMs }: MergePart, inputs: Inputs, seconds: string): string {
  if (!sound) return `anullsrc=r=${SAMPLE_RATE}:cl=stereo,aformat=sample_fmts=fltp,atrim=duration=${seconds}`
  return `[${inputs.add(sound, durationMs)}:a:0]aresample=${SAMPLE_RATE}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad=whole_dur=${seconds},atrim=duration=${seconds},asetpts=PTS-STARTPTS`
}

/** Picture and sound of the same stretch of the same file are one input. */
class Inputs {
  readonly #known = new Map<string, number>()
  readonly arguments: string[] = []

  add({ path, fromMs }: Cut, durationMs: number): number {
    const key = `${fromMs} ${durationMs} ${path}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const index = this.#known.size
    this.#known.set(key, index)
    const playlist = path.endsWith('.m3u8') ? ['-allowed_extensions', 'ALL', '-protocol_whitelist', 'file,crypto,data'] : []
    this.arguments.push(...(fromMs > 0 ? ['-ss', decimal(fromMs / 1000)] : []), '-t', decimal(durationMs / 1000), ...playlist, '-i', fileAddress(path))
    return index
  }
}

const decimal = (value: number): string => String(Number(value.toFixed(6)))
