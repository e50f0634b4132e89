import { describe, expect, it } from 'vitest'
import { gatewayInIpRoute, gatewayInNetstat, gatewayInProcRoute, gatewayInRoutePrint, pingTimes } from './gateway-text.ts'
import { hopsInMtr, hopsInTrace } from './hops-text.ts'
import { interfacesInIwDev, signalInAirPort, signalInIwLink, signalInNetsh, signalInNmcli, signalInProcWireless } from './wifi-text.ts'

describe('the default router', () => {
  const PROC = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
`
  it('is that with the smallest metric on Linux', () => {
    expect(gatewayInProcRoute(PROC)).toBe('192.0.2.1')
    expect(gatewayInProcRoute(PROC.split('\n').slice(0, 1).join('\n'))).toBeNull()
    expect(gatewayInIpRoute('default via 192.0.2.1 dev eth0 proto dhcp metric 100\n')).toBe('192.0.2.1')
    expect(gatewayInIpRoute('192.0.2.0/24 dev eth0\n')).toBeNull()
  })

  it('is found in what macOS and Windows print', () => {
    expect(gatewayInNetstat('Routing tables\n\nInternet:\nDestination        Gateway            Flags           Netif Expire\ndefault            192.168.1.1        UGScg             en0\n127                127.0.0.1          UCS               lo0\n')).toBe('192.168.1.1')
    expect(gatewayInNetstat('default            link#12            UCSg            utun3\n')).toBeNull()
    const windows = 'IPv4-Routentabelle\r\n===\r\nAktive Routen:\r\n     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik\r\n          0.0.0.0          0.0.0.0      192.168.0.1    192.168.0.23     35\r\n'
    expect(gatewayInRoutePrint(windows)).toBe('192.168.0.1')
    expect(gatewayInRoutePrint('          0.0.0.0          0.0.0.0         On-link      10.8.0.2     35\r\n')).toBeNull()
  })

  it('has its answers counted in any language', () => {
    expect(pingTimes('64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.412 ms\n64 bytes from 192.0.2.1: icmp_seq=2 ttl=64 time=12 ms\n')).toEqual([0.412, 12])
    expect(pingTimes('Antwort von 192.168.0.1: Bytes=32 Zeit=3ms TTL=64\r\nAntwort von 192.168.0.1: Bytes=32 Zeit<1ms TTL=64\r\nZeitüberschreitung der Anforderung.\r\n')).toEqual([3, 1])
    expect(pingTimes('来自 192.168.1.1 的回复: 字节=32 时间=2ms TTL=64\r\n')).toEqual([2])
    expect(pingTimes('Request timeout for icmp_seq 0\n3 packets transmitted, 0 packets received')).toEqual([])
  })
})

describe('the Wi-Fi signal', () => {
  it('is read from each system’s own words', () => {
    const wireless = 'Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n wlan0: 0000   54.  -56.  -256        0      0      0      0     12        0\n'
    expect(signalInProcWireless(wireless)).toEqual({ dbm: -56, band: null })
    expect(signalInIwLink('Connected to 12:34:56:78:9a:bc (on wlp3s0)\n\tSSID: Home\n\tfreq: 5180.0\n\tRX: 1 bytes\n\tsignal: -61 dBm\n')).toEqual({ dbm: -61, band: 5 })
    expect(interfacesInIwDev('phy#0\n\tInterface wlp3s0\n\t\tifindex 3\n')).toEqual(['wlp3s0'])
    expect(signalInNmcli(' :90:2412 MHz\n*:72:2437 MHz\n')).toEqual({ dbm: -64, band: 2.4 })
    expect(signalInAirPort('{"SPAirPortDataType":[{"spairport_airport_interfaces":[{"spairport_current_network_information":{"_name":"Home","spairport_network_channel":"44 (5GHz, 80MHz)","spairport_signal_noise":"-54 dBm / -92 dBm"}}]}]}')).toEqual({ dbm: -54, band: 5 })
    expect(signalInNetsh('    Name                   : WLAN\r\n    Band                   : 2,4 GHz\r\n    Kanal                  : 6\r\n    Signal                 : 84%\r\n')).toEqual({ dbm: -58, band: 2.4 })
    expect(signalInNetsh('    Signal                 : 84% \r\n    Rssi                   : -49\r\n')).toEqual({ dbm: -49, band: null })
  })

  it('is nothing where there is no connection, not even of a neighbour’s network', () => {
    expect(signalInProcWireless('Inter-| sta-|   Quality\n face | tus | link level noise\n')).toBeNull()
    expect(signalInIwLink('Not connected.\n')).toBeNull()
    expect(signalInNmcli(' :90:2412 MHz\n')).toBeNull()
    expect(signalInAirPort('{"SPAirPortDataType":[{"spairport_airport_other_local_wireless_networks":[{"spairport_signal_noise":"-80 dBm / -92 dBm"}]}]}')).toBeNull()
    expect(signalInNetsh('There is 1 interface on the system:\r\n    State                  : disconnected\r\n')).toBeNull()
  })
})

describe('the stations on the way', () => {
  it('are read from mtr', () => {
    const mtr = JSON.stringify({ report: { mtr: { src: 'a', dst: '198.51.100.7' }, hubs: [{ count: 1, host: '192.0.2.1', 'Loss%': 0, Avg: 0.6 }, { count: 2, host: '???', 'Loss%': 100, Avg: 0 }, { count: 3, host: '198.51.100.7', 'Loss%': 10, Avg: 23.4 }] } })
    expect(hopsInMtr(mtr)).toEqual([
      { number: 1, ip: '192.0.2.1', lossRate: 0, rttMs: 0.6 }, { number: 2, ip: null, lossRate: 1, rttMs: null }, { number: 3, ip: '198.51.100.7', lossRate: 0.1, rttMs: 23.4 },
    ])
    expect(hopsInMtr('mtr: unable to get raw sockets.')).toBeNull()
    expect(hopsInMtr('{"report":{"hubs":7}}')).toBeNull()
  })

  it('are read from traceroute, tracert and tracepath', () => {
    const traceroute = 'traceroute to 198.51.100.7 (198.51.100.7), 24 hops max, 60 byte packets\n 1  192.0.2.1  0.5 ms  0.4 ms  0.6 ms\n 2  * * *\n 3  198.51.100.7  23.0 ms *  25.0 ms\n'
    const expected = [{ number: 1, ip: '192.0.2.1', lossRate: 0, rttMs: 0.5 }, { number: 2, ip: null, lossRate: 1, rttMs: null }, { number: 3, ip: '198.51.100.7', lossRate: 1 / 3, rttMs: 24 }]
    expect(hopsInTrace(traceroute)).toEqual(expected)
    const tracert = '\r\nTracing route to 198.51.100.7 over a maximum of 24 hops\r\n\r\n  1    <1 ms    <1 ms    <1 ms  192.0.2.1 \r\n  2     *        *        *     Request timed out.\r\n  3    23 ms     *       25 ms  198.51.100.7 \r\n\r\nTrace complete.\r\n'
    expect(hopsInTrace(tracert)).toEqual([{ ...expected[0], rttMs: 1 }, expected[1], expected[2]])
    const tracepath = ' 1?: [LOCALHOST]                      pmtu 1500\n 1:  192.0.2.1                                             0.412ms \n 1:  192.0.2.1                                             0.377ms \n 2:  no reply\n 3:  2001:db8::7                                          23.111ms reached\n     Resume: pmtu 1500 hops 3 back 3 \n'
    expect(hopsInTrace(tracepath)).toEqual([{ number: 1, ip: '192.0.2.1', lossRate: 0, rttMs: 0.412 }, { number: 2, ip: null, lossRate: 1, rttMs: null }, { number: 3, ip: '2001:db8::7', lossRate: 0, rttMs: 23.111 }])
    expect(hopsInTrace('traceroute: unknown host')).toEqual([])
  })
})
