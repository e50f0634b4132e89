import type { congestion as en } from '../en/congestion.ts'

export const congestion: typeof en = {
  congestion: {
    enable: '适应慢速线路',
    enableHint: '必需目的地的线路变慢时，视频码率随之降低，线路恢复后自动回升。关闭后则改为丢帧。',
    floor: '最低视频码率', floorHint: '低于此值时减少每秒帧数，而不再降低画质。声音不受影响。',
    reduced: '此线路目前只能承载 {line}。视频：{rate}，{fps} 帧/秒', unmeasured: '此线路目前太慢。视频：{rate}，{fps} 帧/秒', rising: '正在恢复。视频：{rate}，{fps} 帧/秒',
    mbps: '{n} Mbit/s',
  },
}
