import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildState } from './build.mjs'
import { askedHost, chooseHost } from './choose-host.mjs'
import { bundledFfmpeg, dependenciesState, installDependencies } from './dependencies.mjs'
import { electronBinary, shouldDownload } from './electron.mjs'
import { browserPlaces, findBrowser, hasChineseFont, hasDisplay, onPath } from './find.mjs'
import { installCommand, missingNeeds, packageManager, packagesFor } from './needs.mjs'
import { isNodeNewEnough } from './node-version.mjs'
import { exitCode, run } from './run.mjs'
import { compare, contentKey, listFiles, quickKey, readStamp, writeStamp } from './stamp.mjs'

let root
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'castwright-set-up-')) })
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path, text = path, atS = 1_700_000_000) {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
  utimesSync(join(root, path), atS, atS)
}
function putProgram(path) {
  put(path, '#!/bin/sh\n')
  chmodSync(join(root, path), 0o755)
}

describe('the Node that is needed', () => {
  it.each([['20.19.0', true], ['20.18.9', false], ['18.20.4', false], ['22.0.0', true], ['24.21.0', true]])('%s: %s', (version, enough) => {
    expect(isNodeNewEnough(version)).toBe(enough)
  })
})

describe('stamps', () => {
  it('reads nothing from a missing, broken or foreign file', () => {
    expect(readStamp(join(root, 'no'))).toEqual({})
    put('broken', '{')
    put('list', '[1]')
    expect(readStamp(join(root, 'broken'))).toEqual({})
    expect(readStamp(join(root, 'list'))).toEqual({})
  })

  it('gives back what was written', () => {
    writeStamp(join(root, 's.json'), { told: ['electron'] })
    expect(readStamp(join(root, 's.json'))).toEqual({ told: ['electron'] })
  })

  it('takes touched files with the same contents as the same, and remembers the new times', () => {
    put('src/a.ts', 'one')
    const first = compare(root, listFiles(root, ['src']), undefined)
    expect(first.same).toBe(false)
    put('src/a.ts', 'one', 1_700_000_100)
    const touched = compare(root, listFiles(root, ['src']), first.now)
    expect(touched.same).toBe(true)
    expect(touched.now.quick).not.toBe(first.now.quick)
    put('src/a.ts', 'two', 1_700_000_200)
    expect(compare(root, listFiles(root, ['src']), touched.now).same).toBe(false)
  })

  it('notices added, removed and renamed files', () => {
    put('src/a.ts', 'x')
    const keys = () => [quickKey(listFiles(root, ['src'])), contentKey(root, listFiles(root, ['src']))]
    const one = keys()
    put('src/b.ts', 'x')
    const two = keys()
    rmSync(join(root, 'src/a.ts'))
    const renamed = keys()
    expect(new Set([one[0], two[0], renamed[0]]).size).toBe(3)
    expect(new Set([one[1], two[1], renamed[1]]).size).toBe(3)
  })
})

describe('installed packages', () => {
  it('never installs through a link, which would empty the folder behind it', async () => {
    put('elsewhere/package/index.js')
    symlinkSync(join(root, 'elsewhere'), join(root, 'node_modules'))
    const said = []
    expect(await installDependencies(root, (sentence) => said.push(sentence))).toBe(2)
    expect(said).toHaveLength(1)
    expect(existsSync(join(root, 'elsewhere/package/index.js'))).toBe(true)
  })

  it('are missing without npm\'s record, whatever the stamp says', () => {
    put('package-lock.json')
    const { now } = dependenciesState(root, undefined)
    expect(dependenciesState(root, now).installed).toBe(false)
  })

  it('match when npm wrote its record after the lock file', () => {
    put('package-lock.json', '{}', 1000)
    put('node_modules/.package-lock.json', '{}', 1001)
    expect(dependenciesState(root, undefined).installed).toBe(true)
  })

  it('match when a newer lock file has the contents last installed, and only then', () => {
    put('package-lock.json', '{}', 1000)
    put('node_modules/.package-lock.json', '{}', 1001)
    const { now } = dependenciesState(root, undefined)
    put('package-lock.json', '{}', 2000)
    expect(dependenciesState(root, now).installed).toBe(true)
    put('package-lock.json', '{ }', 2000)
    expect(dependenciesState(root, now).installed).toBe(false)
  })

  it('need not have FFmpeg', () => {
    expect(bundledFfmpeg(root, 'linux')).toBeNull()
    put('node_modules/ffmpeg-static/ffmpeg')
    expect(bundledFfmpeg(root, 'linux')).toBe(join(root, 'node_modules/ffmpeg-static/ffmpeg'))
  })
})

