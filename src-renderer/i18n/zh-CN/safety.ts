import type { safety as en } from '../en/safety.ts'

export const safety: typeof en = {
  safeStart: {
    title: '工作室上次没有正常结束', and: '、',
    was: '上次于 {at} 打开，之后因崩溃或电脑原因中断。', wasUnknown: '上次因崩溃或电脑原因中断。',
    live: '当时正在直播到：{names}。', liveElsewhere: '当时正在直播，但那些目的地已不存在。', recording: '当时正在录制。', idle: '当时既没有直播，也没有录制。',
    again: '连续两次在启动后不久中断。原因很可能是某个设备、滤镜或网页：安全启动会暂不使用它们。',
    choices: {
      'go-on': { says: '继续节目', hint: '恢复原状：重新直播到相同的目的地；如果当时在录制，也重新录制。' },
      safe: { says: '安全启动', hint: '在您启动之前，不使用摄像头、麦克风、屏幕、网页、滤镜和全局快捷键。' },
      open: { says: '仅打开工作室', hint: '节目照常打开；不直播，也不录制。' },
    },
    repair: { none: '中断的录制会自动修复。', running: '正在修复录制：还剩 {n} 个', failed: '无法修复的录制：{n} 个', open: '录制' },
    bar: '安全启动：摄像头、麦克风、屏幕、网页、滤镜和全局快捷键均已关闭。', start: '启动来源',
  },
  logs: {
    title: '日志', level: '最低级别', levels: { debug: '全部', info: '信息', warn: '警告', error: '错误' },
    marks: { debug: '细节', info: '信息', warn: '警告', error: '错误' },
    search: '搜索', follow: '实时更新', copy: '复制显示的内容', copied: '已复制', reveal: '显示文件', older: '更早的记录', searching: '正在查找…', empty: '没有符合条件的记录。',
    list: '日志记录', hint: '密钥、令牌以及地址中“?”之后的内容从不写入日志。',
  },
}
