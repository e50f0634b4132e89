import { spawn } from 'node:child_process'
import type { Clips } from './clips.ts'

/** Plain FFmpeg doing the same work to the same server: two 720p30 pictures, one inset, x264 veryfast, AAC, RTMP. */
export function startFfmpeg(clips: Clips, address: string): { pid: number; stop(): Promise<void> } {
  const child = spawn(
    'ffmpeg',
    [
      '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', clips.screen, '-re', '-stream_loop', '-1', '-i', clips.camera,
      '-f', 'lavfi', '-i', 'sine=frequency=1000:sample_rate=48000',
      '-filter_complex', '[1:v]scale=320:180[inset];[0:v][inset]overlay=940:520[out]',
      '-map', '[out]', '-map', '2:a', '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-bf', '0', '-g', '60',
      '-b:v', '2500k', '-maxrate', '2500k', '-bufsize', '2500k', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-f', 'flv', address,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  return { pid: child.pid ?? 0, stop: () => endChild(child) }
}

/** Ends a child by its own id: politely, then for good. */
export function endChild(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.once('exit', () => {
      clearTimeout(hard)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
