import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { destinations } from '../src-shared/contracts/destinations.ts'
import { shows } from '../src-shared/contracts/shows.ts'
import { StudioError } from '../src-shared/domain/errors.ts'
import { SHOW_VERSION } from '../src-shared/domain/show.ts'
import { patternShow, screenAndCameraShow, TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { Studio } from './fixtures/studio.ts'

/** Whatever is typed, pasted or lying on the disk: a sentence for the user, and nothing lost. */

let folder: TestFolder
test.beforeAll(async () => { folder = await TestFolder.create() })
test.afterAll(() => folder.close())

test.describe('on the command line', () => {
  /** Runs the studio with a wrong call: it must end by itself with 2 and say what is wrong and how to call it. */
  async function refused(...args: string[]): Promise<string> {
    const studio = await Studio.start({ args: ['--for', '1', ...args] })
    try {
      expect(await studio.ended(15_000)).toBe(2)
      expect(studio.stderr.trim()).not.toBe('')
      expect(studio.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/)
      return studio.stderr
    } finally {
      await studio.close()
    }
  }

  const addresses: [string, string][] = [
    ['spaces', 'rtmp://exa mple.com/live/verysecretkey'],
    ['a line break', 'rtmp://example.com/live\n/verysecretkey'],
    ['an unknown scheme', 'gopher://example.com/live/verysecretkey'],
    ['no host', 'rtmp:///live/verysecretkey'],
    ['10,000 characters', `rtmp://example.com/live/verysecretkey${'a'.repeat(10_000)}`],
    ['nothing', ''],
  ]
  for (const [what, address] of addresses) {
    test(`an address with ${what} is refused without repeating its key`, async () => {
      const said = await refused('--to', address)
      expect(said).not.toContain('verysecretkey')
      expect(said.length).toBeLessThan(5000)
    })
  }

  test('unknown options, missing values and numbers that are none are refused by name', async () => {
    expect(await refused('--nonsense')).toContain('--nonsense')
    expect(await refused('--for', 'soon')).toContain('--for')
    expect(await refused('--port', '99999')).toContain('--port')
    expect(await refused('--to')).toContain('--to')
  })

  test('a show that is not there, not JSON, or of a newer version is refused and left alone', async () => {
    const broken = await folder.write('broken.json', '{ "version": 1, "na')
    const newer = await folder.write('newer.json', { ...patternShow(), version: SHOW_VERSION + 1 })
    for (const file of [folder.file('none.json'), broken, newer]) expect(await refused('--show', file, '--to', 'rehearsal')).toMatch(/show/i)
    expect(await readFile(broken, 'utf8')).toBe('{ "version": 1, "na')
  })

  test('a folder that cannot be written is refused by name', async () => {
    const file = await folder.write('a-file', 'not a folder')
    expect(await refused('--report', `${file}/report.json`, '--to', 'rehearsal')).toContain('a-file')
    expect(await refused('--data-dir', `${file}/data`, '--to', 'rehearsal')).toContain('a-file')
  })
})

test('a show whose devices are gone goes live with what is there', async () => {
  const show = await folder.write('gone.json', screenAndCameraShow({ width: 640, height: 360, videoKbps: 500 }, 'a-device-that-is-gone'))
  const studio = await Studio.start({ args: ['--show', show, '--to', 'rehearsal', '--for', '6'] })
  try {
    expect(await studio.ended()).toBe(0)
    expect((await studio.report()).outputs[0]).toMatchObject({ connects: 1, gaps: [] })
  } finally {
    await studio.close()
  }
})

test.describe('in the window', () => {
  let studio: SteeredStudio
  test.beforeAll(async () => { studio = await SteeredStudio.start(patternShow({ width: 320, height: 180 })) })
  test.afterAll(() => studio.close())

  const wrong: [string, string, RegExp][] = [
    ['spaces', 'rtmp://exa mple.com/live', /address-invalid/],
    ['line breaks', 'rtmp://example.com/li\nve', /address-invalid/],
    ['an unknown scheme', 'gopher://example.com/live', /address-scheme-unknown|address-invalid/],
    ['2,049 and more characters', `rtmp://example.com/${'a'.repeat(10_000)}`, /input-invalid|address-invalid/],
  ]
  for (const [what, address, reason] of wrong) {
    test(`an address with ${what} is refused with a reason and changes nothing`, async () => {
      const before = await studio.rpc.state(destinations, 'list')
      const failure = await studio.addDestination({ address, key: 'k' }).then(() => null, (error: unknown) => error)
      expect(failure).toBeInstanceOf(StudioError)
      expect((failure as StudioError).reason).toMatch(reason)
      expect(await studio.rpc.state(destinations, 'list')).toEqual(before)
    })
  }

  const texts: [string, string, string][] = [
    ['not JSON', 'certainly not JSON', 'show-broken'],
    ['of a newer version', JSON.stringify({ ...patternShow(), version: SHOW_VERSION + 1 }), 'show-newer'],
    ['JSON but no show', JSON.stringify({ version: SHOW_VERSION, scenes: [] }), 'show-invalid'],
  ]
  for (const [what, text, reason] of texts) {
    test(`a show file that is ${what} is refused with a reason and changes nothing`, async () => {
      const before = await studio.rpc.service(shows).current({})
      await expect(studio.rpc.service(shows).importText({ text })).rejects.toMatchObject({ reason })
      expect((await studio.rpc.service(shows).current({})).show).toEqual(before.show)
    })
  }
})
