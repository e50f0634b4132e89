import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sweepSecrets, writeSecrets } from './srt-secrets-file.ts'

const SECRETS = { passphrase: 'hush-hush-hush', streamId: '#!::r=live/a' }
const TEXT = 'passphrase=hush-hush-hush\nsrt_streamid=#!::r=live/a\n'
const PLACES = ['/dev/shm', tmpdir()]

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Names under which secrets of this process could be found. */
const names = async (of: (name: string) => boolean) => (await Promise.all(PLACES.map((place) => readdir(place).catch(() => [])))).flat().filter((name) => name.startsWith('castwright-srt-secrets-') && of(name))

it('writes nothing where there is nothing to hide', async () => {
  expect(await writeSecrets({ passphrase: '', streamId: '' })).toBeNull()
})

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  it('another process of this user reads the secrets, which have no name', async () => {
    const file = await writeSecrets(SECRETS)
    closers.push(() => file?.remove())
    for (let times = 0; times < 2; times++) expect(execFileSync('cat', [file?.path ?? ''], { encoding: 'utf8' })).toBe(TEXT)
    expect(await names((name) => name.startsWith(`castwright-srt-secrets-${process.pid}-`))).toEqual([])
    expect((await stat(file?.path ?? '')).mode & 0o777).toBe(0o600)
    expect((await stat(file?.path ?? '')).nlink).toBe(0)
    await file?.remove()
    await file?.remove()
  })

  it('nothing is left of a process that is killed', async () => {
    const code = `const { writeSecrets } = await import(${JSON.stringify(join(import.meta.dirname, 'srt-secrets-file.ts'))})
      console.log((await writeSecrets(${JSON.stringify(SECRETS)})).path); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    closers.push(() => child.kill('SIGKILL'))
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    const path = said.toString().trim()
    expect(await readFile(path, 'utf8')).toBe(TEXT)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(path)).toBe(false)
    expect(await names((name) => name.includes(String(child.pid)))).toEqual([])
  })
})

describe('where open files have no names', () => {
  it('the secrets lie where only this user may look, and are gone when they have been read', async () => {
    const file = await writeSecrets(SECRETS, false)
    closers.push(() => file?.remove())
    const path = file?.path ?? ''
    expect(await readFile(path, 'utf8')).toBe(TEXT)
    if (process.platform !== 'win32') expect([(await stat(path)).mode & 0o777, (await stat(dirname(path))).mode & 0o777]).toEqual([0o600, 0o700])
    await sweepSecrets()
    expect(existsSync(path)).toBe(true)
    await file?.remove()
    expect(existsSync(dirname(path))).toBe(false)
  })

  it('the next start removes what a studio that was killed left, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'castwright-sweep-'))
    closers.push(() => rm(folder, { recursive: true }))
    // No system counts its processes that far.
    for (const name of ['castwright-srt-secrets-99999999-abc', `castwright-srt-secrets-${process.pid}-abc`, 'castwright-srt-AbCdEf', 'somebody-elses']) {
      await mkdir(join(folder, name))
      await writeFile(join(folder, name, 'options.ffpreset'), TEXT)
    }
    await sweepSecrets(folder)
    expect((await readdir(folder)).sort()).toEqual(['castwright-srt-AbCdEf', `castwright-srt-secrets-${process.pid}-abc`, 'somebody-elses'])
    await sweepSecrets(join(folder, 'not-there'))
  })
})
