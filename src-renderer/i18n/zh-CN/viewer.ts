import type { viewer as en } from '../en/viewer.ts'

export const viewer: typeof en = {
  viewer: {
    placeholder: 'https://…/whep', what: '观看内容', rehearsal: '彩排', whep: 'WebRTC (WHEP)', title: 'WHEP 服务器观众看到的画面',
    address: 'WHEP 地址', token: '令牌', tokenHint: '不会保存。不需要时留空。', play: '观看', stop: '停止观看', fromDestination: '推送到',
    enter: '请输入服务器的 WebRTC 播放地址。', connecting: '正在连接…', again: '正在自动重试…', notLive: '那里还没有直播，会自动再次查看…',
  },
}
