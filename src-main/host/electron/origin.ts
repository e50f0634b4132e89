/** The page's own address. A scheme of its own, because file pages may read files and have no origin. */
export const SCHEME = 'app'
export const ORIGIN = `${SCHEME}://studio`

/** Whether an address is of our page. Never by comparing the beginnings of texts. */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${SCHEME}:` && host === 'studio' && username === '' && password === ''
}
