import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecretFile, plainCoding, type SecretCoding } from './secret-file.ts'

const sealed: SecretCoding = {
  protection: 'encrypted',
  encode: (value) => Promise.resolve(Buffer.from(value).toString('hex')),
  decode: (stored) => (/^[0-9a-f]+$/.test(stored) ? Promise.resolve(Buffer.from(stored, 'hex').toString()) : Promise.reject(new Error('wrong key'))),
}

describe('the secret file', () => {
  let folder: string
  let path: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-secrets-'))
    path = join(folder, 'deep/secrets.json')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('keeps, changes and forgets values, over a restart', async () => {
    const store = openSecretFile(path, plainCoding)
    expect(await store.get('a')).toBeNull()
    await store.set('a', '1')
    await store.set('b', '2')
    await store.set('a', '3')
    await store.delete('b')
    const again = openSecretFile(path, plainCoding)
    expect(await again.get('a')).toBe('3')
    expect(await again.get('b')).toBeNull()
    expect(await again.get('__proto__')).toBeNull()
  })

  it('is for this user alone, and leaves no other file behind', async () => {
    await openSecretFile(path, plainCoding).set('a', '1')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'deep'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(folder, 'deep'))).toEqual(['secrets.json'])
  })

  it('loses none of many writes at once', async () => {
    const store = openSecretFile(path, plainCoding)
    await Promise.all(Array.from({ length: 30 }, (_, i) => store.set(`name ${i}`, `value ${i}`)))
    const again = openSecretFile(path, plainCoding)
    expect(await Promise.all(Array.from({ length: 30 }, (_, i) => again.get(`name ${i}`)))).toEqual(Array.from({ length: 30 }, (_, i) => `value ${i}`))
  })

  it('sets a broken file aside instead of losing it', async () => {
    const store = openSecretFile(path, plainCoding)
    await store.set('a', '1')
    await writeFile(path, '{"version":1,')
    expect(await store.get('a')).toBeNull()
    expect(await readFile(`${path}.broken`, 'utf8')).toBe('{"version":1,')
    await store.set('a', '2')
    expect(await store.get('a')).toBe('2')
  })

  it('does not take what is protected otherwise for its own', async () => {
    await openSecretFile(path, sealed).set('a', 'secret')
    expect(await readFile(path, 'utf8')).not.toContain('secret')
    expect(await openSecretFile(path, plainCoding).get('a')).toBeNull()
    expect(await readdir(join(folder, 'deep'))).toEqual(['secrets.json.encrypted'])
  })

  it('gives each host its own values back after the other host was there', async () => {
    await openSecretFile(path, sealed).set('a', 'of one')
    await openSecretFile(path, plainCoding).set('a', 'of the other')
    expect(await openSecretFile(path, sealed).get('a')).toBe('of one')
    expect(await openSecretFile(path, plainCoding).get('a')).toBe('of the other')
  })

  it('says that its folder cannot be written', async () => {
    await writeFile(join(folder, 'deep'), 'a file')
    const store = openSecretFile(path, plainCoding)
    await expect(store.set('a', '1')).rejects.toMatchObject({ reason: 'folder-not-writable' })
    await expect(store.delete('a')).rejects.toMatchObject({ reason: 'folder-not-writable' })
  })

  it('counts what can no longer be decoded as absent', async () => {
    const store = openSecretFile(path, sealed)
    await store.set('a', 'secret')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"a":"[^"]*"/, '"a":"not hex"'))
    expect(await store.get('a')).toBeNull()
  })
})
