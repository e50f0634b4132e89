import { describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { moveToTrash, openPrivacySettings, revealCommands, revealFile, runTool } from './desktop.ts'

function recorded(answers: Record<string, number | null>) {
  const calls: string[][] = []
  return {
    calls,
    run: (command: string, args: readonly string[]) => {
      calls.push([command, ...args])
      return Promise.resolve(answers[command] ?? null)
    },
  }
}

describe('revealing a file', () => {
  it('asks the file manager by its bus first, the folder after that', async () => {
    const tools = recorded({ 'xdg-open': 0 })
    await revealFile("/home/ann/Videos/it's 课.mp4", tools.run, 'linux')
    expect(tools.calls.map(([command]) => command)).toEqual(['gdbus', 'xdg-open'])
    expect(tools.calls[0]).toContain("['file:///home/ann/Videos/it%27s%20%E8%AF%BE.mp4']")
    expect(tools.calls[1]).toEqual(['xdg-open', '/home/ann/Videos'])
  })

  it('says so where there is none', async () => {
    await expect(revealFile('/a/b.mp4', recorded({}).run, 'linux')).rejects.toMatchObject({ reason: 'no-file-manager' })
  })

  it('knows the other systems', async () => {
    expect(revealCommands('/a b.mp4', 'darwin')).toEqual([['open', ['-R', '/a b.mp4'], false]])
    await revealFile('C:\\a\\b.mp4', recorded({ 'explorer.exe': 1 }).run, 'win32')
  })
})

describe('the trash', () => {
  it('is the desktop’s where there is one', async () => {
    const tools = recorded({ gio: 0 })
    expect(await moveToTrash('/v/-a.mp4', tools.run, 'linux')).toBe(true)
    expect(tools.calls).toEqual([['gio', 'trash', '--', '/v/-a.mp4']])
    expect(await moveToTrash('/v/a.mp4', recorded({ gio: 1 }).run, 'linux')).toBe(false)
    expect(await moveToTrash('/v/a.mp4', recorded({}).run, 'linux')).toBe(false)
  })
})

it('runs real programs', async () => {
  const run = runTool(systemClock)
  expect(await run('true', [])).toBe(0)
  expect(await run('false', [])).toBe(1)
  expect(await run('/nonexistent', [])).toBeNull()
})

describe('opening the privacy settings', () => {
  it('opens the system’s own page', async () => {
    const tools = recorded({ open: 0, 'explorer.exe': 1 })
    await openPrivacySettings('microphone', tools.run, 'darwin')
    await openPrivacySettings('camera', tools.run, 'win32')
    expect(tools.calls).toEqual([['open', 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone'], ['explorer.exe', 'ms-settings:privacy-webcam']])
  })

  it.each([['screen', 'win32', {}], ['camera', 'linux', {}], ['camera', 'darwin', { open: 1 }], ['camera', 'darwin', {}]] as const)('says so where there is none: %s, %s, %o', async (device, platform, answers) => {
    await expect(openPrivacySettings(device, recorded(answers).run, platform)).rejects.toMatchObject({ reason: 'not-found' })
  })
})
