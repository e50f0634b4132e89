import { describe, expect, it } from 'vitest'
import { iceServersOf } from './link-header.ts'

describe('ICE servers in Link headers', () => {
  it('reads several headers and lists in one header, in their order', () => {
    expect(
      iceServersOf([
        '<stun:stun.example.net>; rel="ice-server"',
        '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="user"; credential="secret"; credential-type="password", <turns:turn.example.net?transport=tcp>; rel=ice-server; username=user; credential=secret',
        '<stuns:stun.example.net:5349>; rel="ice-server"',
      ]),
    ).toEqual([
      { urls: ['stun:stun.example.net'] },
      { urls: ['turn:turn.example.net?transport=udp'], username: 'user', credential: 'secret' },
      { urls: ['turns:turn.example.net?transport=tcp'], username: 'user', credential: 'secret' },
      { urls: ['stuns:stun.example.net:5349'] },
    ])
  })

  // As MediaMTX writes them.
  it.each([
    [String.raw`username="myuser\"a?2;B"`, 'myuser"a?2;B'],
    [String.raw`username="my\\user\"a"`, String.raw`my\user"a`],
    [String.raw`username="a, <b>; rel=\"next\""`, 'a, <b>; rel="next"'],
  ])('takes %s as it is meant', (parameter, username) => {
    expect(iceServersOf([`<turn:turn.example.net?transport=udp>; rel="ice-server"; ${parameter}; credential="my\\"pwd"; credential-type="password"`])).toEqual([
      { urls: ['turn:turn.example.net?transport=udp'], username, credential: 'my"pwd' },
    ])
  })

  it('ignores what it does not know', () => {
    expect(
      iceServersOf([
        '<https://example.net/events>; rel="urn:ietf:params:whip:ext:core:server-sent-events", <stun:a>; rel="next"',
        '<stun:b>', '<http://c>; rel="ice-server"', 'nonsense', '', '<stun:d; rel="ice-server"', '<>; rel="ice-server"',
        '<turn:e>; rel="ice-server"', '<turn:f>; rel="ice-server"; username="u"; credential="c"; credential-type="oauth"',
        '<stun:g>; REL="other ice-server"; rel="next"',
      ]),
    ).toEqual([{ urls: ['stun:g'] }])
  })

  it('a comma inside an address parts nothing', () => {
    expect(iceServersOf(['<stun:h?a,b>; rel="ice-server"'])).toEqual([{ urls: ['stun:h?a,b'] }])
  })
})
