import type { SameChecks } from './check-text.ts'
import type { SHOW_EN } from './show.en.ts'

export const SHOW_ZH_CN: SameChecks<typeof SHOW_EN> = {
  'show.sources': {
    asks: '观众要看的画面都在吗？',
    findings: {
      good: { says: '场景中的画面都正常（{n} 个）。', advice: '' },
      'sound-only': { says: '这个节目不需要画面。', advice: '' },
      empty: { says: '正在播出的场景里什么也没有。', advice: '在场景中显示一个来源，或换一个场景。' },
      denied: { says: '没有使用权限：{names}。', advice: '在浏览器或系统的隐私设置中允许，然后重新启动该来源。' },
      busy: { says: '被其他程序占用：{names}。', advice: '关闭那个程序，画面会自动恢复。' },
      missing: { says: '没有连接：{names}。', advice: '插上设备，或选择另一个设备。' },
      off: { says: '没有画面：{names}。', advice: '重新启动该来源。' },
      frozen: { says: '画面静止不动：{names}。', advice: '重新启动该来源，或重新插拔摄像头。' },
      black: { says: '画面全黑：{names}。', advice: '打开镜头盖，或开灯。' },
      'stand-in': { says: '正在使用替代设备：{names}。', advice: '插上原来的设备，或选择一个现有的设备。' },
      starting: { says: '还在启动：{names}。', advice: '稍等片刻再检查一次。' },
    },
  },
  'show.sound': {
    asks: '观众能听到你吗？',
    findings: {
      good: { says: '有声音：{names}。', advice: '' },
      'without-sound': { says: '这个节目不需要声音。', advice: '' },
      'no-source': { says: '节目中没有带声音的来源。', advice: '' },
      'all-muted': { says: '听不到任何声音，因为已静音：{names}。', advice: '打开声音。' },
      'microphone-muted': { says: '麦克风已静音：{names}。', advice: '如果不是有意的，请打开。' },
      off: { says: '麦克风没有信号：{names}。', advice: '插上麦克风、允许使用，或关闭占用它的程序。' },
      silent: { says: '没有一点声音：{names}。', advice: '看看麦克风上是否有开关，或选择另一个麦克风。' },
      clipping: { says: '声音过大而失真：{names}。', advice: '调低麦克风，或离它远一点。' },
      starting: { says: '还在启动：{names}。', advice: '稍等片刻再检查一次。' },
    },
  },
  'show.destinations': {
    asks: '目的地都能连上吗？',
    findings: {
      good: { says: '所有目的地都能连上（{n} 个）。', advice: '' },
      'none-on': { says: '没有打开任何目的地。', advice: '请打开一个；排练不需要账号。' },
      address: { says: '地址无法使用：{names}。', advice: '从平台重新复制地址。' },
      'key-refused': { says: '服务器拒绝了令牌：{names}。', advice: '从平台重新复制令牌。' },
      'not-found': { says: '找不到这个名称的服务器：{names}。', advice: '检查地址是否有错字，以及网络是否正常。' },
      refused: { says: '服务器不接受连接：{names}。', advice: '检查地址和端口，以及服务器是否在运行。' },
      tls: { says: '无法建立加密连接：{names}。', advice: '检查地址，以及本机的日期。' },
      unreachable: { says: '服务器没有应答：{names}。', advice: '检查网络连接和地址；中间可能有防火墙。' },
    },
  },
  'show.expiry': {
    asks: '地址和令牌的有效期够吗？',
    findings: {
      good: { says: '最早的一个在 {at} 到期。', advice: '' },
      none: { says: '都不会到期。', advice: '' },
      over: { says: '“{name}”已于 {at} 到期。', advice: '输入新的地址或令牌。' },
      rights: { says: '“{name}”的令牌不允许：{rights}。', advice: '输入带有这些权限的令牌，或不要播出这些内容。' },
      soon: { says: '“{name}”将在 {minutes} 分钟后到期。', advice: '如果节目更长，请输入新的地址或令牌。' },
    },
  },
  'show.disk': {
    asks: '录制的空间够吗？',
    findings: {
      enough: { says: '还可录制 {hours} 小时。', advice: '' },
      'not-recording': { says: '这个节目不录制。', advice: '' },
      little: { says: '只够录制 {minutes} 分钟。', advice: '腾出空间，或录制到其他磁盘。' },
      none: { says: '几乎没有录制空间：{minutes} 分钟。', advice: '腾出空间，或录制到其他磁盘。' },
    },
  },
  'show.encoder': {
    asks: '画面能编码吗？',
    findings: {
      good: { says: '编码器正常：{name}。', advice: '' },
      transcoded: { says: '没有 H.264 编码器，画面要编码两次：{name}。', advice: '如果电脑太忙，请使用较小的画面。' },
      slow: { says: '编码器在 {seconds} 秒内没有编出画面。', advice: '关闭其他程序，或使用较小的画面。' },
      none: { says: '没有编码器支持这些设置。', advice: '选择其他画面尺寸或帧率。' },
    },
  },
  'show.processor': {
    asks: '电脑有余力直播吗？',
    findings: {
      good: { says: '处理器占用 {percent}%。', advice: '' },
      unknown: { says: '系统没有提供处理器的占用情况。', advice: '' },
      busy: { says: '处理器已占用 {percent}%。', advice: '关闭其他程序，或使用较小的画面、较低的帧率。' },
      full: { says: '处理器没有余力了：已占用 {percent}%。', advice: '关闭其他程序，或使用较小的画面、较低的帧率。' },
    },
  },
  'show.clock': {
    asks: '这台电脑的时间准吗？',
    findings: {
      good: { says: '时间准确。', advice: '' },
      unknown: { says: '还没有服务器告知时间。', advice: '' },
      behind: { says: '时间慢了 {minutes} 分钟。', advice: '请在系统中校准：签名地址和令牌可能会被拒绝。' },
      ahead: { says: '时间快了 {minutes} 分钟。', advice: '请在系统中校准：签名地址和令牌可能会被拒绝。' },
    },
  },
}
