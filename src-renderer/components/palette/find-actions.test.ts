import { describe, expect, it } from 'vitest'
import type { StudioAction } from '../../actions/action.ts'
import { findActions } from './find-actions.ts'

const run = () => {}
const action = (id: string, more: Partial<StudioAction> = {}): StudioAction => ({ id, group: 'window', titleKey: id, run, ...more })
const ACTIONS = [action('live'), action('record'), action('mute', { titleValues: () => ({ name: 'Desk' }) }), { id: 'held', group: 'window', titleKey: 'held' } satisfies StudioAction, action('never', { enabled: () => false })]
const english: Record<string, string> = { live: 'Go live', record: 'Start or stop recording', mute: 'Mute or unmute {name}', held: 'Talk', never: 'Go nowhere' }
const chinese: Record<string, string> = { live: '开始直播', record: '开始或停止录制', mute: '静音：{name}', held: '说话', never: '无' }
const say = (texts: Record<string, string>) => (key: string, values: Record<string, string | number> = {}) => (texts[key] ?? key).replace('{name}', String(values['name'] ?? ''))
const find = (typed: string, recent: string[] = []) => findActions(ACTIONS, typed, [say(chinese), say(english)], recent)

describe('finding an action', () => {
  it('finds in the current language and in English, and shows the current one', () => {
    expect(find('直播')[0]).toMatchObject({ title: '开始直播' })
    expect(find('go l').map((each) => each.title)).toEqual(['开始直播'])
    expect(find('unmute desk')[0]?.action.id).toBe('mute')
    expect(find('sosr')[0]?.action.id).toBe('record')
  })

  it('puts what was used recently first, and what is not possible now last', () => {
    expect(find('', ['mute', 'record']).map((each) => each.action.id)).toEqual(['mute', 'record', 'live', 'never'])
    expect(find('go').map((each) => each.action.id)).toEqual(['live', 'never'])
  })

  it('leaves out what only a held key can do, and what nothing is called', () => {
    expect(find('talk')).toEqual([])
    expect(find('xyzzy')).toEqual([])
  })
})
