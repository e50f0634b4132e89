import type { IncomingMessage } from 'node:http'
import { channelDescription, MAX_SDP_LENGTH } from '@shared/diagnostics/channel-messages.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { ChannelEchoes } from './channel-echoes.ts'

/** As JSON, each character of a description may take two. */
const MAX_BODY_BYTES = MAX_SDP_LENGTH * 2

/** Reads an offer out of a request and resolves with what to answer; the server's own time limit ends a body that does not end. */
export async function answerOffer(request: IncomingMessage, channels: ChannelEchoes): Promise<{ status: number; body: object }> {
  try {
    const offer = channelDescription.safeParse(JSON.parse(await bodyOf(request)))
    if (!offer.success) return { status: 400, body: { error: 'this is no offer' } }
    return { status: 200, body: { sdp: await channels.answer(offer.data.sdp, request.socket.localAddress ?? '127.0.0.1') } }
  } catch (error) {
    return StudioError.from(error).reason === 'server-busy' ? { status: 503, body: { error: 'too many clients' } } : { status: 400, body: { error: 'this is no offer' } }
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > MAX_BODY_BYTES) throw new StudioError('input-invalid')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
