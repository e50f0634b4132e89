import { describe, expect, it } from 'vitest'
import { convertArguments, joinArguments, outputArguments, repairArguments } from './copy-arguments.ts'
import { concatList, fileAddress } from './file-address.ts'
import { mergeArguments } from './merge-arguments.ts'
import type { MergeResult } from './merge-plan.ts'
import { baseOf, singleStreamOf } from './single-stream-name.ts'

const h264 = { video: 'avc', audio: 'aac' }

describe('file names for FFmpeg', () => {
  it('mean nothing but themselves', () => {
    expect(fileAddress('/v/-a: b.mp4')).toBe('file:/v/-a: b.mp4')
    expect(concatList([`/v/it's "课".mp4`, '/v/-b.mp4'])).toMatchInlineSnapshot(`
      "ffconcat version 1.0
      file 'file:/v/it'\\''s "课".mp4'
      file 'file:/v/-b.mp4'
      "
    `)
  })
})

describe('arguments', () => {
  it('copy what a container takes, and code the rest anew', () => {
    expect(outputArguments('mp4', h264).join(' ')).toMatchInlineSnapshot(`"-map 0:v:0 -c:v copy -map 0:a:0 -c:a copy -sn -dn -movflags +faststart -f mp4"`)
    expect(outputArguments('flv', { video: 'vp8', audio: 'opus' }).join(' ')).toMatchInlineSnapshot(`"-map 0:v:0 -c:v libx264 -preset veryfast -crf 20 -pix_fmt yuv420p -map 0:a:0 -c:a aac -b:a 160k -sn -dn -flvflags +add_keyframe_index -f flv"`)
    expect(outputArguments('aac', h264).join(' ')).toMatchInlineSnapshot(`"-vn -map 0:a:0 -c:a copy -sn -dn -f adts"`)
    expect(outputArguments('mkv', { video: 'avc', audio: null }).join(' ')).toMatchInlineSnapshot(`"-map 0:v:0 -c:v copy -an -sn -dn -f matroska"`)
  })

  it('of converting', () => {
    expect(convertArguments({ from: '/v/a.mp4', to: '', format: 'hls', codecs: h264 }).join(' ')).toMatchInlineSnapshot(`"-i file:/v/a.mp4 -map 0:v:0 -c:v copy -map 0:a:0 -c:a copy -sn -dn -f hls -hls_time 6 -hls_playlist_type vod -hls_list_size 0 -hls_segment_filename segment_%05d.ts made.m3u8"`)
    expect(convertArguments({ from: '/v/a.m3u8', to: '/v/a.mp4', format: 'mp4', codecs: h264 }).slice(0, 6)).toEqual(['-allowed_extensions', 'ALL', '-protocol_whitelist', 'file,crypto,data', '-i', 'file:/v/a.m3u8'])
  })

  it('of joining and repairing', () => {
    expect(joinArguments({ list: '/w/list', to: '/w/a.mkv', format: 'mkv', codecs: h264 }).join(' ')).toMatchInlineSnapshot(`"-f concat -safe 0 -protocol_whitelist file,crypto,data -i file:/w/list -map 0:v:0 -c:v copy -map 0:a:0 -c:a copy -sn -dn -f matroska file:/w/a.mkv"`)
    expect(repairArguments({ from: '/v/a.mp4', to: '/w/a.mp4', format: 'mp4', codecs: h264 }).join(' ')).toMatchInlineSnapshot(`"-err_detect ignore_err -fflags +genpts+discardcorrupt -i file:/v/a.mp4 -map 0:v:0 -c:v copy -map 0:a:0 -c:a copy -sn -dn -movflags +faststart -f mp4 file:/w/a.mp4"`)
    expect(repairArguments({ from: '/v/a.ts', to: '/w/a.ts', format: 'ts', codecs: h264, bytes: 1880 })).toContain('subfile,,start,0,end,1880,,:/v/a.ts')
  })

  it('of merging: on the grid of frames, one input for picture and sound of the same stretch', () => {
    const cut = { path: '/v/a.mp4', fromMs: 0 }
    const result: MergeResult = {
      name: 'U_1_av.mp4', startedAtMs: 1, durationMs: 3450, hasPicture: true,
      parts: [
        { durationMs: 1020, picture: cut, sound: cut },
        { durationMs: 1020, picture: null, sound: null },
        { durationMs: 1410, picture: { path: '/v/b.mp4', fromMs: 500 }, sound: null },
      ],
    }
    const args = mergeArguments(result, { to: '/w/0.mp4', frameRate: 500, width: 641, height: 360 })
    expect(args.join('\n').replaceAll(';', '\n')).toMatchInlineSnapshot(`
      "-t
      1.02
      -i
      file:/v/a.mp4
      -ss
      0.5
      -t
      1.41
      -i
      file:/v/b.mp4
      -filter_complex
      [0:v:0]fps=120:start_time=0,scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2,pad=640:360:(ow-iw)/2:(oh-ih)/2,format=yuv420p,setsar=1,tpad=stop=-1:stop_mode=clone,trim=end_frame=122,setpts=PTS-STARTPTS[v0]
      [0:a:0]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad=whole_dur=1.016667,atrim=duration=1.016667,asetpts=PTS-STARTPTS[a0]
      color=c=black:s=640x360:r=120,format=yuv420p,setsar=1,trim=end_frame=123[v1]
      anullsrc=r=48000:cl=stereo,aformat=sample_fmts=fltp,atrim=duration=1.025[a1]
      [1:v:0]fps=120:start_time=0,scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2,pad=640:360:(ow-iw)/2:(oh-ih)/2,format=yuv420p,setsar=1,tpad=stop=-1:stop_mode=clone,trim=end_frame=169,setpts=PTS-STARTPTS[v2]
      anullsrc=r=48000:cl=stereo,aformat=sample_fmts=fltp,atrim=duration=1.408333[a2]
      [v0][a0][v1][a1][v2][a2]concat=n=3:v=1:a=1[v][a]
      -map
      [v]
      -map
      [a]
      -c:v
      libx264
      -preset
      veryfast
      -crf
      20
      -pix_fmt
      yuv420p
      -r
      120
      -g
      240
      -c:a
      aac
      -b:a
      160k
      -movflags
      +faststart
      -f
      mp4
      file:/w/0.mp4"
    `)
    // 3.45 s at 120 fps are 414 frames, however the parts are cut.
    const frames = [...args.join(' ').matchAll(/end_frame=(\d+)/g)].map((match) => Number(match[1]))
    expect(frames.reduce((sum, each) => sum + each, 0)).toBe(414)
  })

  it('of merging sound alone', () => {
    const result: MergeResult = { name: 'U_1.m4a', startedAtMs: 1, durationMs: 2000, hasPicture: false, parts: [{ durationMs: 2000, picture: null, sound: { path: '/v/a.aac', fromMs: 0 } }] }
    expect(mergeArguments(result, { to: '/w/0.m4a', frameRate: 15, width: 640, height: 360 }).join(' ')).toMatchInlineSnapshot(`"-t 2 -i file:/v/a.aac -filter_complex [0:a:0]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad=whole_dur=2,atrim=duration=2,asetpts=PTS-STARTPTS[a0];[a0]concat=n=1:v=0:a=1[a] -map [a] -c:a aac -b:a 160k -movflags +faststart -f ipod file:/w/0.m4a"`)
  })
})

describe('names of single streams', () => {
  it.each([
    ['p/t/14000_c3R1ZGlv__UserId_s_bWU.__UserId_e_aux_video.m3u8', { user: 'bWU.', media: 'aux' }],
    ['ha1_14000_1__UserId_s_YS-i+w..__UserId_e_main_audio_3.mp4', { user: 'YS-i+w..', media: 'main' }],
    ['14000_1__UserId_s_a~0123__UserId_e_main_video_20260727101112345.ts', { user: 'a~0123', media: 'main' }],
    ['14000_c3R1ZGlv_2.mp4', null],
    ['a__UserId_s_b__UserId_e_main_video/other.mp4', null],
  ])('%s', (path, expected) => expect(singleStreamOf(path)).toEqual(expected))

  it('have a base that all pieces share', () => {
    expect(baseOf('p/14000_x_2.mp4')).toBe('14000_x')
    expect(baseOf('14000_x.mp4')).toBe('14000_x')
    expect(baseOf('14000_x_20260727101112345.ts')).toBe('14000_x')
    expect(baseOf('课 3.mkv')).toBe('课 3')
  })
})
