import { describe, expect, it } from 'vitest'
import { bridgeIsTheDoor, length, loggerOnly, noBarrels, speaksOfItself, timeAndChance } from './rules.mjs'

const lines = (rule, path, text) => rule(path, text).map(({ line }) => line)

describe('time and chance', () => {
  it.each(['Date.now()', 'setTimeout(f, 1)', 'setInterval(f, 1)', 'Math.random()', 'new Date()', 'performance.now()', 'globalThis.setTimeout(f)'])('%s is refused in main', (code) => {
    expect(lines(timeAndChance, 'src-main/bus/bus.ts', `const a = 1\nconst b = ${code}\n`)).toEqual([2])
  })
  it('leaves the clock, tests, fakes, comments, the page and dates made of numbers alone', () => {
    expect(timeAndChance('src-main/base/clock.ts', 'Date.now()')).toEqual([])
    expect(timeAndChance('src-main/bus/bus.test.ts', 'setTimeout(f)')).toEqual([])
    expect(timeAndChance('src-main/base/fake-clock.ts', 'setTimeout(f)')).toEqual([])
    expect(timeAndChance('src-main/bus/bus.ts', '// not Date.now()\n/** nor setTimeout */\nnew Date(atMs)\nclock.now()')).toEqual([])
    expect(timeAndChance('src-renderer/engine/clock.ts', 'performance.now()')).toEqual([])
  })
})

describe('length', () => {
  const text = (count) => 'x\n'.repeat(count)
  it('stops at 300 lines, tests excepted', () => {
    expect(length('src-main/a.ts', text(300))).toEqual([])
    expect(lines(length, 'src-main/a.ts', text(301))).toEqual([301])
    expect(lines(length, 'src-renderer/views/A.vue', text(301))).toEqual([301])
    expect(lines(length, 'scripts/a.mjs', text(301))).toEqual([301])
    expect(length('src-main/a.test.ts', text(900))).toEqual([])
    expect(length('package-lock.json', text(900))).toEqual([])
  })
})

describe('the bridge', () => {
  it('is the only door to main', () => {
    expect(lines(bridgeIsTheDoor, 'src-renderer/stores/live.ts', 'new WebSocket(url)')).toEqual([1])
    expect(lines(bridgeIsTheDoor, 'src-renderer/stores/live.ts', 'window.castwright.send()')).toEqual([1])
    expect(lines(bridgeIsTheDoor, 'src-renderer/engine/worker.ts', 'globalThis.castwright.send()')).toEqual([1])
    expect(bridgeIsTheDoor('src-renderer/bridge/socket.ts', 'new WebSocket(url)')).toEqual([])
    expect(bridgeIsTheDoor('src-renderer/engine/program/port.ts', 'new WebSocket(url)')).toEqual([])
    expect(bridgeIsTheDoor('src-main/host/browser/server.ts', 'new WebSocket(url)')).toEqual([])
  })
})

describe('barrels and consoles', () => {
  it('are refused in the product', () => {
    expect(lines(noBarrels, 'src-main/bus/index.ts', "export * from './bus.ts'")).toEqual([1])
    expect(lines(noBarrels, 'src-main/bus/index.ts', "export { a } from './bus.ts'")).toEqual([1])
    expect(noBarrels('src-main/bus/bus.ts', "export { a } from './a.ts'")).toEqual([])
    expect(lines(loggerOnly, 'src-main/bus/bus.ts', "console.log('x')")).toEqual([1])
    expect(loggerOnly('src-main/cli/usage.ts', "console.log('x')")).toEqual([])
    expect(loggerOnly('scripts/a.mjs', "console.log('x')")).toEqual([])
  })
})

describe('the project', () => {
  it('names no registry and no machine', () => {
    expect(lines(speaksOfItself, 'docs/a.md', 'see https://registry.example.org/vue')).toEqual([1])
    expect(lines(speaksOfItself, '.npmrc', 'fund=false\nregistry=https://packages.example.com')).toEqual([2])
    expect(lines(speaksOfItself, 'docs/a.md', 'measured in /work/tree/out')).toEqual([1])
    expect(lines(speaksOfItself, 'src-main/a.ts', '// see /home/someone/notes')).toEqual([1])
    expect(speaksOfItself('docs/a.md', 'a place like /home/ann/shows')).toEqual([])
    expect(speaksOfItself('docs/a.md', 'a set of notes in the registry of devices')).toEqual([])
  })
  it('locks packages by their contents alone', () => {
    expect(lines(speaksOfItself, 'package-lock.json', `{\n  "resolved": "https://example.com/vue.tgz"\n}`)).toEqual([2])
    expect(speaksOfItself('package-lock.json', '{\n  "integrity": "sha512-x"\n}')).toEqual([])
  })
})
