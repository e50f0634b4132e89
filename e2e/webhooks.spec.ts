import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { webhooks } from '../src-shared/contracts/webhooks.ts'
import { MediaServer } from './fixtures/media-server.ts'
import { NoticeReceiver } from './fixtures/notice-receiver.ts'
import { screenAndCameraShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'

/** A user's back end is told of a show from its beginning to its end: every signature fits, and the times put everything in order. */

/** The later tests look at what the first one has left behind. */
test.describe.configure({ mode: 'serial' })

const KEY = `k${randomBytes(12).toString('hex')}`
const GROUPS = ['room', 'media', 'recording', 'push'] as const

let server: MediaServer
let receiver: NoticeReceiver
let studio: SteeredStudio
test.beforeAll(async () => {
  server = await MediaServer.start()
  receiver = await NoticeReceiver.start(KEY)
  studio = await SteeredStudio.start(screenAndCameraShow({ width: 320, height: 180, videoKbps: 300 }), { args: ['--log-level', 'debug'] })
})
test.afterAll(async () => {
  await studio.close()
  await receiver.close()
  await server.close()
})

const save = (dialect: 'room' | 'classic') =>
  studio.rpc.service(webhooks).save({ webhook: { id: dialect, name: dialect, url: receiver.url(dialect), dialect, applicationId: '1400000123', groups: [...GROUPS], enabled: true }, key: KEY })

test('a show with a break is told in both dialects, signed and in order', async () => {
  for (const dialect of ['room', 'classic'] as const) await save(dialect)
  await studio.rpc.service(webhooks).setIdentity({ roomId: '8489', userId: 'ann', recordId: 'lesson' })
  expect(await studio.rpc.service(webhooks).test({ webhookId: 'room' })).toMatchObject({ status: 200, answer: '{"code":0}', reason: null })
  receiver.received.length = 0

  const id = await studio.goLiveTo({ address: server.address, key: 'told' })
  await studio.output(id, ({ state }) => state === 'running', 40_000)
  await until('camera and sound are told', () => receiver.ofType(201).length > 0 && receiver.ofType(203).length > 0, { timeoutMs: 30_000 })
  // Past the first moments, in which a closing server has had second thoughts about the key.
  await until('it has flowed for a while', async () => (await studio.figuresOf(id)).totalFramesSent > 60)
  await server.kill()
  await studio.output(id, ({ state }) => state === 'recovering')
  await server.restart()
  await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2, 30_000)
  await studio.endShow()
  await until('the end is told', () => receiver.ofType(102).length > 0 && receiver.ofType(0).length >= 2, { timeoutMs: 30_000 })
  await until('nothing waits any more', async () => (await studio.rpc.state(webhooks, 'log')).every(({ state }) => state === 'delivered'), { timeoutMs: 30_000 })

  expect(receiver.received.filter(({ signed }) => !signed)).toEqual([])
  const told = receiver.inOrder
  const types = told.map(({ type }) => type)
  expect(types.slice(0, 2)).toEqual([101, 103])
  expect(types.slice(-2)).toEqual([104, 102])
  expect(types).not.toContain(202)
  const states = told.filter(({ type }) => type === 401).map(({ status }) => status)
  expect(states.filter((state, index) => state !== states[index - 1])).toEqual([1, 2, 3, 2, 5, 0])
  const broken = told.find(({ status }) => status === 3)?.body as { EventInfo: { RoomId: number; UserId: string; Payload: { ErrorCode: number; ErrorMsg: string; Url: string } } }
  expect(broken.EventInfo).toMatchObject({ RoomId: 8489, UserId: 'ann', Payload: { ErrorCode: -1 } })
  expect(broken.EventInfo.Payload.ErrorMsg).toMatch(/^(server-closed|connection-lost): \S/)

  const streams = receiver.ofType(0, 1).map(({ body }) => body)
  expect(streams.map((body) => body['event_type']).sort()).toEqual([0, 0, 1, 1])
  expect(streams.every((body) => body['stream_id'] === id && body['stream_param'] === 'recordId=lesson' && body['errcode'] === body['errorcode'])).toBe(true)
  expect(new Set(streams.map((body) => body['sequence'])).size).toBe(2)
})

test('what the checker says of a received notice', async () => {
  const { raw } = receiver.ofType(1)[0] ?? { raw: '' }
  const check = (body: string, key: string) => studio.rpc.service(webhooks).check({ dialect: 'classic', body, sign: '', key })
  expect((await check(raw, KEY)).verdict).toBe('valid')
  expect((await check(raw, `${KEY}x`)).verdict).toBe('wrong-sign')
})

test('keys of notices stay in the secret store', async () => {
  receiver.answer = 500
  await studio.rpc.service(webhooks).test({ webhookId: 'room' })
  await expect(studio.rpc.service(webhooks).save({ webhook: { id: 'bad', name: '', url: receiver.url('room'), dialect: 'room', applicationId: '', groups: [], enabled: true }, key: `${KEY}-no` })).rejects.not.toThrow(KEY)
  const traces = (await studio.studio.tracesText()) + (await studio.page.content()) + studio.browser.problems.join('\n')
  expect(traces).toContain('output')
  expect(traces).not.toContain(KEY)
})
