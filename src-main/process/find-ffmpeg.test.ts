import { describe, expect, it } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { askVersionOf, findFfmpeg } from './find-ffmpeg.ts'

const knows = (...paths: string[]) => async (path: string) => (paths.includes(path) ? '7.1' : null)

describe('findFfmpeg', () => {
  it('prefers the settings, then the package, then the PATH', async () => {
    expect(await findFfmpeg('/mine', knows('/mine', '/static', 'ffmpeg'), '/static')).toEqual({ path: '/mine', version: '7.1', from: 'settings' })
    expect(await findFfmpeg('/broken', knows('/static', 'ffmpeg'), '/static')).toMatchObject({ from: 'package' })
    expect(await findFfmpeg('', knows('ffmpeg'), '')).toMatchObject({ path: 'ffmpeg', from: 'path' })
  })
  it('says when there is none', async () => {
    expect(await findFfmpeg('', knows(), '')).toBeNull()
  })
  it('takes neither a missing program nor one that is not FFmpeg', async () => {
    expect(await askVersionOf(systemClock)('/nowhere/ffmpeg')).toBeNull()
    expect(await askVersionOf(systemClock)(process.execPath)).toBeNull()
  })
})
