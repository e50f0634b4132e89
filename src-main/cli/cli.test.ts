import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultDataDir, type Surroundings } from './data-dir.ts'
import { parseOptions, type StudioOptions } from './options.ts'
import { refuseDuplicates, resolveAddresses, type AddressSources } from './to-addresses.ts'
import { USAGE, UsageError, wrongCallText } from './usage.ts'

const linux: Surroundings = { env: {}, platform: 'linux', homeDir: '/home/ann' }
const parse = (line: string): StudioOptions => parseOptions(line === '' ? [] : line.split(' '), linux)
const errorOf = (work: () => unknown): UsageError => {
  try {
    work()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('parseOptions', () => {
  it('starts a window with what was saved when nothing is said', () => {
    expect(parse('')).toEqual({
      action: 'run', speedServerPort: null, headless: false, showFile: null, to: [], forSeconds: null, recordTo: null, reportTo: null, fakeDevices: false, safe: false, host: null,
      port: null, dataDir: '/home/ann/.config/castwright', ownDataDir: false, logLevel: 'info', encoding: {}, startsLive: false, diagnose: null, redact: false, diagnosticOptions: {},
    })
  })

  it('reads everything', () => {
    const line = '--headless --show s.json --to rehearsal --to rtmp://h/a/k --for 20.5 --record /v --report - --fake-devices --host browser --port 8080'
    const more = ' --data-dir /d --log-level debug --size 1280x720 --fps 30 --bitrate 2500'
    expect(parse(line + more)).toEqual({
      action: 'run', speedServerPort: null, headless: true, showFile: 's.json', to: ['rehearsal', 'rtmp://h/a/k'], forSeconds: 20.5, recordTo: '/v', reportTo: '-', fakeDevices: true, safe: false,
      host: 'browser', port: 8080, dataDir: '/d', ownDataDir: true, logLevel: 'debug', encoding: { width: 1280, height: 720, frameRate: 30, videoKbps: 2500 }, startsLive: true, diagnose: null, redact: false, diagnosticOptions: {},
    })
  })

  it('starts safely with a window only', () => {
    expect(parse('--safe')).toMatchObject({ safe: true, startsLive: false })
    for (const line of ['--safe --headless', '--safe --to rehearsal', '--safe --record v', '--safe --diagnose']) expect(errorOf(() => parse(line)).message, line).toContain('--safe')
  })

  it('starts by itself to be recorded, in a folder that later changes of the working folder do not move', () => {
    expect(parse('--record rec --for 5')).toMatchObject({ recordTo: resolve('rec'), startsLive: true, headless: false, to: [] })
  })

  it.each([
    ['--diagnose', []],
    ['--diagnose --report -', []],
    ['--diagnose camera.picture,group:network --report -', ['camera.picture', 'group:network']],
    ['--diagnose=camera.picture', ['camera.picture']],
  ])('%s runs checks and no show', (line, names) => {
    expect(parse(line)).toMatchObject({ diagnose: names, headless: true, startsLive: false })
  })

  it('takes what the checks may do', () => {
    expect(parse('--diagnose --test-server http://10.0.0.2:8080 --agree public-push').diagnosticOptions).toEqual({ testServer: 'http://10.0.0.2:8080', agreed: ['public-push'] })
    expect(parse('--diagnose --redact --report -').redact).toBe(true)
  })

  it.each([['--speed-server', 5201], ['--speed-server 9000', 9000], ['--speed-server=9001', 9001], ['--speed-server --log-level debug', 5201]])('%s is a test server on port %d', (line, port) => {
    expect(parse(line)).toMatchObject({ action: 'speed-server', speedServerPort: port })
  })

  it.each([['--help', 'help'], ['-h', 'help'], ['--version', 'version'], ['--help --record x', 'help']])('%s asks for %s', (line, action) => {
    expect(parse(line).action).toBe(action)
  })

  it.each([
    ['--nonsense', /no option --nonsense/],
    ['-x', /no option -x/],
    ['--record', /--record needs a value/],
    ['--for', /--for needs a value/],
    ['--for --headless', /--for needs a value/],
    ['--to', /--to needs a value/],
    ['--headless=yes', /--headless takes no value/],
    ['--headless --for 0', /--for needs a number from 1 to 604800 \(seconds\)/],
    ['--headless --for soon', /--for needs a number/],
    ['--headless --for 1e3', /--for needs a number/],
    ['--for 5', /add --headless, --to ADDRESS or --record DIR/],
    ['--host netscape', /--host is one of electron, browser/],
    ['--speed-server 0', /--speed-server needs a whole number from 1 to 65535/],
    ['--speed-server soon', /--speed-server needs a whole number/],
    ['--port 70000', /--port needs a whole number from 1 to 65535/],
    ['--port 80 --host electron', /belongs to the browser host/],
    ['--log-level loud', /debug, info, warn, error/],
    ['--size 1281x720', /--size needs an even width/],
    ['--size 1920x1920', /--size needs/],
    ['--size big', /--size needs/],
    ['--fps 12', /--fps needs a whole number from 15 to 60/],
    ['--bitrate 99999', /--bitrate needs a whole number from 100 to 20000/],
    ['--diagnose NONSENSE', /needs names of checks/],
    ['--diagnose --to rehearsal', /runs no show/],
    ['--headless --redact', /--redact belongs/],
    ['--diagnose --agree everything', /--agree is one of/],
    ['--show=', /--show needs a file/],
    ['--data-dir=', /--data-dir needs a folder/],
    ['--to=', /--to needs an address/],
  ])('refuses %s', (line, sentence) => {
    const text = wrongCallText(errorOf(() => parse(line)))
    expect(text).toMatch(sentence)
    expect(text).toMatch(/^castwright: .*\nFor example: castwright .*\nAll options: castwright --help\n$/)
  })

  it('never repeats a key in what it says', () => {
    for (const line of ['rtmp://host/live/hush-hush', '--headless rtmp://user:hush@host/live/hush-hush?t=hush', '--rtmp://host/live/hush-hush']) {
      expect(errorOf(() => parse(line)).message).not.toContain('hush')
    }
  })

  it('names every option in its help', () => {
    for (const option of ['headless', 'show', 'to', 'for', 'report', 'fake-devices', 'host', 'port', 'data-dir', 'log-level', 'size', 'fps', 'bitrate', 'diagnose', 'redact', 'test-server', 'speed-server', 'agree', 'help', 'version']) {
      expect(USAGE).toContain(`--${option}`)
    }
  })
})

describe('defaultDataDir', () => {
  it.each<[string, Partial<Surroundings>, string]>([
    ['the usual place', {}, '/home/ann/.config/castwright'],
    ['XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: '/conf' } }, '/conf/castwright'],
    ['a relative XDG_CONFIG_HOME does not count', { env: { XDG_CONFIG_HOME: 'conf' } }, '/home/ann/.config/castwright'],
    ['CASTWRIGHT_DATA', { env: { CASTWRIGHT_DATA: '/own', XDG_CONFIG_HOME: '/conf' } }, '/own'],
    ['macOS', { platform: 'darwin', homeDir: '/Users/ann' }, '/Users/ann/Library/Application Support/Castwright'],
    ['Windows', { platform: 'win32', env: { APPDATA: 'C:\\A' } }, 'C:\\A\\Castwright'],
    ['Windows without APPDATA', { platform: 'win32', homeDir: 'C:\\Users\\ann' }, 'C:\\Users\\ann\\AppData\\Roaming\\Castwright'],
  ])('%s', (_what, given, expected) => {
    expect(defaultDataDir({ ...linux, ...given })).toBe(expected)
  })
})

describe('resolveAddresses', () => {
  const files: Record<string, string> = { 'list.txt': '# mine\r\n\r\n rtmp://a/live/k1 \nrehearsal\n', 'empty.txt': '# nothing', 'bad.txt': 'gopher://x/hush' }
  const sources: AddressSources = {
    env: { TARGET: 'rtmps://e/live/k2' },
    readInput: async () => 'rtmp://i/live/k3\n',
    readText: async (path) => files[path] ?? Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })),
  }

  it('reads addresses from where they are kept, in order', async () => {
    expect(await resolveAddresses(['rehearsal', '@list.txt', 'env:TARGET', '-', 'rtmp://d/live/k4'], sources)).toEqual([
      'rehearsal', 'rtmp://a/live/k1', 'rehearsal', 'rtmps://e/live/k2', 'rtmp://i/live/k3', 'rtmp://d/live/k4',
    ])
  })

  it.each([
    ['@none.txt', /cannot be read \(ENOENT\)/],
    ['@empty.txt', /no address in the file empty\.txt/],
    ['@bad.txt', /in the file bad\.txt: Castwright cannot send to this kind of address/],
    ['env:NONE', /no environment variable NONE/],
    ['rtmp://h/a b/hush', /not a complete server address.*space/],
    [`rtmp://h/${'x'.repeat(10_000)}/hush`, /longer than 2048/],
  ])('refuses %s without repeating a key', async (value, sentence) => {
    const failing = resolveAddresses([value], sources)
    await expect(failing).rejects.toThrow(UsageError)
    await expect(failing).rejects.toThrow(sentence)
    await expect(failing).rejects.not.toThrow(/hush/)
  })

  it('leaves no place to two broadcasts', () => {
    expect(() => refuseDuplicates(['rehearsal', 'rtmp://h/live/a', 'rtmp://h/live/b'])).not.toThrow()
    expect(() => refuseDuplicates(['rehearsal', 'rehearsal'])).toThrow(UsageError)
    expect(() => refuseDuplicates(['rtmp://h/live/hush', 'rehearsal', 'rtmp://H:1935/live/hush'])).toThrow(/^(?!.*hush).*given twice/)
  })
})
