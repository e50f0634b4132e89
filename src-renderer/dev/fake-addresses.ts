import type { DestinationFacts, TokenFacts } from '@shared/contracts/addresses.ts'
import { signStreamName } from '@shared/domain/addresses/push-signature.ts'
import { defaultPlaybackDomain, playbackAddresses } from '@shared/domain/addresses/stream-name.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import type { Topic } from './topic.ts'

/** 2030-01-01: no look at the page comes later. */
const LATER_MS = 1_893_456_000_000
const TOKEN: TokenFacts = { kind: 'private-map-key', expiresAtMs: LATER_MS, sdkAppId: '1400000001', user: 'ann', room: 'room_a', rights: ['enterRoom', 'sendAudio', 'receiveAudio', 'sendVideo'] }
const SERVERS = [{ name: 'any', address: 'rtmps://ingest.global-contribute.live-video.net/app' }, { name: 'Europe: Frankfurt', address: 'rtmps://euc10.contribute.live-video.net/app' }, { name: 'Asia: Tokyo', address: 'rtmps://apn10.contribute.live-video.net/app' }]

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** The `addresses` service without main: made-up hashes, tokens and lists, in the right shapes. */
export function fakeAddresses(facts: Topic<DestinationFacts[]>, answer: Answer): Bridge['addresses'] {
  const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff_ffff, 7).toString(16).padStart(32, '0')
  return {
    platformServers: (input) => answer('platformServers', input, () => ({ servers: SERVERS, fresh: false, evidence: 'ENOTFOUND' })),
    playback: (input) =>
      answer('playback', input, () => {
        const name = 'name' in input.stream ? input.stream.name : `${input.stream.bizId}_${hash(input.stream.room + input.stream.user + input.stream.type)}`
        const domain = input.domain || ('bizId' in input.stream ? defaultPlaybackDomain(input.stream.bizId) : 'play.example.com')
        return { name, ...playbackAddresses({ domain, name, application: input.application, secure: input.secure }) }
      }),
    signPush: (input) => answer('signPush', { streamName: input.streamName }, () => ({ streamKey: signStreamName(input.streamName, 'k', input.expiresAtMs, hash) })),
    makeToken: (input) => answer('makeToken', { userId: input.userId }, () => ({ userSig: `eJw${hash(input.userId)}`, privateMapKey: input.rights ? `eJx${hash(input.room)}` : '', facts: { ...TOKEN, user: input.userId, room: input.room, rights: input.rights } })),
    fetchToken: (input) => answer('fetchToken', {}, () => ({ userSig: `eJw${hash(input.address)}`, privateMapKey: '', token: '', address: '', streamKey: '', facts: TOKEN })),
    inspectToken: (input) => answer('inspectToken', {}, () => (input.token.startsWith('eJ') ? TOKEN : null)),
    isKept: (input) => answer('isKept', input, () => false),
    watch: (_topic, onState) => facts.watch(onState as never),
  }
}
