import { afterEach, describe, expect, it } from 'vitest'
import { type RTCDataChannel, RTCPeerConnection } from 'werift'
import { askForCounts, CHANNEL_LABEL, type ChannelMessage, packetOf, readChannelMessage } from '@shared/diagnostics/channel-messages.ts'
import { systemClock } from '../base/clock.ts'
import { Scope } from '../base/scope.ts'
import { EchoCount } from './echo-count.ts'
import { sendOnce } from './send-once.ts'
import { SpeedServer, type SpeedServerOptions } from './speed-server.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

const open = async (channels: NonNullable<SpeedServerOptions['channels']> = {}) => scope.own(await SpeedServer.open({ host: '127.0.0.1', port: 0, token: 'letmein', clock: systemClock, channels }))
const post = (port: number, body: string) => fetch(`http://127.0.0.1:${port}/channel`, { method: 'POST', headers: { authorization: 'Bearer letmein' }, body })

function peer(): RTCPeerConnection {
  const connection = new RTCPeerConnection({ iceServers: [], iceAdditionalHostAddresses: ['127.0.0.1'] })
  scope.add(() => connection.close())
  return connection
}

async function offer(connection: RTCPeerConnection, label = CHANNEL_LABEL) {
  const channel = connection.createDataChannel(label, { ordered: false, maxRetransmits: 0 })
  await connection.setLocalDescription(await connection.createOffer())
  return { channel, body: JSON.stringify({ sdp: connection.localDescription!.sdp }) }
}

/** A channel to the server, open. */
async function connect(port: number): Promise<RTCDataChannel> {
  const connection = peer()
  const { channel, body } = await offer(connection)
  const response = await post(port, body)
  expect(response.status).toBe(200)
  const isOpen = new Promise<void>((resolve) => channel.stateChanged.subscribe((state) => state === 'open' && resolve()))
  await connection.setRemoteDescription({ type: 'answer', sdp: ((await response.json()) as { sdp: string }).sdp })
  await isOpen
  return channel
}

/** What comes, until the counts. */
async function talk(channel: RTCDataChannel, packets: number): Promise<ChannelMessage[]> {
  const messages: ChannelMessage[] = []
  const counts = new Promise<void>((resolve) =>
    channel.onMessage.subscribe((data) => {
      const message = readChannelMessage(data as Buffer)
      if (message) messages.push(message)
      if (message?.kind === 'counts') resolve()
    }),
  )
  for (let number = 0; number < packets; number++) channel.send(Buffer.from(packetOf(number)))
  channel.send(Buffer.from(askForCounts()))
  await counts
  return messages
}

describe('ChannelEchoes', () => {
  it('echoes what comes and says how much it was, exactly', async () => {
    const { port } = await open({ loses: (number) => number % 10 === 0 })
    const messages = await talk(await connect(port), 100)
    expect(messages.filter(({ kind }) => kind === 'packet')).toHaveLength(90)
    expect(messages.at(-1)).toEqual({ kind: 'counts', received: 90, echoed: 90 })
  })

  it('takes no more peers than it may, and gives a place back that nobody opens a channel in', async () => {
    const { port } = await open({ limits: { maxPeers: 1, maxMs: 300 } })
    const { body } = await offer(peer())
    expect((await post(port, body)).status).toBe(200)
    expect((await post(port, body)).status).toBe(503)
    while ((await post(port, body)).status !== 200) await systemClock.sleep(20)
  })

  it.each([
    ['no JSON', 'v=0'],
    ['nothing', ''],
    ['garbage', JSON.stringify({ sdp: 'm=application garbage' })],
    ['a picture', JSON.stringify({ sdp: 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel' })],
    ['too much', JSON.stringify({ sdp: 'x'.repeat(100_000) })],
  ])('refuses %s', async (_name, body) => {
    const { port } = await open()
    expect((await post(port, body)).status).toBe(400)
    expect((await fetch(`http://127.0.0.1:${port}/channel`, { method: 'POST', body })).status).toBe(403)
  })
})

describe('sendOnce', () => {
  it('gives up what is lost: the rest comes, and nothing lost comes later', async () => {
    const [from, to] = [peer(), peer()]
    const { channel, body } = await offer(from)
    const came: number[] = []
    to.onDataChannel.subscribe((remote) => remote.onMessage.subscribe((data) => {
      const message = readChannelMessage(data as Buffer)
      if (message?.kind === 'packet') came.push(message.number)
    }))
    await to.setRemoteDescription({ type: 'offer', sdp: (JSON.parse(body) as { sdp: string }).sdp })
    await to.setLocalDescription(await to.createAnswer())
    const isOpen = new Promise<void>((resolve) => channel.stateChanged.subscribe((state) => state === 'open' && resolve()))
    await from.setRemoteDescription({ type: 'answer', sdp: to.localDescription!.sdp })
    await isOpen
    sendOnce(from)
    // Every fifth datagram with a packet in it gets lost on its way.
    const dtls = from.dtlsTransports[0]!
    const send = dtls.sendData
    const lost: number[] = []
    let datagrams = 0
    Object.assign(dtls, {
      sendData: (data: Buffer) => {
        const at = data.indexOf(Buffer.from(packetOf(0)).subarray(0, 4))
        if (at < 0 || ++datagrams % 5 !== 0) return send(data)
        lost.push(data.readUInt32BE(at + 4))
        return Promise.resolve()
      },
    })
    for (let number = 0; number < 100; number++) {
      channel.send(Buffer.from(packetOf(number)))
      await systemClock.sleep(1)
    }
    while (came.length + lost.length < 100) await systemClock.sleep(10)
    expect(new Set(lost).size).toBe(20)
    expect(came.filter((number) => lost.includes(number))).toEqual([])
  })
})

describe('EchoCount', () => {
  it('counts each packet once, echoes nothing while full, and takes neither large nor endless messages', () => {
    const count = new EchoCount()
    expect(count.take(packetOf(1), false)).toEqual(packetOf(1))
    expect(count.take(packetOf(1), false)).toBeNull()
    expect(count.take(packetOf(2), true)).toBeNull()
    expect(count.take(packetOf(4_000_000_000), false)).toBeNull()
    expect(readChannelMessage(count.take(askForCounts(), true) as Uint8Array)).toEqual({ kind: 'counts', received: 2, echoed: 1 })
    expect(count.take(new Uint8Array(1201), false)).toBe('too-much')
    for (let i = 0; i < 4000; i++) count.take(askForCounts(), false)
    expect(count.take(askForCounts(), false)).toBe('too-much')
  })
})
