import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { MediaServer } from './fixtures/media-server.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { Studio } from './fixtures/studio.ts'
import { until } from './fixtures/until.ts'

/** Keys, tokens and query strings in every place where they must not be: output, logs, report, settings, arguments of processes. */

const secret = () => `s3cret${randomBytes(10).toString('hex')}`

let folder: TestFolder
let server: MediaServer
test.beforeAll(async () => {
  folder = await TestFolder.create()
  server = await MediaServer.start()
})
test.afterAll(async () => {
  await server.close()
  await folder.close()
})

test('a show with everything that can go wrong tells no secret', async () => {
  const [key, token, refusedKey, unresolvedKey] = [secret(), secret(), secret(), secret()]
  const show = await folder.write('show.json', patternShow({ width: 320, height: 180, videoKbps: 300 }))
  const studio = await Studio.start({ args: [
    '--show', show, '--for', '12', '--log-level', 'debug',
    '--to', `${server.address}/${key}?token=${token}`,
    '--to', `rtmp://127.0.0.1:9/live/${refusedKey}?token=${token}`,
    '--to', `rtmps://no-such-host.invalid/live/${unresolvedKey}`,
  ] })
  try {
    await until('it is live', () => server.published(key) === 1 || server.log.includes(key), { timeoutMs: 30_000 })
    const whileLive = await studio.tracesText()
    expect(await studio.ended()).toBe(1)
    const traces = whileLive + (await studio.tracesText())
    expect(traces.length).toBeGreaterThan(500)
    expect(traces).toContain('no-such-host.invalid')
    for (const each of [key, token, refusedKey, unresolvedKey]) expect(traces).not.toContain(each)
    const { outputs } = await studio.report()
    expect(outputs).toHaveLength(3)
    expect(JSON.stringify(outputs)).not.toContain('?')
  } finally {
    await studio.close()
  }
})

test('keys that are typed into the window stay in the secret store', async () => {
  const [key, token] = [secret(), secret()]
  const studio = await SteeredStudio.start(patternShow({ width: 320, height: 180, videoKbps: 300 }), { args: ['--log-level', 'debug'] })
  try {
    const id = await studio.goLiveTo({ address: server.address, key: `${key}?token=${token}` })
    await studio.output(id, ({ state }) => state === 'running')
    await server.kill()
    await studio.output(id, ({ state }) => state === 'recovering')
    await server.restart()
    await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2)
    await expect(studio.addDestination({ address: `rtmp://exa mple/${key}`, key: token })).rejects.not.toThrow(key)
    await studio.endShow()
    const shown = await studio.page.content()
    await studio.studio.end()
    const traces = (await studio.studio.tracesText()) + shown + studio.browser.problems.join('\n')
    for (const each of [key, token]) expect(traces).not.toContain(each)
  } finally {
    await studio.close()
  }
})
