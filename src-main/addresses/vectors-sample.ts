/** Published examples of the vendor's rules; each value was worked out by the service itself. */
export const STREAM_NAMES = [
  {
    bizId: '8888', room: '293710', user: '14y2l2c', type: 'main', name: '8888_81265058829fd2e50c8ec2ac78d55127',
    rtmp: 'rtmp://8888.liveplay.myqcloud.com/live/8888_81265058829fd2e50c8ec2ac78d55127',
    flv: 'http://8888.liveplay.myqcloud.com/live/8888_81265058829fd2e50c8ec2ac78d55127.flv',
    hls: 'http://8888.liveplay.myqcloud.com/live/8888_81265058829fd2e50c8ec2ac78d55127.m3u8',
  },
] as const

export const PUSH_SIGNATURES = [
  {
    key: 'txrtmp', streamName: '11212122', expirySeconds: 1_469_762_325, txTime: '579ACB15', md5: '2133c689c452f0bf81b1a88261f1d9a6',
    sha256: '76e46e24fe802ee76bd65f6b8610b62214ac1a93ea4772ff6b4ed852e5a9222f',
  },
] as const
