import { describe, expect, it } from 'vitest'
import { newDestination, type DestinationKind, type SrtOptions } from './destination.ts'
import { samePlace } from './same-place.ts'

const at = (kind: DestinationKind, address: string, key = '', mode: SrtOptions['mode'] = 'caller') => ({ destination: newDestination({ id: 'a', name: '', kind, address, enabled: true, srt: { mode } }), key })

describe('samePlace', () => {
  it.each([
    ['one key at one server', at('rtmp', 'rtmp://h/live', 'k'), at('rtmp', 'rtmp://H:1935/live', 'k'), true],
    ['two keys at one server', at('rtmp', 'rtmp://h/live', 'k'), at('rtmp', 'rtmp://h/live', 'l'), false],
    ['two rehearsals', at('rehearsal', ''), at('rehearsal', ''), true],
    ['another kind', at('hls', 'https://h/a.m3u8'), at('whip', 'https://h/a.m3u8'), false],
    ['one playlist, whatever the token', at('hls', 'https://h/a.m3u8', 'k'), at('hls', 'https://h/a.m3u8', 'l'), true],
    ['two playlists', at('hls', 'https://h/a.m3u8'), at('hls', 'https://h/b.m3u8'), false],
    ['a playlist called index at a web server, and its folder', at('hls', 'https://h/x/index.m3u8'), at('hls', 'https://h/y/index.m3u8'), false],
    ['a folder and its playlist', at('hls', '/srv/live/'), at('hls', '/srv/live/index.m3u8'), true],
    ['a folder and another playlist in it', at('hls', '/srv/live'), at('hls', '/srv/live/other.m3u8'), false],
    ['one SRT listener called twice', at('srt', 'srt://h:9000', 's'), at('srt', 'srt://h:9000', 's'), true],
    ['two streams at one SRT server', at('srt', 'srt://h:9000', 's'), at('srt', 'srt://h:9000', 't'), false],
    ['one port, whatever the stream id', at('srt', 'srt://0.0.0.0:9000', 's', 'listener'), at('srt', 'srt://0.0.0.0:9000', 't', 'listener'), true],
    ['one port on every interface and on one', at('srt', 'srt://:9000', '', 'listener'), at('srt', 'srt://127.0.0.1:9000', '', 'listener'), true],
    ['one port on two interfaces', at('srt', 'srt://127.0.0.1:9000', '', 'listener'), at('srt', 'srt://127.0.0.2:9000', '', 'listener'), false],
    ['two ports', at('srt', 'srt://:9000', '', 'listener'), at('srt', 'srt://:9001', '', 'listener'), false],
  ])('%s', (_, one, other, same) => {
    expect(samePlace(one, other)).toBe(same)
    expect(samePlace(other, one)).toBe(same)
  })
})
