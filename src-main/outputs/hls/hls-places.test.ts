import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import { Secret } from '../../base/secret.ts'
import { FakeUploadServer } from './fake-upload-server.ts'
import { HlsFolder } from './hls-folder.ts'
import { HlsUpload } from './hls-upload.ts'

const never = new AbortController().signal
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})
const failure = (work: Promise<unknown>): Promise<StudioError> => work.then(() => Promise.reject(new Error('it worked')), (error: StudioError) => error)

describe('a folder', () => {
  const make = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'castwright-hls-'))
    closers.push(() => rm(folder, { recursive: true, force: true }))
    return folder
  }
  it('is made when it is missing, and holds whole files only', async () => {
    const folder = join(await make(), 'new', 'er')
    const place = new HlsFolder(folder)
    await place.put('a.ts', Buffer.from('one'), never)
    await place.put('a.ts', Buffer.from('two'), never)
    expect(await readdir(folder)).toEqual(['a.ts'])
    expect(await readFile(join(folder, 'a.ts'), 'utf8')).toBe('two')
    expect(place.playlistName).toBe('index.m3u8')
    await place.remove('a.ts')
    await place.remove('a.ts')
    expect(await readdir(folder)).toEqual([])
  })
  it('takes the playlist’s own path too', async () => {
    const place = new HlsFolder(join(await make(), 'show.m3u8'))
    expect(place.playlistName).toBe('show.m3u8')
    expect(await place.left()).toBeNull()
    await place.put('show.m3u8', Buffer.from('#EXTM3U'), never)
    expect(await place.left()).toBe('#EXTM3U')
  })
  it('says what it is when it cannot be written', async () => {
    const file = join(await make(), 'file')
    await writeFile(file, '')
    expect((await failure(new HlsFolder(join(file, 'below')).put('a.ts', Buffer.from('x'), never))).reason).toBe('folder-not-writable')
    expect(() => new HlsFolder('not/from/the/root')).toThrow('address-invalid')
  })
})

describe('a web server', () => {
  const make = async (query = '', token = '', idleMs?: number) => {
    const server = new FakeUploadServer()
    const port = await server.listen()
    closers.push(() => server.close())
    const place = new HlsUpload({ address: `http://127.0.0.1:${port}/live/show.m3u8${query}`, token: new Secret(token), certificateAuthority: '', verifyCertificate: true }, idleMs)
    closers.push(() => place.close())
    return { server, place }
  }
  it('gets files beside the playlist, with the token and over one connection', async () => {
    const { server, place } = await make('', 'tok')
    await place.put('show-00001.ts', Buffer.alloc(300_000, 7), never)
    await place.put('show.m3u8', Buffer.from('#EXTM3U'), never)
    expect(server.requests).toEqual(['PUT /live/show-00001.ts', 'PUT /live/show.m3u8'])
    expect(server.files.get('/live/show-00001.ts')).toHaveLength(300_000)
    expect([...server.authorizations]).toEqual(['Bearer tok'])
    expect(server.sockets.size).toBe(1)
    expect(place.takenBytes).toBe(300_007)
  })
  it('gets no token where there is none, and its query with every file', async () => {
    const { server, place } = await make('?cid=1')
    await place.put('a.ts', Buffer.from('x'), never)
    expect(server.requests).toEqual(['PUT /live/a.ts?cid=1'])
    expect([...server.authorizations]).toEqual([undefined])
  })
  it('may have the name in its query', async () => {
    const { server } = await make()
    const place = new HlsUpload({ address: `http://127.0.0.1:${server.port}/upload?cid=x&file=out.m3u8`, token: new Secret(''), certificateAuthority: '', verifyCertificate: true })
    closers.push(() => place.close())
    await place.put('out-1.ts', Buffer.from('x'), never)
    await place.put('out.m3u8', Buffer.from('x'), never)
    expect(server.requests).toEqual(['PUT /upload?cid=x&file=out-1.ts', 'PUT /upload?cid=x&file=out.m3u8'])
  })
  it.each([[401, 'upload-refused'], [403, 'upload-refused'], [404, 'upload-refused'], [405, 'upload-refused'], [302, 'redirect-refused'], [429, 'server-busy'], [500, 'server-error'], [503, 'server-busy'], [418, 'upload-refused']])('says %i: %s', async (status, reason) => {
    const { server, place } = await make('?secret=1')
    server.answer = (_, response) => (response.writeHead(status).end(), true)
    expect(await failure(place.put('a.ts', Buffer.from('x'), never))).toMatchObject({ reason, evidence: `HTTP ${status}` })
  })
  it.each([
    ['{"code":40000411,"message":"user not in room"}', 'application/json', 'not-found', '40000411'],
    ['sign invalid', 'text/plain', 'signature-wrong', 'sign-invalid'],
    ['<p>code: 40000411</p>', 'text/html', 'upload-refused', undefined],
    [`${' '.repeat(100_000)} error code 40000411`, 'text/plain', 'upload-refused', undefined],
    ['code: 40000406', 'text/plain', 'upload-refused', undefined],
  ])('says why in its own words: %.40s', async (body, type, reason, serviceCode) => {
    const { server, place } = await make('', '40000406')
    server.answer = (_, response) => (response.writeHead(403, { 'content-type': type }).end(body), true)
    expect(await failure(place.put('a.ts', Buffer.from('x'), never))).toMatchObject({ reason, serviceCode })
  })
  it.each([
    ['7', 7000],
    ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
    ['soon', undefined],
  ])('says for how long it wants to be left alone: %s', async (after, retryAfterMs) => {
    const { server, place } = await make()
    server.answer = (_, response) => (response.writeHead(503, { date: 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry-after': after }).end(), true)
    expect((await failure(place.put('a.ts', Buffer.from('x'), never))).retryAfterMs).toBe(retryAfterMs)
  })
  it('is not asked to delete again when it does not let us', async () => {
    const { server, place } = await make()
    server.answer = (line, response) => (response.writeHead(line.startsWith('DELETE') ? 405 : 200).end(), true)
    await place.remove('a.ts', never)
    await place.remove('b.ts', never)
    expect(server.requests).toEqual(['DELETE /live/a.ts'])
  })
  it('that never answers a DELETE goes on getting files, and is not asked again', async () => {
    const { server, place } = await make('', '', 100)
    server.answer = (line) => line.startsWith('DELETE')
    await place.put('a.ts', Buffer.from('x'), never)
    await Promise.all(['1.ts', '2.ts', '3.ts'].map((name) => place.remove(name, never)))
    await place.put('b.ts', Buffer.from('x'), never)
    await place.remove('a.ts', never)
    expect(server.files.has('/live/b.ts')).toBe(true)
    expect(server.requests.filter((line) => line.startsWith('DELETE')).length).toBeLessThan(4)
  })
  it('that is not there, or is no address', async () => {
    const { server, place } = await make()
    await server.close()
    expect((await failure(place.put('a.ts', Buffer.from('x'), never))).reason).toBe('connection-refused')
    for (const address of ['ftp://h/a.m3u8', 'http://h/', 'http://u:p@h/a.m3u8', 'nonsense'])
      expect(() => new HlsUpload({ address, token: new Secret(''), certificateAuthority: '', verifyCertificate: true })).toThrow('address-invalid')
  })
  it('lets go when it is told to', async () => {
    const { server, place } = await make()
    server.answer = () => true
    const stop = new AbortController()
    const put = failure(place.put('a.ts', Buffer.from('x'), stop.signal))
    await expect.poll(() => server.requests.length).toBe(1)
    const reason = new Error('enough')
    stop.abort(reason)
    expect(await put).toBe(reason)
  })
})
