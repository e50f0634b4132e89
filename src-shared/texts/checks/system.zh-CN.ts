import type { SameChecks } from './check-text.ts'
import type { SYSTEM_EN } from './system.en.ts'

export const SYSTEM_ZH_CN: SameChecks<typeof SYSTEM_EN> = {
  'environment.system': {
    asks: '这是一台什么样的电脑？',
    findings: {
      told: { says: '{os}，{cpu}，{cores} 个处理器，{memoryGb} GB 内存。', advice: '' },
      'few-processors': { says: '{os}，{cpu}，仅 {cores} 个处理器，{memoryGb} GB 内存。', advice: '请使用 960×540，或让显卡编码；编码器检查会说明能否胜任。' },
    },
  },
  'environment.ffmpeg': {
    asks: '是否有 FFmpeg，功能是否齐全？',
    findings: {
      complete: { says: '已找到 FFmpeg {version}，演播室所需功能齐全。', advice: '' },
      'parts-missing': { says: '已找到 FFmpeg {version}，但缺少 {missing}。', advice: '请从系统软件源或 ffmpeg.org 安装完整的 FFmpeg。' },
      missing: { says: '未找到 FFmpeg。', advice: 'SRT、修复和拼接录制文件，以及窗口不能编码 H.264 时都需要它，请安装。' },
    },
  },
  'environment.display': {
    asks: '窗口所用的屏幕和语言是什么？',
    findings: {
      told: { says: '{browser}，屏幕 {width} × {height}，缩放 {scale} %，语言 {locale}。', advice: '' },
      small: { says: '{browser}，屏幕仅 {width} × {height}，缩放 {scale} %，语言 {locale}。', advice: '请使用更大的屏幕或更小的缩放：演播室窗口需要 1024 × 600。' },
    },
  },
  'environment.graphics': {
    asks: '显卡是否参与工作？',
    findings: {
      good: { says: '画面由 {renderer} 绘制。', advice: '' },
      software: { says: '画面由处理器而非显卡绘制（{renderer}）。', advice: '请开启硬件加速，或更新显卡驱动。' },
      'no-webgl': { says: '窗口没有演播室画面所需的 WebGL 2。', advice: '请更新显卡驱动，或开启硬件加速。' },
    },
  },
  'environment.apis': {
    asks: '窗口是否具备演播室所需的能力？',
    findings: {
      all: { says: '窗口具备全部能力。', advice: '' },
      'optional-missing': { says: '窗口缺少 {missing}，但演播室可以不用。', advice: '' },
      'mandatory-missing': { says: '窗口缺少演播室必需的 {missing}。', advice: '请更新浏览器或 Castwright。' },
    },
  },
  'environment.codecs': {
    asks: '有哪些编解码器？',
    findings: {
      hardware: { says: 'H.264 由显卡编码；编码器：{encodes}。', advice: '' },
      software: { says: 'H.264 由处理器编码；编码器：{encodes}。', advice: '' },
      'no-h264': { says: '窗口不能编码 H.264；编码器：{encodes}。', advice: '演播室会用 FFmpeg 编码，更耗处理器。Chrome 或 Castwright 应用可以编码。' },
      none: { says: '窗口完全不能编码画面。', advice: '请更新浏览器或 Castwright。' },
    },
  },
  'environment.encode': {
    asks: '编码 1080p、每秒 30 帧是否够快？',
    findings: {
      quick: { says: '编码占用可用时间的 {percent} %。', advice: '' },
      tight: { says: '编码占用可用时间的 {percent} %。', advice: '请关闭其他程序，或使用 720p。' },
      slow: { says: '编码占用可用时间的 {percent} %，会丢帧。', advice: '请使用 720p 或更低帧率，或关闭其他程序。' },
      unavailable: { says: '窗口不能编码 H.264，速度无从得知。', advice: '演播室改用 FFmpeg 编码；在彩排确认之前请使用 720p。' },
      broken: { says: '编码器声称可用，却没有画面输出。', advice: '请更新显卡驱动，或关闭硬件加速。' },
    },
  },
  'environment.devices': {
    asks: '有哪些摄像头、麦克风和扬声器？',
    findings: {
      listed: { says: '摄像头：{cameras}；麦克风：{microphones}；扬声器：{speakers}。', advice: '' },
      unnamed: { says: '摄像头：{cameras}；麦克风：{microphones}；扬声器：{speakers}；未获授权，其他信息未知。', advice: '请允许使用摄像头和麦克风，然后再看一次。' },
      none: { says: '没有摄像头，也没有麦克风。', advice: '请插入设备，或共享屏幕。' },
    },
  },
  'system.disk': {
    asks: '录制的磁盘空间够吗？',
    findings: {
      enough: { says: '录制所在磁盘剩余 {freeGb} GB。', advice: '' },
      little: { says: '录制所在磁盘仅剩 {freeGb} GB。', advice: '长时间节目前请清理空间，或录制到其他磁盘。' },
      none: { says: '录制所在磁盘几乎没有空间：{freeGb} GB。', advice: '请清理空间，或录制到其他磁盘。' },
    },
  },
  'system.processor': {
    asks: '处理器有多忙？',
    findings: {
      free: { says: '处理器占用 {percent} %。', advice: '' },
      busy: { says: '处理器占用 {percent} %。', advice: '请在节目前关闭其他程序。' },
      full: { says: '处理器占用 {percent} %，会丢帧。', advice: '请关闭其他程序，或降低尺寸和帧率。' },
      unknown: { says: '系统没有提供处理器占用情况。', advice: '' },
    },
  },
  'system.memory': {
    asks: '内存够吗？',
    findings: {
      enough: { says: '{totalGb} GB 内存中剩余 {availableGb} GB。', advice: '' },
      little: { says: '{totalGb} GB 内存中仅剩 {availableGb} GB。', advice: '长时间节目前请关闭其他程序。' },
      none: { says: '{totalGb} GB 内存几乎用尽：仅剩 {availableGb} GB。', advice: '请关闭其他程序，或重新启动电脑。' },
    },
  },
  'system.power': {
    asks: '电脑是否接通电源？',
    findings: {
      mains: { says: '电脑已接通电源。', advice: '' },
      'no-battery': { says: '电脑没有电池。', advice: '' },
      battery: { says: '电脑正在使用电池，电量 {percent} %。', advice: '请接通电源：许多电脑使用电池时会变慢。' },
      low: { says: '电池即将耗尽：{percent} %。', advice: '请接通电源。' },
      saving: { says: '电脑处于省电模式，速度较慢。', advice: '请在系统电源设置中选择平衡或最佳性能。' },
      unknown: { says: '系统没有提供供电情况。', advice: '' },
    },
  },
  'system.disk-speed': {
    asks: '磁盘速度够录制吗？',
    findings: {
      quick: { says: '磁盘每秒写入 {mbPerSecond} MB。', advice: '' },
      moderate: { says: '磁盘每秒仅写入 {mbPerSecond} MB。', advice: '请一次只录一种格式，或录制到其他磁盘。' },
      slow: { says: '磁盘每秒仅写入 {mbPerSecond} MB，录制会有缺口。', advice: '请录制到其他磁盘。' },
      'not-writable': { says: '录制所在位置无法写入。', advice: '请选择其他录制文件夹。' },
      'no-room': { says: '空间太少，无法测试磁盘速度。', advice: '请清理空间，或录制到其他磁盘。' },
    },
  },
  'system.clock': {
    asks: '按服务器至今所说，电脑的时钟准吗？',
    findings: {
      good: { says: '时钟误差在 {seconds} 秒以内。', advice: '' },
      off: { says: '时钟误差 {seconds} 秒。', advice: '请在系统日期和时间设置中开启自动设置。' },
      far: { says: '时钟误差 {seconds} 秒：服务器可能拒绝签名地址和证书。', advice: '请在系统日期和时间设置中开启自动设置。' },
      unknown: { says: '还没有服务器告知时间。', advice: '' },
    },
  },
}
