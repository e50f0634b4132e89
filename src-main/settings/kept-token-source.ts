import { readTokenSource } from '@shared/domain/addresses/token-source.ts'

/** Under which name the secret store keeps where a destination's fresh tokens come from, as JSON. */
export const tokenSourceName = (destinationId: string): string => `${destinationId}.tokens`

/** What of it nothing may ever print: the access token, and whatever long values stand behind the `?` of the address. */
export function secretsOfTokenSource(kept: string, shortest: number): string[] {
  const { address = '', bearer = '' } = readTokenSource(kept) ?? {}
  const values = URL.canParse(address) ? [...new URL(address).searchParams.values()] : []
  return [bearer.trim().replace(/^bearer\s+/i, ''), ...values].filter((each) => each.length >= shortest)
}
