import type { WatchdogName } from '../domain/watchdogs.ts'
import type { WatchdogText } from './watchdogs.en.ts'

export const WATCHDOGS_ZH_CN: Readonly<Record<WatchdogName, WatchdogText>> = {
  'picture-frozen': { says: '{name} 的画面静止不动。', advice: '正在重新启动；若仍如此，请重新插拔摄像头。', over: '{name} 的画面恢复正常。' },
  'picture-black': { says: '{name} 只有黑屏。', advice: '请检查镜头盖、遮挡开关或环境光线。', over: '{name} 重新有画面。' },
  'sound-silent': { says: '{name} 完全没有声音。', advice: '请检查麦克风上的开关或静音键，以及系统中的音量。', over: '{name} 重新有声音。' },
  'sound-clipping': { says: '{name} 音量过大，声音失真。', advice: '请在系统中或设备上调低麦克风音量；此处的推子无法补救。', over: '{name} 不再失真。' },
  'device-lost': { says: '{name} 的设备已断开：{device}。', advice: '请重新插上，之后会自动恢复。', over: '{name} 已恢复。' },
  'device-swapped': { says: '{name} 改用 {device}。', advice: '原设备恢复后会自动换回。', over: '{name} 已换回原设备。' },
  'capture-dead': { says: '{name} 不再提供画面。', advice: '正在重新启动；若仍如此，请重新插拔设备。', over: '{name} 重新提供画面。' },
  'encoder-slow': { says: '本机性能跟不上节目：每秒 {wanted} 帧中只完成 {seen} 帧。', advice: '请减小画布或降低帧率，或关闭其他程序。', over: '本机性能恢复正常。' },
  'clock-jump': { says: '本机时钟被调整了 {seconds} 秒。', advice: '签名地址和令牌依赖时钟，请确认当前时间正确。', over: '时钟恢复平稳。' },
  'disk-low': { says: '录制磁盘即将写满：还可录 {minutes} 分钟。', advice: '请清理空间；写满前录制会正常结束，直播不受影响。', over: '磁盘空间恢复充足。' },
  'battery-low': { says: '电池剩余 {percent} %。', advice: '请接通电源。', over: '已接通电源。' },
  'network-changed': { says: '网络已变化：{network}。', advice: '中断的目的地会立即重新连接。', over: '网络稳定。' },
}