describe('the build', () => {
  const results = ['out/main/main.js', 'out/main/serve.js', 'out/main/rehearsal-server.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

  it('is wanted when results are missing, sources changed, or never built; tests do not count', () => {
    put('src-main/serve.ts', 'one')
    const { now } = buildState(root, undefined)
    expect(buildState(root, now).built).toBe(false)
    for (const path of results) put(path)
    expect(buildState(root, undefined).built).toBe(false)
    expect(buildState(root, now).built).toBe(true)
    put('src-main/serve.test.ts', 'a test')
    expect(buildState(root, now).built).toBe(true)
    put('src-main/serve.ts', 'two', 1_700_000_100)
    expect(buildState(root, now).built).toBe(false)
  })
})

describe('finding programs', () => {
  it('takes the first name in the order of names, and only programs', () => {
    put('bin/chromium')
    putProgram('bin/google-chrome')
    mkdirSync(join(root, 'bin/msedge'))
    expect(onPath(['chromium', 'google-chrome', 'msedge'], { path: join(root, 'bin'), platform: 'linux' })).toBe(join(root, 'bin/google-chrome'))
    expect(onPath(['msedge'], { path: join(root, 'bin'), platform: 'linux' })).toBeNull()
    expect(onPath(['ffmpeg'], { path: '', platform: 'linux' })).toBeNull()
  })

  it('lets CASTWRIGHT_BROWSER decide alone', () => {
    putProgram('bin/chromium')
    putProgram('else/my-browser')
    const env = { PATH: join(root, 'bin') }
    expect(findBrowser({ env, platform: 'linux' })).toBe(join(root, 'bin/chromium'))
    expect(findBrowser({ env: { ...env, CASTWRIGHT_BROWSER: join(root, 'else/my-browser') }, platform: 'linux' })).toBe(join(root, 'else/my-browser'))
    expect(findBrowser({ env: { ...env, CASTWRIGHT_BROWSER: join(root, 'gone') }, platform: 'linux' })).toBeNull()
    expect(findBrowser({ env: { ...env, CASTWRIGHT_BROWSER: 'chromium' }, platform: 'linux' })).toBe(join(root, 'bin/chromium'))
  })

  it('knows the places of macOS and Windows', () => {
    expect(browserPlaces('darwin', { HOME: '/Users/ann' })).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    expect(browserPlaces('win32', { PROGRAMFILES: 'C:/Program Files' }).some((file) => file.includes('msedge.exe'))).toBe(true)
  })

  it('sees fonts and displays', () => {
    put('noto/NotoSansCJK-Regular.ttc')
    expect(hasChineseFont('linux', [join(root, 'noto')])).toBe(true)
    expect(hasChineseFont('linux', [join(root, 'none')])).toBe(false)
    expect(hasChineseFont('darwin', [])).toBe(true)
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })
})

describe('what the system must have', () => {
  const nothing = {}
  it('is less for a start than for the tests', () => {
    expect(missingNeeds('start', nothing)).toEqual(['browser', 'ffmpeg', 'chineseFont'])
    expect(missingNeeds('test', nothing)).toEqual(['browser', 'ffmpeg', 'chineseFont', 'ffprobe', 'openssl', 'nginxRtmp', 'janus', 'coturn'])
    expect(missingNeeds('start', { browser: true, chineseFont: true })).toEqual(['ffmpeg'])
  })

  it('is got by the package manager of the system', () => {
    const none = () => false
    expect(packageManager('linux', 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', none)).toBe('apt')
    expect(packageManager('linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', none)).toBe('dnf')
    expect(packageManager('linux', 'ID=arch\n', none)).toBe('pacman')
    expect(packageManager('linux', 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', none)).toBe('zypper')
    expect(packageManager('linux', 'ID=alpine\n', none)).toBe('apk')
    expect(packageManager('linux', 'ID=void\n', none)).toBeNull()
    expect(packageManager('linux', '', (program) => program === 'dnf')).toBe('dnf')
    expect(packageManager('darwin', '', none)).toBe('brew')
    expect(packageManager('win32', '', none)).toBe('winget')
  })

  it('is printed as a command to copy', () => {
    expect(packagesFor('apt', ['ffmpeg', 'ffprobe', 'nginxRtmp'])).toEqual(['ffmpeg', 'nginx', 'libnginx-mod-rtmp', 'libnginx-mod-stream'])
    expect(installCommand('apt', ['chromium', 'ffmpeg'])).toBe('sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium ffmpeg')
    expect(installCommand('apt', ['chromium'], { root: true })).toBe('apt-get update && apt-get install -y --no-install-recommends chromium')
    expect(installCommand('dnf', ['chromium'])).toBe('sudo dnf install -y chromium')
    expect(installCommand('pacman', packagesFor('pacman', ['browser', 'chineseFont']))).toBe('sudo pacman -S --needed chromium noto-fonts-cjk')
    expect(installCommand('brew', packagesFor('brew', ['browser', 'ffmpeg']))).toBe('brew install --cask google-chrome && brew install ffmpeg')
    expect(installCommand('winget', ['Gyan.FFmpeg'])).toBe('winget install --exact --id Gyan.FFmpeg')
    expect(installCommand('brew', packagesFor('brew', ['nginxRtmp']))).toBeNull()
    expect(installCommand(null, ['chromium'])).toBeNull()
  })
})

describe('Electron', () => {
  it('is there when its program is', () => {
    expect(electronBinary(root, {})).toBeNull()
    put('node_modules/electron/path.txt', 'electron')
    expect(electronBinary(root, {})).toBeNull()
    put('node_modules/electron/dist/electron')
    expect(electronBinary(root, {})).toBe(join(root, 'node_modules/electron/dist/electron'))
  })

  it('is downloaded once per version, on machines that could show it, or when asked', () => {
    const fresh = { binary: null, version: '45.4.1', remembered: undefined, usable: true, wish: undefined }
    expect(shouldDownload(fresh)).toBe(true)
    expect(shouldDownload({ ...fresh, remembered: { version: '45.4.1', arrived: false } })).toBe(false)
    expect(shouldDownload({ ...fresh, remembered: { version: '44.0.0', arrived: false } })).toBe(true)
    expect(shouldDownload({ ...fresh, remembered: { version: '45.4.1', arrived: false }, wish: 'retry' })).toBe(true)
    expect(shouldDownload({ ...fresh, usable: false })).toBe(false)
    expect(shouldDownload({ ...fresh, wish: 'skip' })).toBe(false)
    expect(shouldDownload({ ...fresh, binary: '/somewhere/electron', wish: 'retry' })).toBe(false)
  })

  it('runs the studio when it can, unless asked otherwise, and always says why', () => {
    const able = { asked: null, binary: '/e', display: true }
    expect(chooseHost(able).host).toBe('electron')
    expect(chooseHost({ ...able, display: false }).host).toBe('browser')
    expect(chooseHost({ ...able, binary: null }).host).toBe('browser')
    expect(chooseHost({ ...able, asked: 'browser' }).host).toBe('browser')
    expect(chooseHost({ ...able, asked: 'electron', display: false }).host).toBe('electron')
    expect(chooseHost({ ...able, asked: 'electron', binary: null }).host).toBeNull()
    const sentences = [able, { ...able, display: false }, { ...able, binary: null }, { ...able, asked: 'browser' }, { ...able, asked: 'electron', binary: null }].map((each) => chooseHost(each).why)
    expect(new Set(sentences).size).toBe(5)
  })

  it('reads --host in both spellings', () => {
    expect(askedHost(['--headless', '--host', 'browser'])).toBe('browser')
    expect(askedHost(['--host=electron'])).toBe('electron')
    expect(askedHost(['--to', 'rehearsal'])).toBeNull()
    expect(askedHost(['--host'])).toBeNull()
  })
})

describe('running a step', () => {
  const script = (text) => run(process.execPath, ['-e', text], { quiet: true })
  it('returns its exit code', async () => {
    expect(await script('process.exit(7)')).toBe(7)
    expect(await run(join(root, 'no-such-program'), [], { quiet: true })).toBe(127)
  })
  it('ends it after its time', async () => {
    expect(await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { quiet: true, timeoutMs: 200 })).toBe(124)
  })
  it('tells signals as a shell does', () => {
    expect(exitCode(null, 'SIGTERM')).toBe(143)
    expect(exitCode(0, null)).toBe(0)
  })
})
