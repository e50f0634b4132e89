import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clips } from './clips.ts'
import { endChild } from './ffmpeg.ts'

export const obsInstalled = (): boolean => spawnSync('which', ['obs']).status === 0 && spawnSync('which', ['Xvfb']).status === 0

/**
 * OBS Studio under a virtual display with a profile and a scene of the bench's own (nothing of the user's is touched):
 * the same two pictures, the same inset, x264 veryfast at the same rate, the same server.
 */
export async function startObs(folder: string, clips: Clips, server: string, key: string): Promise<{ pid: number; stop(): Promise<void> }> {
  const config = join(folder, 'config')
  writeProfile(join(config, 'obs-studio'), clips, server, key)
  const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x720x24'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise<string>((resolve, reject) => {
    display.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()))
    display.once('exit', () => reject(new Error('Xvfb ended before it was ready')))
  })
  const child = spawn(
    'obs',
    ['--multi', '--startstreaming', '--minimize-to-tray', '--disable-shutdown-check', '--disable-updater', '--profile', 'Bench', '--collection', 'Bench'],
    { stdio: 'ignore', env: { ...process.env, DISPLAY: `:${number}`, XDG_CONFIG_HOME: config, LIBGL_ALWAYS_SOFTWARE: '1' } },
  )
  return {
    pid: child.pid ?? 0,
    async stop() {
      await endChild(child)
      await endChild(display)
    },
  }
}

function writeProfile(folder: string, clips: Clips, server: string, key: string): void {
  const profile = join(folder, 'basic/profiles/Bench')
  const scenes = join(folder, 'basic/scenes')
  mkdirSync(profile, { recursive: true })
  mkdirSync(scenes, { recursive: true })
  writeFileSync(
    join(folder, 'global.ini'),
    '[General]\nFirstRun=true\nEnableAutoUpdates=false\n[Basic]\nProfile=Bench\nProfileDir=Bench\nSceneCollection=Bench\nSceneCollectionFile=Bench\n[BasicWindow]\nPreviewEnabled=false\n',
  )
  writeFileSync(
    join(profile, 'basic.ini'),
    '[General]\nName=Bench\n[Video]\nBaseCX=1280\nBaseCY=720\nOutputCX=1280\nOutputCY=720\nFPSType=0\nFPSCommon=30\n[Audio]\nSampleRate=48000\nChannelSetup=Stereo\n' +
      '[Output]\nMode=Simple\n[SimpleOutput]\nVBitrate=2500\nABitrate=128\nStreamEncoder=x264\nUseAdvanced=true\nPreset=veryfast\nx264Settings=keyint=60 bframes=0\n',
  )
  writeFileSync(join(profile, 'service.json'), JSON.stringify({ type: 'rtmp_custom', settings: { server, key, use_auth: false } }))
  const media = (name: string, file: string) => ({
    name, id: 'ffmpeg_source', versioned_id: 'ffmpeg_source', enabled: true, mixers: 255,
    settings: { local_file: file, looping: true, hw_decode: false },
  })
  const placed = (name: string, id: number, x: number, y: number, scale: number) => ({
    name, id, visible: true, pos: { x, y }, scale: { x: scale, y: scale }, rot: 0, align: 5, bounds_type: 0, bounds: { x: 0, y: 0 },
  })
  writeFileSync(
    join(scenes, 'Bench.json'),
    JSON.stringify({
      name: 'Bench', current_scene: 'Scene', current_program_scene: 'Scene', scene_order: [{ name: 'Scene' }],
      transitions: [], groups: [], quick_transitions: [], saved_projectors: [],
      sources: [
        media('Screen', clips.screen),
        media('Camera', clips.camera),
        { name: 'Scene', id: 'scene', versioned_id: 'scene', settings: { id_counter: 2, items: [placed('Screen', 1, 0, 0, 1), placed('Camera', 2, 940, 520, 0.25)] } },
      ],
    }),
  )
}
