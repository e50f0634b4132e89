import { describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import { guessedWhepAddress, playableDestinations } from './whep-address.ts'

describe('the address that plays a WHIP destination', () => {
  it('is named like the one that takes it', () => {
    expect(guessedWhepAddress('https://sfu.example.com/live/whip')).toBe('https://sfu.example.com/live/whep')
    expect(guessedWhepAddress('https://sfu.example.com/WHIP/endpoint/abc')).toBe('https://sfu.example.com/whep/endpoint/abc')
  })

  it('is not guessed from the name of the computer, nor from nothing', () => {
    expect(guessedWhepAddress('https://whip.example.com/live/abc')).toBeNull()
    expect(guessedWhepAddress('https://whip.example.com')).toBeNull()
    expect(guessedWhepAddress('')).toBeNull()
  })

  it('is offered for WHIP destinations alone', () => {
    const view = (id: string, kind: 'whip' | 'rtmp', address: string) => ({ ...newDestination({ id, name: '', kind, address, enabled: true }), hasKey: true, hasPassphrase: false })
    expect(playableDestinations([view('a', 'whip', 'https://x.example.com/whip'), view('b', 'rtmp', 'rtmp://x.example.com/whip'), view('c', 'whip', 'https://x.example.com/in')]))
      .toEqual([{ id: 'a', name: 'https://x.example.com/whip', address: 'https://x.example.com/whep' }])
  })
})
