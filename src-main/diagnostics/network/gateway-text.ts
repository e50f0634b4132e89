/** The default router's address in what each system says; null where there is none. Pure: text in, text out. */

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]+)(%\S+)?$/i

/** Linux, `/proc/net/route`: destination and gateway in hexadecimal, byte by byte from behind. The smallest metric counts. */
export function gatewayInProcRoute(text: string): string | null {
  const rows = text.split('\n').slice(1).map((line) => line.trim().split(/\s+/))
  const defaults = rows.filter(([, destination, gateway = '', flags = '0']) => destination === '00000000' && /^[0-9A-F]{8}$/i.test(gateway) && gateway !== '00000000' && (Number.parseInt(flags, 16) & 2) !== 0)
  const best = defaults.toSorted((a, b) => Number(a[6]) - Number(b[6]))[0]?.[2]
  return best ? (best.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)).join('.') : null
}

/** `ip route show default`: `default via 192.0.2.1 dev eth0 …`. */
export const gatewayInIpRoute = (text: string): string | null => addressIn(/^default via (\S+)/m.exec(text)?.[1])

/** macOS and the BSDs, `netstat -rn`: `default 192.0.2.1 UGScg en0`. */
export const gatewayInNetstat = (text: string): string | null => addressIn(/^(?:default|0\.0\.0\.0)\s+(\S+)/m.exec(text)?.[1])

/** Windows, `route print -4 0.0.0.0`: destination, mask, gateway, interface, metric; in whatever language around it. */
export const gatewayInRoutePrint = (text: string): string | null => addressIn(/^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\S+)/m.exec(text)?.[1])

const addressIn = (text: string | undefined): string | null => (text !== undefined && ADDRESS.test(text) ? text : null)

/** How each ping that was answered took, ms, in the words of any system's `ping`: `time=0.4 ms`, `time<1ms`, `Zeit=3ms`, `时间=2ms`. */
export const pingTimes = (text: string): number[] =>
  [...text.matchAll(/(?:time|zeit|temps|tiempo|时间)\s?[=<]\s?([\d.,]+)\s?ms/gi)].map(([, ms = '']) => Number(ms.replace(',', '.'))).filter((ms) => Number.isFinite(ms))
