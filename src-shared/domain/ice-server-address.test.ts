import { describe, expect, it } from 'vitest'
import { isTurn, readIceServerAddress, readIceServers } from './ice-server-address.ts'

describe('the address of an ICE server', () => {
  it.each([
    ['stun:stun.example.com', 'stun:stun.example.com'],
    [' STUN:stun.example.com:3478 ', 'stun:stun.example.com:3478'],
    ['turn://turn.example.com:443', 'turn:turn.example.com:443'],
    ['turns:turn.example.com:5349?transport=tcp', 'turns:turn.example.com:5349?transport=tcp'],
    ['turn:[2001:db8::1]:3478?transport=udp', 'turn:[2001:db8::1]:3478?transport=udp'],
    ['turn:192.0.2.1', 'turn:192.0.2.1'],
  ])('%j is taken as %s', (typed, address) => {
    expect(readIceServerAddress(typed)).toBe(address)
  })

  it.each(['', 'turn.example.com', 'https://turn.example.com', 'turn:', 'turn:host:99999', 'turn:host:0', 'turn:user:secret@host', 'stun:host?transport=udp', 'turn:host?transport=sctp', 'turn:host/path', `turn:${'x'.repeat(400)}`])('%j is refused', (typed) => {
    expect(() => readIceServerAddress(typed)).toThrow(/^input-invalid: the ICE server/)
  })

  it('stands on a line of its own, once', () => {
    expect(readIceServers(['turn:a', '', ' turn:a ', 'stun:b'])).toEqual(['turn:a', 'stun:b'])
    expect(() => readIceServers(Array.from({ length: 17 }, (_, at) => `stun:h${at}`))).toThrow('more than 16')
    expect(['turn:a', 'turns:a', 'stun:a'].map(isTurn)).toEqual([true, true, false])
  })
})
