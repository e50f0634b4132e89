/** What is known of a Wi-Fi connection. The network's name is not asked for: it tells where somebody is. */
export interface WifiSignal {
  dbm: number
  /** GHz, rounded down to the band's usual name; null = not told. */
  band: 2.4 | 5 | 6 | null
}

const bandOf = (mhz: number): WifiSignal['band'] => (mhz >= 5925 ? 6 : mhz >= 4900 ? 5 : mhz >= 2400 && mhz < 2500 ? 2.4 : null)

/** Linux, `/proc/net/wireless`: the level in dBm stands behind the quality. null = no Wi-Fi in use. */
export function signalInProcWireless(text: string): WifiSignal | null {
  const [, level] = /^\s*\S+:\s+\d+\s+[\d.]+\s+(-?\d+)/m.exec(text) ?? []
  if (level === undefined) return null
  // Old drivers tell an unsigned byte.
  const dbm = Number(level) > 0 ? Number(level) - 256 : Number(level)
  return dbm < 0 && dbm >= -120 ? { dbm, band: null } : null
}

/** Linux, `iw dev NAME link`: `signal: -61 dBm`, `freq: 5180`. */
export function signalInIwLink(text: string): WifiSignal | null {
  const dbm = /signal:\s*(-\d+) dBm/.exec(text)?.[1]
  return dbm === undefined ? null : { dbm: Number(dbm), band: bandOf(Number(/freq:\s*([\d.]+)/.exec(text)?.[1])) }
}

/** Linux, `iw dev`: the names of its interfaces. */
export const interfacesInIwDev = (text: string): string[] => [...text.matchAll(/^\s*Interface ([\w.-]{1,15})\s*$/gm)].map(([, name = '']) => name)

/** Linux, `nmcli -t -f IN-USE,SIGNAL,FREQ dev wifi`: `*:72:5180 MHz`, the signal in percent. */
export function signalInNmcli(text: string): WifiSignal | null {
  const [, percent, mhz] = /^\*:(\d{1,3}):(\d+) MHz/m.exec(text) ?? []
  return percent === undefined ? null : { dbm: dbmOfPercent(Number(percent)), band: bandOf(Number(mhz)) }
}

/** macOS, `system_profiler SPAirPortDataType -json`: `"spairport_signal_noise": "-54 dBm / -92 dBm"` of the current network. */
export function signalInAirPort(text: string): WifiSignal | null {
  const current = text.slice(text.indexOf('"spairport_current_network_information"'))
  if (current.length === text.length && !text.startsWith('"spairport_current')) return null
  const dbm = /"spairport_signal_noise"\s*:\s*"(-\d+) dBm/.exec(current)?.[1]
  const band = /"spairport_network_channel"\s*:\s*"[^"]*?\b([256])(?:\.4)?\s?GHz/.exec(current)?.[1]
  return dbm === undefined ? null : { dbm: Number(dbm), band: band === '2' ? 2.4 : band === '5' ? 5 : band === '6' ? 6 : null }
}

/** Windows, `netsh wlan show interfaces`, in whatever language: the one line with a percent sign is the signal. */
export function signalInNetsh(text: string): WifiSignal | null {
  const percent = /:\s*(\d{1,3})\s?%/.exec(text)?.[1]
  const rssi = /rssi\s*:\s*(-\d{1,3})/i.exec(text)?.[1]
  const band = /:\s*(2[.,]4|5|6)\s?GHz/.exec(text)?.[1]
  if (percent === undefined && rssi === undefined) return null
  return { dbm: rssi !== undefined ? Number(rssi) : dbmOfPercent(Number(percent)), band: band === undefined ? null : band.startsWith('2') ? 2.4 : band === '5' ? 5 : 6 }
}

/** Windows and NetworkManager: 0 % is -100 dBm, 100 % is -50 dBm (wlanSignalQuality of WLAN_ASSOCIATION_ATTRIBUTES). */
const dbmOfPercent = (percent: number): number => Math.round(Math.min(100, percent) / 2 - 100)
