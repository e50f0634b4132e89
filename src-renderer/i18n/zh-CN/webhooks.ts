import type { webhooks as en } from '../en/webhooks.ts'

export const webhooks: typeof en = {
  reason: {
    evidence: '原始信息', code: '错误码 {code}', actions: { retry: '立即重试', edit: '修改目的地', settings: '打开设置' },
    clock: '本机时间：{time}。', clockOff: '本机时间：{time}，比您的后端快 {seconds} 秒。', clockBehind: '本机时间：{time}，比您的后端慢 {seconds} 秒。',
  },
  webhooks: {
    intro: 'Castwright 通过 HTTP 把演播室发生的事告诉您自己的后端：节目、摄像头、录制和目的地。',
    add: '添加地址', emptyTitle: '没有地址', emptyText: '添加您后端的地址，即可收到通知。',
    enable: '通知 {name}', edit: '修改 {name}', remove: '删除 {name}', removeTitle: '删除这个地址？', removeText: '它的密钥会一并删除，等待发送的通知会被丢弃。', removeConfirm: '删除',
    name: '名称', url: '地址', urlHint: '查询参数按密钥保存，不再显示。末尾单独一个问号会删除它。', queryKept: '该地址已保存查询参数。',
    dialect: '格式', dialects: { classic: '经典（流）', room: '房间' },
    key: '密钥', keyKept: '已保存密钥。留空则保持不变。', keyHintRoom: '最多 32 个字母和数字，用于给每条通知签名。', keyHintClassic: '用于给每条通知签名，有效期十分钟。', showKey: '显示密钥',
    application: '应用 ID', applicationHint: '仅限数字，留空为 0。', groupsTitle: '通知内容',
    groups: { room: '节目开始和结束', media: '摄像头、声音和屏幕的开关', recording: '录制和截图', push: '目的地', ingest: '外部流' },
    test: '发送测试通知', testing: '正在发送…', answered: '{ms} 毫秒后返回状态 {status}', noAnswer: '{ms} 毫秒内没有应答', clockOffset: '后端时间差：{seconds} 秒',
    identity: '通知中的身份', roomId: '房间', roomHint: '纯数字即为数字房间。', userId: '用户', recordId: '记录 ID', recordHint: '在 stream_param 中原样带回。',
    log: '最近的通知', logEmpty: '还没有。', tries: '首次尝试 | {n} 次 | {n} 次', nextTry: '{time} 再试', of: '{type} · {address}',
    states: { waiting: '等待', sending: '发送中', delivered: '已送达', 'given-up': '已放弃', dropped: '已丢弃' },
    events: {
      e0: '断流', e1: '开始推流', e100: '录制文件', e200: '截图', e101: '创建房间', e102: '解散房间', e103: '进入房间', e104: '退出房间',
      e201: '摄像头开启', e202: '摄像头关闭', e203: '声音开启', e204: '声音关闭', e205: '屏幕开启', e206: '屏幕关闭',
      e301: '录制开始', e302: '录制停止', e304: '生成播放列表', e307: '第一个切片', e310: 'MP4 完成', e401: '目的地', e701: '外部流开始', e702: '外部流停止',
    },
    checker: '检查通知', checkerHint: '请逐字节粘贴后端收到的内容。不会保存任何内容。', body: '请求体', sign: '签名', signHintRoom: '请求头 Sign。', signHintClassic: '留空则使用请求体中的 sign。',
    checkKey: '密钥', checkWith: '使用的密钥', checkTyped: '在下方输入', check: '检查', expected: '应为：{sign}', until: '有效期至 {time}。',
    verdicts: {
      valid: '有效：来自持有该密钥的一方。', expired: '签名正确，但已过期。请不要信任：可能有人在重放。',
      'wrong-sign': '签名不符：密钥不同，或请求体被修改。', 'body-changed': '签名对应的是同一内容的另一种写法。请校验请求的原始字节，而不是重新输出的文本。',
      'wrong-form': '签名正确但形式不对。房间通知使用 Base64，经典通知使用小写十六进制。',
      'body-empty': '请先粘贴请求体。', 'body-not-json': '请求体不是 JSON 对象。', 'sign-missing': '没有可检查的签名。', 'time-missing': '请求体中没有 t，无法判断有效期。',
      'key-missing': '需要密钥，后端才能校验通知的来源。', 'key-room': '房间格式的密钥最多 32 位，只能包含字母和数字。', 'key-characters': '密钥不能包含空格，最多 128 个字符。',
    },
  },
}
