import type { studio as en } from '../en/studio.ts'

export const studio: typeof en = {
  app: { name: 'Castwright', unreachable: '此页面背后没有演播室。请重新启动 Castwright，并使用它打开的窗口。', lost: '演播室后台已停止。请重新启动 Castwright，您的节目已保存。', replaced: 'Castwright 现在已在另一个窗口中打开。', useHere: '在此使用' },
  announce: { live: '您正在直播。', ended: '节目已结束。', state: '{name}：{state}。' },
  common: {
    cancel: '取消', close: '关闭', save: '保存', fps: '{n} 帧/秒', kbps: '{n} kbit/s', mib: '{n} MiB', ms: '{n} 毫秒', seconds: '{n} 秒',
  },
  layout: {
    previewHeight: '预览高度', sideWidth: '预览及下方面板的宽度', size: '{name}的大小', panels: '更多面板', controls: '直播和录制',
  },
  live: {
    badge: '直播中', off: '未直播', time: '直播时长', goLive: '开始直播', end: '结束直播', ending: '正在结束…',
    ready: '已准备好推送到 {n} 个目的地',
    needsDestination: '请先启用一个目的地。彩排不需要账号。',
    needsSource: '请先添加来源，观众才有内容可看。',
    endTitle: '结束节目？', endText: '所有目的地都会断开，观众会看到节目已结束。',
  },
  pages: { title: '页面', studio: '演播室', recordings: '录制', statistics: '统计', diagnostics: '检测' },
  notices: { title: '通知', dismiss: '关闭通知' },
  preview: {
    name: '预览', nameSelected: '预览，已选中{name}',
  },
  shows: {
    unnamed: '未命名节目', rename: '重命名节目', create: '新建节目', open: '打开节目', import: '从文件导入…', export: '导出到文件…', notSaved: '未保存',
  },
  top: {
    bar: '节目和页面', undo: '撤销', redo: '重做', languageMark: '中', toLight: '浅色外观', toDark: '深色外观', figures: '统计',
    fps: '帧率', rate: '码率', dropped: '丢帧', cpu: 'CPU', cpuTitle: '演播室全部进程占用，以单个核心计', tones: { warn: '（偏低）', bad: '（异常）' },
  },
}
