import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { RecordedFile, RecordedShow } from '@shared/domain/recording.ts'
import { canDo, filterShows, nameParts, peopleIn, piecesOf, sumOf } from './list.ts'
import { canJump, playable } from './play-recording.ts'
import { useSelection } from './selection.ts'
import { bytesText, lengthText } from './texts.ts'

const file = (path: string, part: Partial<RecordedFile> = {}): RecordedFile => ({
  path, format: 'mp4', kind: 'recording', sizeBytes: 100, durationMs: 1000, startedAtMs: 0, width: 1280, height: 720, condition: 'good', ...part,
})
const show = (name: string, ...files: RecordedFile[]): RecordedShow => ({ showRunId: name, name, startedAtMs: 0, files })

describe('looking for recordings', () => {
  const shows = [show('Physics Tuesday', file('a_1.mp4'), file('b.flv', { format: 'flv', kind: 'converted' })), show('课程', file('lessons/c.mp4'))]
  const found = (text: string, kind: 'all' | RecordedFile['kind'] = 'all') => filterShows(shows, { text, kind }, ({ name }) => name).flatMap(({ files }) => files.map(({ path }) => path))

  it('finds by show, path and format, every word somewhere', () => {
    expect(found('')).toHaveLength(3)
    expect(found('physics')).toEqual(['a_1.mp4', 'b.flv'])
    expect(found('FLV tues')).toEqual(['b.flv'])
    expect(found('课')).toEqual(['lessons/c.mp4'])
    expect(found('lessons')).toEqual(['lessons/c.mp4'])
    expect(found('physics lessons')).toEqual([])
    expect(found('', 'converted')).toEqual(['b.flv'])
  })
})

describe('what can be done', () => {
  it('with pieces, cut-off, damaged and growing files', () => {
    expect(canDo([file('a'), file('b')])).toMatchObject({ join: true, merge: true, repair: false, trash: true, convert: ['mkv', 'flv', 'ts', 'hls', 'aac'] })
    expect(canDo([file('a')])).toMatchObject({ join: false, merge: true })
    expect(canDo([file('a', { condition: 'unfinished' })])).toMatchObject({ merge: true, repair: true })
    expect(canDo([file('a', { condition: 'broken' })])).toMatchObject({ merge: false, repair: true, trash: true, convert: [] })
    expect(canDo([file('a'), file('b', { condition: 'writing' })])).toMatchObject({ join: false, trash: false, repair: false, convert: [] })
    expect(canDo([file('a', { format: 'png', kind: 'snapshot' })])).toMatchObject({ merge: false, trash: true, convert: [] })
    expect(canDo([])).toMatchObject({ join: false, trash: false, repair: false, convert: [] })
  })

  it('with a whole show: the pieces of its mixed program in one format', () => {
    expect(piecesOf(show('s', file('a_1.mp4'), file('a_2.mp4'), file('r.mp4', { kind: 'replay' }), file('a_3.mp4', { condition: 'broken' })))).toEqual(['a_1.mp4', 'a_2.mp4'])
    expect(piecesOf(show('s', file('a_1.mp4')))).toBeNull()
    expect(piecesOf(show('s', file('a.mp4'), file('a.mkv', { format: 'mkv' })))).toBeNull()
    expect(piecesOf(show('s', file('a__UserId_s_x__UserId_e_main_video.mp4'), file('a__UserId_s_x__UserId_e_aux_video.mp4')))).toBeNull()
  })

  it('people are counted by their names', () => {
    expect(peopleIn(['a__UserId_s_x__UserId_e_main_video_1.mp4', 'b/a__UserId_s_x__UserId_e_aux_video.mp4', 'a__UserId_s_y__UserId_e_main_audio.aac'])).toBe(2)
    expect(peopleIn(['a_1.mp4', 'a_2.mp4'])).toBe(1)
  })
})

it('sums', () => {
  expect(sumOf([file('a'), file('b', { durationMs: null })])).toEqual({ files: 2, durationMs: 1000, sizeBytes: 200 })
  expect([0, 999, 1000, 12_340, 999_400, 1_840_000_000, 2.5e15].map(bytesText)).toEqual(['0 B', '999 B', '1.00 kB', '12.3 kB', '999 kB', '1.84 GB', '2500 TB'])
  expect([null, 999, 61_000, 3_723_000].map(lengthText)).toEqual(['–', '00:01', '01:01', '1:02:03'])
})

describe('the selection', () => {
  const order = ref(['a', 'b', 'c', 'd'])
  const fresh = () => {
    order.value = ['a', 'b', 'c', 'd']
    return useSelection(order)
  }

  it('moves, toggles and extends, within the list', () => {
    const selection = fresh()
    expect(selection.current.value).toBe('a')
    selection.moveBy(2, false)
    selection.moveBy(9, false)
    expect(selection.current.value).toBe('d')
    selection.moveBy(-1, true)
    selection.moveBy(-1, true)
    expect(selection.paths.value).toEqual(['b', 'c', 'd'])
    selection.toggle('c')
    expect(selection.paths.value).toEqual(['b', 'd'])
    selection.extendTo('a')
    expect(selection.paths.value).toEqual(['a', 'b', 'c', 'd'])
    selection.clear()
    expect(selection.paths.value).toEqual([])
  })

  it('is about what is shown', () => {
    const selection = fresh()
    selection.set(['a', 'd'], true)
    selection.moveTo('d')
    order.value = ['a', 'b']
    expect(selection.paths.value).toEqual(['a'])
    expect(selection.current.value).toBe('a')
    order.value = []
    expect(selection.current.value).toBeNull()
    selection.moveBy(1, true)
    expect(selection.paths.value).toEqual([])
  })
})

it('HLS is played where the window can; in some formats it finds its way only forward', () => {
  expect(playable('hls', { canPlayType: () => '' })).toBe(false)
  expect(playable('hls', { canPlayType: () => 'maybe' })).toBe(true)
  expect(playable('flv', { canPlayType: () => '' })).toBe(true)
  expect(['mp4', 'ts', 'flv', 'mkv'].map((format) => canJump(format as 'mp4'))).toEqual([true, false, false, true])
})

describe('a name that is too long for its place', () => {
  it('keeps its end, by which files of one recording differ', () => {
    const path = 'lessons/7b/1400_c3R1ZGlv__UserId_s_YW5u__UserId_e_main_video_1.mp4'
    const { folder, begin, end } = nameParts(path)
    expect([folder, end]).toEqual(['lessons/7b/', '_e_main_video_1.mp4'.padStart(20, 'd')])
    expect(folder + begin + end).toBe(path)
  })

  it('is whole when it is short, and not cut within a letter', () => {
    expect(nameParts('a.mp4')).toEqual({ folder: '', begin: 'a.mp4', end: '' })
    const { begin, end } = nameParts(`${'😀'.repeat(30)}.mp4`)
    expect([begin, end]).toEqual(['😀'.repeat(14), `${'😀'.repeat(16)}.mp4`])
  })
})
