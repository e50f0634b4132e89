import type { settings as en } from '../en/settings.ts'

export const settings: typeof en = {
  settings: {
    title: '设置', tabs: { encoding: '画面和声音', general: '外观', hotkeys: '快捷键', connection: '连接', recording: '录制', notices: '通知' },
    presets: '画面', preset: '{width} × {height}，{fps} 帧/秒', presetPortrait: '{width} × {height}，{fps} 帧/秒，竖屏', custom: '自定义',
    width: '宽', height: '高', frameRate: '帧率', keyFrames: '关键帧间隔', videoRate: '视频码率', audioRate: '音频码率',
    whileLive: '直播中只能修改视频码率。', videoEncoder: '视频编码器', audioEncoder: '音频编码器', compositor: '合成方式',
    words: {
      transcoded: '由 FFmpeg 转码', variableRate: '可变码率', notSupported: '不支持', notMeasured: '未测量',
      hardware: '硬件', software: '软件', failed: '失败', noH264: '没有 H.264', platform: '系统自带',
    },
    language: '语言', theme: '外观', themes: { dark: '深色', light: '浅色', system: '跟随系统' }, version: 'Castwright {version}，{host} 宿主，{platform}',
    automatic: '自动开播', automaticHint: '摄像头或屏幕一打开就开始直播。手动结束后，画面关闭满十秒再打开才会再次自动开播。',
    failAfter: '无法到达的判定时间', failAfterHint: '目的地在这段时间内无法连接或恢复，即视为无法到达。',
    failedIsFinal: '之后停止尝试', failedIsFinalHint: '通常关闭：只要节目在进行，Castwright 就会继续尝试。',
  },
  firstRun: {
    title: '您想展示什么？', text: '点一下就能看到画面，之后都可以修改。',
    testPattern: { title: '测试图', text: '移动的彩条、时钟和提示音，适合试用。' },
    camera: { title: '摄像头', text: '您的摄像头和麦克风。' },
    screen: { title: '屏幕', text: '整个屏幕或一个窗口。' },
    next: '然后点击“开始直播”。彩排已就绪：只在本机，不需要账号。', skip: '从空白节目开始',
  },
}
