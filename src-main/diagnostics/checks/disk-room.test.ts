import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { freeBytesAt } from '../../base/free-bytes.ts'
import { diskRoom } from './disk-room.ts'

const found = (freeBytes: (path: string) => Promise<number>) =>
  diskRoom({ recordingsFolder: () => '/videos', freeBytes }).perform({ log: silentLogger, clock: new FakeClock(), signal: new AbortController().signal, options: {}, progress() {} })

describe('system.disk', () => {
  it.each([
    [5e9, 'pass', 'enough'],
    [4.9e9, 'warn', 'little'],
    [1e9, 'warn', 'little'],
    [0.9e9, 'fail', 'none'],
  ])('%d bytes free: %s', async (bytes, status, code) => {
    expect(await found(async (path) => (expect(path).toBe('/videos'), bytes))).toMatchObject({ status, code, value: bytes / 1e9 })
  })
})

describe('freeBytesAt', () => {
  it('looks where a folder would be made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'castwright-room-'))
    try {
      expect(await freeBytesAt(join(folder, 'a', 'b'))).toBeGreaterThan(0)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
  it('says what else is wrong', async () => {
    await expect(freeBytesAt('/dev/null/x')).rejects.toThrow('ENOTDIR')
  })
})
