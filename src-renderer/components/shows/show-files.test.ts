import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { Bridge } from '../../bridge/bridge.types.ts'
import { FakeShows } from '../../dev/fake-shows.ts'
import { emptyShow } from '../../show-editing/sample-show.ts'
import { exportShow, importShow } from './show-files.ts'

const shows = (more: Partial<Bridge['shows']>): Bridge['shows'] => ({ ...new FakeShows().client(emptyShow('a', 'A'), false, async (_call, _input, answer) => answer()), ...more })

describe('a show’s file', () => {
  it('is put together from its parts', async () => {
    const percents: number[] = []
    const { parts, fileName } = await exportShow(shows({}), 'a', (percent) => percents.push(percent))
    expect([fileName, parts, percents]).toEqual(['show.castwright.jsonl', ['part 0\n', 'part 1\n'], [50, 100]])
  })

  it.each([3, 7, 1000])('arrives whole in pieces of at most %i, without a letter cut in two', async (pieceLength) => {
    const text = '{"name":"直播 🎬"}\n'.repeat(20)
    const pieces: string[] = []
    const lasts: boolean[] = []
    const taken = shows({
      importPart: async ({ text: piece, isLast, importId }) => {
        expect(importId).toBe(pieces.length === 0 ? null : 'i')
        pieces.push(piece)
        lasts.push(isLast)
        return { importId: 'i', show: isLast ? emptyShow('new', 'New') : null }
      },
    })
    expect(await importShow(taken, new Blob([text]), () => {}, pieceLength)).toBe('new')
    expect(pieces.join('')).toBe(text)
    expect(Math.max(...pieces.map((each) => each.length))).toBeLessThanOrEqual(pieceLength)
    expect(lasts.filter(Boolean)).toHaveLength(1)
    expect(lasts.at(-1)).toBe(true)
  })

  it('that is refused in the middle is not sent further', async () => {
    let sent = 0
    const refusing = shows({
      importPart: async () => {
        sent++
        throw new StudioError('show-broken', 'no')
      },
    })
    await expect(importShow(refusing, new Blob(['x'.repeat(100)]), () => {}, 10)).rejects.toMatchObject({ reason: 'show-broken' })
    expect(sent).toBe(1)
  })
})
