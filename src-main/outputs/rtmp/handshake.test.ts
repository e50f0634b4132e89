import { describe, expect, it } from 'vitest'
import { clientHello, ServerHandshake, SERVER_HANDSHAKE_BYTES } from './handshake.ts'

const serverHalf = (): Buffer => {
  const bytes = Buffer.alloc(SERVER_HANDSHAKE_BYTES, 0)
  bytes[0] = 3
  for (let i = 1; i < bytes.length; i++) bytes[i] = i % 251
  return bytes
}

describe('handshake', () => {
  it('greets with version 3, time 0, four zeros and the random bytes', () => {
    const hello = clientHello(new Uint8Array(1528).fill(7))
    expect(hello.length).toBe(1537)
    expect([...hello.subarray(0, 11)]).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7])
    expect(hello.at(-1)).toBe(7)
  })

  it.each([1, 7, 1536, 1537, 4000])('answers S1 with C2 whatever the pieces (%i bytes) and leaves what follows', (size) => {
    const server = Buffer.concat([serverHalf(), Buffer.from('chunks')])
    const handshake = new ServerHandshake()
    const replies: Buffer[] = []
    let used = 0
    for (let at = 0; at < server.length; at += size) {
      const step = handshake.receive(server.subarray(at, at + size))
      used += step.used
      if (step.reply) replies.push(step.reply)
    }
    expect(replies).toEqual([serverHalf().subarray(1, 1537)])
    expect(used).toBe(SERVER_HANDSHAKE_BYTES)
    expect(handshake.done).toBe(true)
  })

  it.each([
    ['HTTP/1.1 400 Bad Request\r\nServer: x\r\n', 'not-rtmp: the server answered with HTTP/1.1 400'],
    ['SSH-2.0-OpenSSH_9.2', 'not-rtmp: the server answered with another protocol'],
    ['\u0015\u0003\u0001\u0000\u0002\u0002\u0046', 'not-rtmp: the server answered with TLS; rtmps:// may be meant'],
    ['\u0006', 'handshake-failed: the server answered with RTMP version 6'],
  ])('knows what is no RTMP: %j', (answer, message) => {
    expect(() => new ServerHandshake().receive(Buffer.from(answer, 'latin1'))).toThrow(message)
  })
})
