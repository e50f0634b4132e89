import { expect, it } from 'vitest'
import type { SingleWish } from '@shared/contracts/engine.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { SideContent } from '@shared/domain/program-content.ts'
import { SingleLinks } from './single-links.ts'
import type { ToWorker } from './worker/messages.ts'

const wish = (sourceId: string, ...soundIds: string[]): SingleWish => ({ sourceId, soundIds, encoding: DEFAULT_ENCODING })

/** Main's ports open when the test says so. */
function setUp() {
  const log: string[] = []
  const opening: ((value: { kind: 'websocket'; url: string }) => void)[] = []
  const mixer = {
    openGroup(soundIds: readonly string[] | null) {
      log.push(`sound ${soundIds?.join('+') ?? 'of the mix'}`)
      return { sound: {} as AudioNode, setSources: (ids: readonly string[] | null) => void log.push(`sound now ${ids?.join('+') ?? 'of the mix'}`), close: () => void log.push('sound off') }
    },
  }
  const tracks = {
    openTrack: () => ({
      track: {} as MediaStreamTrack,
      play: (group: object | null) => void log.push(`track plays ${group === null ? 'nothing' : 'the group'}`),
      stop: () => void log.push('track off'),
    }),
  }
  const openPort = (content: SideContent) => {
    log.push(`port ${content}`)
    return new Promise<{ kind: 'websocket'; url: string }>((resolve) => opening.push(resolve))
  }
  const post = (message: ToWorker) => void log.push('wish' in message ? [message.type, message.wish.sourceId, ...('reduced' in message.wish ? [message.wish.reduced?.videoKbps] : [])].join(' ') : message.type)
  const links = new SingleLinks({ ...mixer, ...tracks }, openPort, post)
  const opened = async () => {
    opening.shift()?.({ kind: 'websocket', url: 'ws://x/' })
    await Promise.resolve()
    await Promise.resolve()
  }
  return { links, opened, take: () => log.splice(0) }
}

it('opens nothing while no single stream is wanted', () => {
  const { links, take } = setUp()
  links.follow({})
  links.close()
  expect(take()).toEqual([])
})

it('opens port, sound and pipeline, follows changes, and closes all of it', async () => {
  const { links, opened, take } = setUp()
  links.follow({ main: wish('camera', 'microphone') })
  links.follow({ main: wish('camera', 'microphone') })
  expect(take()).toEqual(['port main'])
  await opened()
  expect(take()).toEqual(['sound microphone', 'single-open camera'])
  links.follow({ main: wish('other', 'a', 'b') })
  expect(take()).toEqual(['sound now a+b', 'single other'])
  links.follow({})
  expect(take()).toEqual(['sound off', 'single-close'])
})

it('passes on what the lines leave of it', async () => {
  const { links, opened, take } = setUp()
  links.follow({ main: wish('camera') })
  await opened()
  take()
  links.follow({ main: { ...wish('camera'), reduced: { videoKbps: 700, frameStep: 1 } } })
  expect(take()).toContain('single camera 700')
})

it('takes the newest wish when the port is there, and leaves a port unused that is no longer wanted', async () => {
  const { links, opened, take } = setUp()
  links.follow({ aux: wish('screen', 'screen') })
  links.follow({ aux: wish('window', 'window') })
  await opened()
  expect(take()).toEqual(['port aux', 'sound window', 'single-open window'])
  links.follow({})
  links.follow({ aux: wish('screen') })
  links.follow({})
  await opened()
  expect(take()).toEqual(['sound off', 'single-close', 'port aux'])
})

it('plays a stream in a track while it is wanted, whichever comes first', async () => {
  const { links, opened, take } = setUp()
  const before = links.openTrack('main')
  links.follow({ main: wish('camera', 'microphone') })
  expect(take()).toEqual(['track plays nothing', 'port main'])
  await opened()
  expect(take()).toEqual(['sound microphone', 'track plays the group', 'single-open camera'])
  before.stop()
  links.openTrack('main')
  expect(take()).toEqual(['track off', 'track plays the group'])
  links.follow({})
  expect(take()).toEqual(['track plays nothing', 'sound off', 'single-close'])
})

it('gives the second canvas the sound of the mix', async () => {
  const { links, opened, take } = setUp()
  const second = (videoKbps: number): SingleWish => ({ sourceId: null, soundIds: null, encoding: { ...DEFAULT_ENCODING, videoKbps } })
  links.follow({ second: second(2000) })
  await opened()
  links.follow({ second: second(1000) })
  links.follow({})
  expect(take()).toEqual(['port second', 'sound of the mix', 'single-open ', 'sound now of the mix', 'single ', 'sound off', 'single-close'])
})
