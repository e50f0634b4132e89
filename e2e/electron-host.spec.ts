import { _electron as electron, expect, test } from '@playwright/test'
import { electronMissing, electronProgram } from './fixtures/electron.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { inspect } from './fixtures/stream-check.ts'
import { ROOT } from './fixtures/studio.ts'

/** The Electron host, wherever its program is found. */
test.skip(electronMissing !== null, electronMissing ?? '')

test('the window shows the page, sandboxed, and the show arrives', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const folder = await TestFolder.create()
  const server = await NginxRtmp.start()
  const show = await folder.write('show.json', patternShow({ width: 640, height: 360 }))
  const app = await electron.launch({
    executablePath: electronProgram ?? '',
    cwd: ROOT,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.', '--fake-devices', '--data-dir', folder.file('data'), '--show', show, '--to', `${server.address}/electron`],
  })
  try {
    const page = await app.firstWindow()
    expect(new URL(page.url()).protocol).not.toMatch(/^(file|data):$/)
    expect(await page.evaluate('typeof require + typeof process')).toBe('undefinedundefined')
    expect(await page.evaluate('globalThis.crossOriginIsolated')).toBe(true)
    await server.receives('electron', { moreThanBytes: 300_000, timeoutMs: 30_000 })
  } finally {
    await app.close()
  }
  const [recording] = await server.recordings('electron')
  expect((await inspect(recording ?? '')).video).toMatchObject({ codec: 'h264', width: 640, height: 360, bFrames: 0, monotonic: true })
  await server.close()
  await folder.close()
})
