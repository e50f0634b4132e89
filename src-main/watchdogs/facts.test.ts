import { expect, it } from 'vitest'
import { clockJumps } from './clock-jumps.ts'
import { networkFingerprint } from './network-fingerprint.ts'

it('tells a clock that was set from a computer that slept', () => {
  let [wall, uptime] = [1_000_000, 5000]
  const jump = clockJumps({ wallMs: () => wall, uptimeMs: () => uptime })
  ;[wall, uptime] = [wall + 500, uptime + 500]
  expect(jump()).toBe(0)
  ;[wall, uptime] = [wall + 3_600_000, uptime + 3_600_000]
  expect(jump()).toBe(0)
  ;[wall, uptime] = [wall - 60_000, uptime + 500]
  expect(jump()).toBe(-60_500)
  expect(jump()).toBe(0)
})

it('knows a network by the addresses that lead out', () => {
  const address = (given: string, family: 'IPv4' | 'IPv6', internal = false) => ({ address: given, family, internal, netmask: '', mac: '', cidr: null, ...(family === 'IPv6' && { scopeid: 0 }) }) as never
  expect(networkFingerprint({ lo: [address('127.0.0.1', 'IPv4', true)], wlan0: [address('10.0.0.2', 'IPv4'), address('2001:db8::1', 'IPv6')], eth0: [address('192.168.1.9', 'IPv4')] })).toBe('eth0 192.168.1.9, wlan0 10.0.0.2')
  expect(networkFingerprint({ lo: [address('127.0.0.1', 'IPv4', true)] })).toBe('')
})
