import { expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { Source } from '@shared/domain/source.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import type { MixedShow } from './audio/mixer.ts'
import { TrackLinks } from './track-links.ts'
import type { ToWorker } from './worker/messages.ts'

const microphone = (id: string): Source => ({ id, name: id, kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: true, noiseSuppression: true, autoGainControl: true })
const show = (onTrackTwo: readonly string[]): MixedShow => ({
  sources: ['a', 'b', 'c'].map(microphone),
  strips: Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { ...DEFAULT_STRIP, tracks: onTrackTwo.includes(id) ? [1, 2] : [1] }])),
})
const encoding = DEFAULT_ENCODING

function setUp() {
  const log: string[] = []
  const mixer = {
    openGroup(ids: readonly string[] | null) {
      log.push(`mix ${ids?.join('+')}`)
      return { setSources: (next: readonly string[] | null) => void log.push(`mix now ${next?.join('+')}`), close: () => void log.push('mix off') }
    },
  }
  const post = (message: ToWorker) => void log.push('track' in message ? `${message.type} ${message.track}${'format' in message ? ` ${message.format.bitrateKbps}x${message.format.channels}` : ''}` : message.type)
  return { links: new TrackLinks(mixer, post), take: () => log.splice(0) }
}

it('mixes and codes nothing while no track is recorded', () => {
  const { links, take } = setUp()
  links.setShow(show(['a']))
  links.follow({ encoding })
  links.close()
  expect(take()).toEqual([])
})

it('mixes a track that is recorded from who is on it, follows the show, and ends with the recording', () => {
  const { links, take } = setUp()
  links.setShow(show(['a', 'c']))
  links.follow({ encoding, tracks: [2, 3] })
  links.follow({ encoding, tracks: [2, 3] })
  expect(take()).toEqual(['mix a+c', 'track-open 2 128x2', 'mix ', 'track-open 3 128x2'])
  links.setShow(show(['b']))
  expect(take()).toEqual(['mix now b', 'mix now '])
  links.follow({ encoding, tracks: [3] })
  expect(take()).toEqual(['mix off', 'track-close 2'])
  links.follow({ encoding })
  expect(take()).toEqual(['mix off', 'track-close 3'])
})

it('codes anew when the sound is to be coded otherwise, and only then', () => {
  const { links, take } = setUp()
  links.follow({ encoding, tracks: [2] })
  take()
  links.follow({ encoding: { ...encoding, videoKbps: 900 }, tracks: [2] })
  expect(take()).toEqual([])
  links.follow({ encoding: { ...encoding, audioChannels: 1 }, tracks: [2] })
  expect(take()).toEqual(['mix off', 'track-close 2', 'mix ', 'track-open 2 128x1'])
})
