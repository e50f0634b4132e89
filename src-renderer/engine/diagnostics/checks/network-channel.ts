import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { judgeChannel } from '../measure/judge-channel.ts'
import { measureChannel } from '../measure/measure-channel.ts'
import { NoChannel, openChannel } from '../measure/open-channel.ts'

export interface ChannelCheckParts {
  /** Takes an offer to the test server, which the page may not do itself. Rejects with a StudioError. */
  exchangeOffer(offer: { server: string; sdp: string }): Promise<{ sdp: string }>
  makeConnection(): RTCPeerConnection
}

/** Losses of both directions, round trip and jitter through a WebRTC data channel to the test server; `data` names them as `network.line` does. */
export const networkChannel = ({ exchangeOffer, makeConnection }: ChannelCheckParts) =>
  diagnostic({
    name: 'network.channel',
    group: 'network',
    uses: 'line',
    timeoutMs: 60_000,
    async perform({ options: { testServer: server }, clock, signal, progress }) {
      if (!server) return { status: 'skipped', code: 'no-server' }
      try {
        const { channel, close } = await openChannel({ exchange: async (sdp) => (await exchangeOffer({ server, sdp })).sdp, makeConnection, clock, signal })
        try {
          return judgeChannel(await measureChannel(channel, { clock, signal, progress }))
        } finally {
          close()
        }
      } catch (thrown) {
        signal.throwIfAborted()
        if (thrown instanceof NoChannel) return { status: thrown.code === 'udp-blocked' ? 'warn' : 'error', code: thrown.code, evidence: thrown.message }
        return cannotBeUsed(StudioError.from(thrown))
      }
    },
  })

/** Which of the ways in which a server cannot be asked is the line's fault. */
function cannotBeUsed({ reason, evidence }: StudioError) {
  const told = { evidence: evidence === '' ? reason : `${reason}: ${evidence}` }
  if (reason === 'address-invalid') return { status: 'error' as const, code: 'server-address' as const, ...told }
  if (reason === 'token-rejected') return { status: 'error' as const, code: 'server-refused' as const, ...told }
  if (reason === 'server-busy') return { status: 'error' as const, code: 'server-busy' as const, ...told }
  if (reason === 'protocol-error' || reason === 'endpoint-not-found' || reason === 'server-error') return { status: 'error' as const, code: 'server-wrong' as const, ...told }
  return { status: 'fail' as const, code: 'down' as const, ...told }
}
