import { describe, expect, it } from 'vitest'
import { emptyShow } from '../../show-editing/sample-show.ts'
import { openedList } from './action-rig-sample.ts'
import { showFileActions } from './show-file-actions.ts'

const opened = () => openedList(showFileActions, emptyShow('first', 'First'))

describe('actions on whole shows', () => {
  it('save what there is before they make a copy and open it', async () => {
    const { bridge, shows, run } = await opened()
    shows.edit((show) => ({ ...show, name: 'Changed' }))
    run('show:duplicate')
    const asked = () => bridge.calls.filter((each) => each.service === 'shows').map((each) => each.call)
    await expect.poll(asked).toEqual(['current', 'save', 'duplicate', 'open'])
    expect(bridge.calls.find((each) => each.call === 'duplicate')?.input).toEqual({ showId: 'first', name: 'Changed (copy)' })
  })

  it('open another show, not the one that is open', async () => {
    const { shows, ids, run } = await opened()
    shows.summaries = ['first', 'second'].map((id) => ({ id, name: id, savedAtMs: 0 }))
    expect(ids().filter((each) => each.startsWith('show:open:'))).toEqual(['show:open:second'])
    run('show:open:second')
    await expect.poll(() => shows.show?.id).toBe('second')
  })

  it('open the dialogs of the show’s menu', async () => {
    const { dialogs, run } = await opened()
    for (const [id, dialog] of [['show:older', 'older-states'], ['show:import-obs', 'obs-import'], ['show:profiles', 'profiles'], ['show:remove', 'remove-show']] as const) {
      run(id)
      expect(dialogs.dialog).toBe(dialog)
    }
  })

  it('switch the second canvas on and off', async () => {
    const { shows, run } = await opened()
    run('show:second-canvas')
    expect(shows.show?.second?.enabled).toBe(true)
    run('show:second-canvas')
    expect(shows.show?.second?.enabled).toBe(false)
  })

  it('leave viewers their show', async () => {
    const { broadcast, possible } = await opened()
    broadcast.status = { ...broadcast.status, live: true }
    expect(['show:new', 'show:duplicate', 'show:import', 'show:import-obs', 'show:remove'].filter(possible)).toEqual([])
    expect(['show:older', 'show:export', 'show:profiles'].filter(possible)).toHaveLength(3)
  })

  it('switch to a profile that is not in use', async () => {
    const { bridge, ids, possible, run } = await opened()
    const { profileId } = await bridge.profiles.create({ name: 'Phone' })
    await expect.poll(ids).toContain(`profile:use:${profileId}`)
    run(`profile:use:${profileId}`)
    await expect.poll(() => possible(`profile:use:${profileId}`)).toBeUndefined()
  })
})
