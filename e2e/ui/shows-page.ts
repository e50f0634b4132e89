import type { Page } from '@playwright/test'

/** Gives the window with nothing behind it older states, another show, a second profile, and an import that leaves things out. */
export async function arrangeShows(page: Page): Promise<void> {
  await page.evaluate(`{
    const { bridge } = globalThis.fakes
    const hour = 3_600_000
    const now = Date.UTC(2026, 10, 20, 15, 30)
    bridge.kept.generations = [1 / 60, 0.25, 1, 5, 24, 72].map((hours, index) => ({ id: 'g' + index, savedAtMs: now - hours * hour, name: 'Physics, Tuesday', sceneCount: 4 - Math.floor(index / 2), sourceCount: index === 5 ? 1 : 9 - index }))
    bridge.kept.list.set([{ id: 'other', name: 'Chemistry', savedAtMs: now }])
    bridge.kept.leftOut = [
      { what: 'Camera', why: 'choose-again', detail: '/dev/video0' }, { what: 'Screen', why: 'choose-again', detail: 'xshm_input' }, { what: 'Screen', why: 'size-unknown', detail: '' },
      { what: 'Slides', why: 'file-missing', detail: '/home/user/a folder with a long name/and another one inside/slide-0001.png' }, { what: 'Intro', why: 'source-kind', detail: 'ffmpeg_source' },
      { what: 'Camera', why: 'filter-kind', detail: 'chroma_key_filter' }, { what: 'Lessons', why: 'hotkeys', detail: '' },
    ]
    const [first] = bridge.profiled.state.state.profiles
    bridge.profiled.state.set({ activeId: 'first', profiles: [
      { ...first, encoding: { ...first.encoding, videoKbps: 4000 }, destinationNames: ['Rehearsal', 'Twitch', 'YouTube'] },
      { ...first, id: 'school', name: 'School', encoding: { ...first.encoding, width: 960, height: 540, videoKbps: 1500 } },
    ] })
  }`)
}

/** Answers the next file chooser of the import dialog with a collection. */
export async function chooseCollection(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('dialog').locator('.file button').click()
  await (await chooser).setFiles({ name: 'Lessons.json', mimeType: 'application/json', buffer: Buffer.from('{"sources":[],"scene_order":[]}') })
}
