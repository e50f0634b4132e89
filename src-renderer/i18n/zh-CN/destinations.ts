import type { destinations as en } from '../en/destinations.ts'

export const destinations: typeof en = {
  destinations: {
    title: '目的地', add: '添加目的地', addTitle: '添加目的地', editTitle: '修改目的地',
    emptyTitle: '没有目的地', emptyText: '添加直播平台提供的地址。',
    rehearsal: '彩排', rehearsalAddress: '仅在本机', enable: '推送到 {name}', edit: '修改 {name}', remove: '删除 {name}',
    removeTitle: '删除这个目的地？', removeText: '它的密钥会一并删除。', removeLive: '它会断开连接，密钥会一并删除。', removeConfirm: '删除',
    off: '已关闭',
    states: {
      idle: '就绪', connecting: '正在连接', running: '直播中', recovering: '正在重连', failed: '无法到达', disconnecting: '正在断开', stopped: '已停止，需要您处理',
    },
    again: '{seconds} 秒后重试', held: '服务器要求稍候。将在 {time} 再次尝试（{seconds} 秒后），无法提前。', retryNow: '立即重试', queue: '排队 {ms} 毫秒', dropped: '丢弃 {n} 帧', details: '{name} 的详情',
    notVerified: '未检查服务器证书。',
    caller: '接收端：{caller}', noCaller: '端口 {port} 上还没有人呼叫。',
    figures: { attempt: '尝试次数', connects: '连接次数', firstMedia: '首帧用时', stage: '阶段', sent: '已发送', acknowledged: '服务器已确认', frames: '已发送帧', rtt: '往返时间', quality: '线路', loss: '线路丢包', retransmits: '重传的数据包', picture: '实际发送的画面', codec: '编码', limitedBy: '画质受限于' },
    percent: '{n} %', quality: '{word}（{n}）', sizeAt: '{size}，{fps} fps', limits: { none: '无', bandwidth: '线路', cpu: '处理器', other: '其他原因' },
    stages: {
      waiting: '等待', resolving: '解析域名', connecting: '连接', securing: '加密', handshaking: '握手', opening: '打开', publishing: '请求推流',
      sending: '发送', draining: '发送剩余数据', closed: '已关闭',
    },
    lastFailure: '上次故障', gaps: '中断', noGaps: '目前没有。', gap: '中断 {down} 秒，用 {recover} 秒恢复',
    chart: '最近几分钟的发送码率和队列', chartRate: 'kbit/s', chartQueue: '队列，毫秒',
    name: '名称', namePlaceholder: '显示在列表中', address: '服务器地址', addressHint: '可以粘贴带密钥的完整地址，会自动拆分。',
    split: '已从地址中找到密钥并移到单独的字段。', key: '推流密钥', keyKept: '已保存密钥。留空则保持不变。', showKey: '显示密钥',
    keyStore: { encrypted: '由系统加密保存。', 'protected-file': '保存在只有您能读取的文件中。', memory: '保存到 Castwright 关闭为止。' },
    secure: '安全连接', verify: '检查服务器证书', verifyOff: '传输途中可能有人读取您的密钥。仅用于测试。',
    authority: '自有证书颁发机构 (PEM)', authorityHint: '仅用于使用私有颁发者的自有服务器。',
  },
  rehearsal: {
    title: '彩排，观众看到的画面', watch: '观看彩排', close: '关闭观看', sound: '彩排声音',
    notRunning: '彩排服务器正在启动…', notLive: '启用彩排并开始直播后，可在这里观看。', waiting: '正在等待画面…',
    delay: '比演播室晚 {seconds} 秒', atLeast: '至少晚 {seconds} 秒，正在测量…', measuring: '正在测量延迟…',
  },
}
