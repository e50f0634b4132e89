import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret, withoutSecrets } from './secret.ts'

describe('Secret', () => {
  it('shows itself only when asked', () => {
    const secret = new Secret('s3cret')
    const shown = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), inspect(secret, { showHidden: true, depth: 9 }), String(Object.values(secret))]
    expect(shown.join(' ')).not.toContain('s3cret')
    expect(secret.reveal()).toBe('s3cret')
  })
})

describe('withoutSecrets', () => {
  it('takes out the whole, its parts and their decoded forms', () => {
    const said = 'stream show-1 refused, token abc/d= (abc%2Fd%3D), full show-1?token=abc%2Fd%3D'
    expect(withoutSecrets(said, ['show-1?token=abc%2Fd%3D'])).toBe('stream *** refused, token *** (***), full ***')
  })

  it('leaves other text alone', () => {
    expect(withoutSecrets('Already publishing', ['', 'k'])).toBe('Already publishing')
  })
})
