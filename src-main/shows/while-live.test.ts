import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FakeClock } from '../base/fake-clock.ts'
import { ShowStore } from './show-store.ts'
import { refusedWhileLive } from './while-live.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'castwright-live-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

it('keeps the show that viewers see from being replaced, but saves what is edited', async () => {
  let ids = 0
  const store = await ShowStore.open({ dataDir, clock: new FakeClock(), newId: () => `id-${++ids}`, onFailure: () => {} })
  let live = false
  const shows = refusedWhileLive(store, () => live)
  const first = await shows.create({ name: 'First' })
  const second = await shows.create({ name: 'Second' })
  await shows.save({ ...second, name: 'Second, changed' })
  const [older] = await shows.generations({ showId: second.id })
  live = true
  const refusals = [
    shows.restore({ showId: second.id, generationId: older?.id ?? '' }), shows.open({ showId: first.id }), shows.create({ name: '' }),
    shows.duplicate({ showId: first.id, name: '' }), shows.remove({ showId: second.id }), shows.importText({ text: '{}' }),
  ]
  for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ reason: 'not-while-live' })
  await shows.save({ ...second, name: 'Second, live' })
  expect(store.currentShow).toMatchObject({ id: second.id, name: 'Second, live' })
  live = false
  expect(await shows.open({ showId: first.id })).toMatchObject({ name: 'First' })
  await store.settled()
})
