import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface Clips {
  /** 1280x720 at 30 frames/s, raw I420 in NUT: read, not decoded, so that peers pay for composing and coding only. */
  screen: string
  camera: string
}

/** Makes the two moving pictures that the peers compose: the same size and rate as the studio's fake screen and camera. */
export function makeClips(folder: string): Clips {
  const screen = join(folder, 'screen.nut')
  const camera = join(folder, 'camera.nut')
  const make = (pattern: string, to: string) =>
    execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-f', 'lavfi', '-i', `${pattern}=size=1280x720:rate=30`, '-t', '4', '-pix_fmt', 'yuv420p', '-c:v', 'rawvideo', to])
  make('testsrc', screen)
  make('testsrc2', camera)
  return { screen, camera }
}
