import type { SameChecks } from './check-text.ts'
import { cannotOpenZhCn, cannotPlayZhCn, cannotShareZhCn } from './device-access.zh-CN.ts'
import type { DEVICES_EN } from './devices.en.ts'

const camera = cannotOpenZhCn('摄像头')
const microphone = cannotOpenZhCn('麦克风')

export const DEVICES_ZH_CN: SameChecks<typeof DEVICES_EN> = {
  'camera.permission': {
    asks: '本程序可以使用摄像头吗？',
    findings: { ...camera, granted: { says: '摄像头可以使用，并能打开。', advice: '' } },
  },
  'camera.present': {
    asks: '连接了摄像头吗？',
    findings: {
      found: { says: '已连接 {count} 个：{names}。', advice: '' },
      none: { says: '没有连接摄像头。', advice: '请插上摄像头，确认已打开电源，或换一个接口。' },
      unnamed: { says: '已连接 {count} 个，但没有权限，看不到名称。', advice: '请允许使用摄像头后再看。' },
      'chosen-missing': { says: '所选的摄像头未连接。已连接：{names}。', advice: '请重新插上，或选择其他摄像头。' },
      'show-missing': { says: '节目使用的 {wanted} 未连接。已连接：{names}。', advice: '请插上，或为该来源选择其他摄像头。' },
      'other-default': { says: '节目使用 {wanted}，而系统默认是 {default}。', advice: '若非有意，请把两者设为同一个。' },
    },
  },
  'camera.picture': {
    asks: '摄像头的画面好吗？',
    findings: {
      ...camera,
      good: { says: '{width} × {height}，每秒 {fps} 帧，亮度足够，画面在动。', advice: '' },
      smaller: { says: '摄像头给出 {width} × {height}，而不是 {askedWidth} × {askedHeight}。', advice: '请选择摄像头支持的尺寸，或换一个摄像头。' },
      'broken-size': { says: '摄像头的画面只有 {width} × {height}：驱动有故障。', advice: '请重新插拔摄像头，或更新驱动。' },
      'no-frames': { says: '摄像头能打开，但没有画面。', advice: '请打开遮盖或开关，重新插拔，或更新驱动。' },
      black: { says: '摄像头的画面是黑的。', advice: '请取下镜头盖，拨动遮挡开关或按键，并确认有光线。' },
      'partly-black': { says: '摄像头的画面时而变黑。', advice: '请检查线缆、接口和室内光线。' },
      frozen: { says: '摄像头的画面不动：已冻结。', advice: '请重新插拔摄像头；若厂商工具显示静止图片，请关闭它。' },
      'partly-frozen': { says: '摄像头的画面时而停住。', advice: '请不经集线器换一个接口，并关闭占用处理器的程序。' },
      dark: { says: '画面太暗：{luma}（满 255）。', advice: '请把灯放在面前，而不是背后。' },
      'hardly-moving': { says: '每秒只有 {fps} 帧。', advice: '请不经集线器换接口、改用较小尺寸，或换一个摄像头。' },
      slow: { says: '每秒 {fps} 帧，而不是 {claimedFps} 帧。', advice: '请增加光线：摄像头在暗处会变慢；否则换接口或较小的尺寸。' },
      uneven: { says: '每秒 {fps} 帧，但不均匀：± {jitterMs} 毫秒。', advice: '请不经集线器换一个接口，并关闭占用处理器的程序。' },
    },
  },
  'camera.modes': {
    asks: '摄像头实际能做到什么？',
    findings: {
      ...camera,
      listed: { says: '{count} 种模式，最好的是 {best}。', advice: '' },
      'slow-modes': { says: '{count} 种模式中有 {slow} 种达不到标称帧率；能保持的最好模式是 {best}。', advice: '请选择能保持帧率的模式。' },
      none: { says: '摄像头在任何模式下都没有画面。', advice: '请重新插拔摄像头，或更新驱动。' },
    },
  },
  'devices.sync': {
    asks: '声音与画面同时到达吗？',
    findings: {
      ...camera,
      'no-microphone': { says: '麦克风无法打开，没有声音可比较。', advice: '请先单独测试麦克风。' },
      'no-screen': { says: '没有界面显示闪光。', advice: '请从窗口自己的页面开始此测试，并把摄像头对准屏幕。' },
      'no-flashes': { says: '摄像头没有看到闪光：找到 {flashes} 次。', advice: '请把摄像头对准闪光的窗口，并让房间暗一些。' },
      'no-beeps': { says: '麦克风没有听到提示音：找到 {beeps} 次。', advice: '请调大扬声器音量，摘下耳机，让麦克风靠近。' },
      'too-few': { says: '闪光（{flashes}）与提示音（{beeps}）对不上。', advice: '请在安静处重新开始，并保持摄像头不动。' },
      'in-sync': { says: '声音与画面相差 {byMs} 毫秒，没有人会察觉。', advice: '' },
      late: { says: '声音比画面晚 {byMs} 毫秒。', advice: '请把麦克风的同步偏移减少 {byMs} 毫秒：画面会随之延后。' },
      early: { says: '声音比画面早 {byMs} 毫秒。', advice: '请把麦克风的同步偏移增加 {byMs} 毫秒：声音会随之延后。' },
      drifts: { says: '声音与画面以百万分之 {driftPpm} 的速度漂移：测试中段相差 {byMs} 毫秒。', advice: '请使用同一设备的摄像头和麦克风，或换接口；长节目前请重新启动设备。' },
    },
  },
  'microphone.permission': {
    asks: '本程序可以使用麦克风吗？',
    findings: { ...microphone, granted: { says: '麦克风可以使用，并能打开。', advice: '' } },
  },
  'microphone.present': {
    asks: '连接了麦克风吗，默认的是对的吗？',
    findings: {
      found: { says: '已连接 {count} 个：{names}。', advice: '' },
      none: { says: '没有连接麦克风。', advice: '请插上麦克风，确认已打开电源，或换一个接口。' },
      unnamed: { says: '已连接 {count} 个，但没有权限，看不到名称。', advice: '请允许使用麦克风后再看。' },
      'chosen-missing': { says: '所选的麦克风未连接。已连接：{names}。', advice: '请重新插上，或选择其他麦克风。' },
      'show-missing': { says: '节目使用的 {wanted} 未连接。已连接：{names}。', advice: '请插上，或为该来源选择其他麦克风。' },
      'other-default': { says: '要使用 {wanted}，而系统默认是 {default}。', advice: '请把两者设为同一个，其他程序也会使用它。' },
    },
  },
  'microphone.level': {
    asks: '你的声音够大吗？',
    findings: {
      ...microphone,
      good: { says: '你的声音很好：{dbfs} dBFS。', advice: '' },
      muted: { says: '麦克风被系统或自身开关静音。', advice: '请按静音键，或在系统声音设置中打开它。' },
      silent: { says: '麦克风完全没有声音：被静音或已损坏。', advice: '请按静音键，检查插头，或选择其他麦克风。' },
      unheard: { says: '几乎听不到声音：{dbfs} dBFS。', advice: '请对着这个麦克风说话，在系统声音设置中调大音量，或换一个麦克风。' },
      'too-quiet': { says: '你的声音太小：{dbfs} dBFS。', advice: '请调大麦克风音量，或靠近一些。' },
      loud: { says: '你的声音偏大：峰值 {peakDbfs} dBFS，没有余量。', advice: '请把麦克风音量调小一些。' },
      clipping: { says: '声音削顶 {clips} 次：有爆音。', advice: '请调小麦克风音量，关闭增强，或离远一些。' },
      constant: { says: '声音始终不变（{dbfs} dBFS）：是嗡声，或没有人说话。', advice: '请在测试时说话；若已说话，请检查线缆并换一个麦克风。' },
      'dead-channel': { says: '{channels} 个声道中有 {dead} 个无声；声音只在一侧。', advice: '请检查插头，或把来源设为单声道。' },
    },
  },
  'microphone.noise': {
    asks: '周围够安静吗？',
    findings: {
      ...microphone,
      quiet: { says: '很安静：噪声 {dbfs} dBFS。', advice: '' },
      audible: { says: '能听到噪声：{dbfs} dBFS。', advice: '请关窗，移开风扇，或打开降噪。' },
      noisy: { says: '很吵：{dbfs} dBFS。', advice: '请找出嗡声或风声的来源，关闭麦克风增强，并打开降噪。' },
      silent: { says: '完全没有声音，连噪声也没有。', advice: '请取消麦克风静音后再测试。' },
    },
  },
  'microphone.rate': {
    asks: '声音的采样率对吗？',
    findings: {
      ...microphone,
      same: { says: '麦克风和系统都以 {deviceHz} Hz 工作，与节目一致。', advice: '' },
      differs: { says: '麦克风为 {deviceHz} Hz，系统输出为 {contextHz} Hz；节目为 {programHz} Hz。', advice: '请在系统声音设置中把两者都设为 48000 Hz：转换会损失质量并可能漂移。' },
      narrow: { says: '麦克风只有 {deviceHz} Hz：听起来像电话。', advice: '无线耳机在使用其麦克风时会这样：请使用其他麦克风。' },
    },
  },
  'microphone.loop': {
    asks: '你的声音听起来怎样？',
    findings: {
      ...microphone,
      recorded: { says: '已录制 {seconds} 秒，还没有人听过。', advice: '请播放录音，并回答是否清楚听到自己。' },
      silent: { says: '录音没有声音。', advice: '请取消麦克风静音或换一个，然后重新录制。' },
      heard: { says: '你清楚地听到了自己。', advice: '' },
      'not-heard': { says: '你没有清楚地听到自己。', advice: '请单独测试扬声器；若正常，则检查麦克风音量或麦克风本身。' },
    },
  },
  'speaker.present': {
    asks: '连接了扬声器吗，默认的是对的吗？',
    findings: {
      found: { says: '已连接 {count} 个：{names}。', advice: '' },
      none: { says: '没有连接扬声器或耳机。', advice: '请插上，确认已打开电源，或换一个接口。' },
      unnamed: { says: '已连接 {count} 个，但没有麦克风权限，看不到名称。', advice: '请允许使用麦克风后再看。' },
      'chosen-missing': { says: '所选的扬声器未连接。已连接：{names}。', advice: '请重新插上，或选择其他扬声器。' },
      'show-missing': { says: '节目使用的 {wanted} 未连接。已连接：{names}。', advice: '请插上，或选择其他扬声器。' },
      'other-default': { says: '要使用 {wanted}，而系统默认是 {default}。', advice: '请把两者设为同一个，其他程序也会使用它。' },
    },
  },
  'speaker.tone': {
    asks: '你听到提示音了吗？',
    findings: {
      ...cannotPlayZhCn,
      played: { says: '提示音已播放；还没有人回答是否听到。', advice: '请回答是否听到。' },
      heard: { says: '你听到了提示音。', advice: '' },
      'not-heard': { says: '你没有听到提示音。', advice: '请调大音量，确认扬声器已打开且未静音，或选择其他扬声器。' },
    },
  },
  'speaker.loopback': {
    asks: '麦克风能听到扬声器吗？',
    findings: {
      ...microphone,
      ...cannotPlayZhCn,
      'chosen-missing': { says: '所选的麦克风或扬声器未连接。', advice: '请重新插上，或选择其他设备。' },
      faint: { says: '麦克风轻微听到扬声器，延迟 {delayMs} 毫秒。', advice: '' },
      echo: { says: '麦克风在 {delayMs} 毫秒后听到扬声器，高出其余声音 {riseDb} dB。', advice: '若说话时会有他人声音，请使用耳机或打开回声消除。' },
      'strong-echo': { says: '麦克风清楚听到扬声器：延迟 {delayMs} 毫秒，高出其余声音 {riseDb} dB。', advice: '请使用耳机，否则观众会听到两遍。' },
      'not-found': { says: '麦克风没有听到扬声器；使用耳机时这是对的。', advice: '' },
    },
  },
  'screen.permission': {
    asks: '本程序可以捕获屏幕吗？',
    findings: { ...cannotShareZhCn, granted: { says: '可以捕获屏幕。', advice: '' } },
  },
  'screen.capture': {
    asks: '捕获屏幕有画面吗？',
    findings: {
      ...cannotShareZhCn,
      good: { says: '屏幕画面 {width} × {height}，变化时每秒 {fps} 帧。', advice: '' },
      black: { says: '捕获的画面是黑的。', advice: '请选择其他屏幕或窗口：有些会自我保护；否则更新显卡驱动，或关闭硬件加速。' },
      'no-frames': { says: '没有画面：隐藏或不变化的窗口不会给出画面。', advice: '请把窗口移到前面，或选择整个屏幕。' },
    },
  },
} as const
