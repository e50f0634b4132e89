import type { addresses as en } from '../en/addresses.ts'

export const addresses: typeof en = {
  addresses: {
    paste: {
      label: '粘贴平台提供的内容', placeholder: '服务器和串流密钥、WHIP 地址和令牌、SRT 地址、JSON……',
      understood: '{kind}：{parts}。请在下方核对。', and: '、', onlySecret: '找到了密钥并已填入；还需要它所属的地址。',
      found: { address: '地址', key: '推流密钥', token: '令牌', streamId: '流 ID', passphrase: '加密口令', latency: '延迟', mode: '连接方式', keyLength: '密钥长度' },
      ignored: {
        playback: '已略过观看地址。', backup: '已略过备用服务器；可以另建一个目的地。', option: '已略过选项“{detail}”：由 Castwright 自行设置。',
        'user-info': '已略过地址中的用户名和密码。', 'more-addresses': '其中还有 {detail} 个地址，可以分别另建目的地。',
      },
      problems: {
        'too-long': '这段文字太长，不是地址。请只粘贴服务器和密钥。', 'control-characters': '这段文字中有控制字符。请从平台页面重新复制。',
        'no-address': '这段文字中没有地址。地址以 rtmp://、rtmps://、srt:// 或 https:// 开头。', 'playback-address': '这是观看地址。请查找用于推流的地址，通常叫推流地址或服务器。',
        scheme: 'Castwright 不能推送到 {scheme}://，可以推送到 rtmp://、rtmps://、srt:// 和 https://（WHIP、HLS）。', address: '这段文字中的地址不完整。请从 rtmp://、srt:// 或 https:// 开始重新复制。', empty: '没有可读取的内容。',
      },
    },
    platform: '平台', kind: '协议', server: '服务器', test: '仅测试', testHint: '平台会接收但不向任何人播放。正式直播前请关闭。',
    keyPerBroadcast: '密钥只用于一场直播：每场都要重新获取。', tencentWhip: '令牌就是完整的带签名 webrtc:// 推流地址。',
    platforms: {
      custom: '其他服务器', twitch: 'Twitch', youtube: 'YouTube 直播', facebook: 'Facebook 直播', ivs: 'Amazon IVS (RTMPS)', 'ivs-whip': 'Amazon IVS (WHIP)', 'tencent-css': '腾讯云直播 (RTMP)',
      'tencent-whip': '腾讯云直播 (WHIP)', trtc: '腾讯 TRTC 房间 (RTMP)', 'trtc-whip': '腾讯 TRTC 房间 (WHIP)', bilibili: '哔哩哔哩',
    },
    kinds: { rtmp: 'RTMP', whip: 'WHIP (WebRTC)', srt: 'SRT', hls: 'HLS' },
    servers: { any: '自动', primary: '主服务器', backup: '备用服务器', own: '自定义地址', stale: '目前无法获取平台的服务器列表，以下是 Castwright 已知的服务器。' },
    fields: {
      address: { whip: 'WHIP 地址', srt: 'SRT 地址', hls: '文件夹或播放列表地址' },
      hint: { whip: '从 https:// 开始，按平台显示的填写。', srt: '? 之后的流 ID、加密口令和选项会移到各自的字段。', hls: '本机上的文件夹，或以 .m3u8 结尾的 https:// 地址。' },
      key: { whip: '令牌', srt: '流 ID', hls: '令牌' },
      query: '地址中 ? 之后的部分', queryKept: '已隐藏保存，其中可能含有令牌。显示后可修改。', queryHint: '可能含有令牌，因此隐藏。留空表示地址之后没有内容。',
      passphrase: '加密口令', passphraseKept: '已保存口令。留空则保持不变。', passphraseHint: '10 到 79 个字符；留空则不加密。', passphraseProblem: '加密口令为 10 到 79 个字符。',
      openHttp: '未加密：传输途中任何人都能读取令牌。只要服务器支持，请使用 https://。',
    },
    limits: {
      title: '平台要求：', video: '视频不超过 {kbps} kbit/s', audio: '声音不超过 {kbps} kbit/s', keyFrames: '关键帧间隔 {min} 到 {max} 秒', size: '最多 {lines} 行', rate: '{min} 到 {max} fps',
      hours: '最长 {hours} 小时', noBFrames: '无 B 帧（这里始终如此）', profile: 'H.264 {profile} 规格', constant: '恒定码率', noChange: '直播中不得更改设置',
      fine: '当前节目符合要求。', adjust: '调整节目', whileLive: '节目结束后才能调整。', whyRoom: '房间里的观众只能从关键帧开始观看，所以每 1 或 2 秒要有一个。',
      breaches: {
        size: '画面有 {is} 行，最多 {wanted} 行。', frameRate: '不接受 {is} fps，可用 {wanted} fps。', videoKbps: '视频码率为 {is} kbit/s，最高 {wanted}。',
        audioKbps: '声音码率为 {is} kbit/s，最高 {wanted}。', keyFrameSeconds: '关键帧每 {is} 秒一个，应为每 {wanted} 秒。',
      },
    },
    options: {
      title: '高级', priority: '线路变慢时', priorities: { required: '必须', 'best-effort': '尽力' },
      priorityHints: { required: '在接收相同内容的目的地中，最慢的“必须”目的地决定码率。', 'best-effort': '这个目的地宁可丢帧，也不拖慢其他目的地。' },
      mode: '连接方式', modes: { caller: '呼叫服务器', listener: '等待呼叫' }, listenerHint: '一次只服务一个接收端：先呼叫者先得，在它挂断之前其他呼叫者不会被接入。若有多个接收端，请为每个接收端添加一个目的地，各用不同的端口。', latency: '延迟', latencyHint: '用于重发丢失数据包的时间：约为往返时间的四倍。设置口令后才加密。',
      keyLength: '加密', keyLengthBits: 'AES-{bits}', codec: '视频编码', degradation: '变慢时先放弃',
      degradations: { balanced: '两者兼顾', 'maintain-framerate': '清晰度', 'maintain-resolution': '帧率' }, tokenFollows: '重定向到其他服务器时也发送令牌',
      tokenFollowsHint: '仅在平台要求时开启。', segment: '分片长度', listSize: '列表中的分片数', hlsHint: '0 表示所有分片都留在列表中。',
    },
    showSecret: '显示：{name}',
    sign: {
      title: '为推流地址签名', text: '用于开启了推流鉴权的域名。地址和密钥会自动填入。', domain: '推流域名', name: '流名称', key: '签名密钥', keyHint: '见平台的域名设置。',
      kept: '已为该域名保存密钥。留空则使用它。', algorithm: '算法', hours: '有效期', keep: '保存密钥', sign: '签名',
    },
    room: {
      title: '房间和签名', room: '房间', user: '用户 ID', application: 'SDKAppID', way: 'UserSig 来源', signature: 'UserSig', roomProblem: '1 到 64 个字母、数字或下划线。', userProblem: '1 到 32 个字母、数字、下划线或连字符。',
      ways: { paste: '粘贴', fetch: '从我的服务器获取', make: '在这里生成（仅供试用）' },
    },
    make: {
      warning: '密钥应放在服务器上：拿到它的人可以冒充任何用户。这里仅供试用。', key: '应用密钥 (SecretKey)', kept: '已为该应用保存密钥。留空则使用它。', hours: '有效期',
      keep: '保存密钥', withRights: '同时生成 PrivateMapKey', withRightsHint: '用于开启了严格权限的房间。', copyMapKey: '复制 PrivateMapKey', make: '生成',
    },
    fetch: {
      title: '从自己的服务器获取令牌', text: 'Castwright 访问这个 https:// 地址，并从返回的 JSON 中取出令牌。', method: '方法', address: '令牌地址', bearer: '您的访问令牌', bearerHint: '以 Authorization: Bearer 发送。', kept: '已隐藏保存。显示访问令牌即可查看或修改。',
      keep: '连接前获取新令牌', keepHint: '令牌地址与其他机密信息一起保存；令牌过期、剩余不足十分钟或未说明有效期时，会再次向该地址获取。',
      get: '获取令牌',
    },
    token: {
      room: '房间', user: '用户', application: 'SDKAppID', until: '有效期至', over: '已过期', rights: '令牌允许的操作', allowed: '允许：', notAllowed: '不允许：',
      missing: '令牌不允许节目要发送的内容：{rights}。',
    },
    rights: {
      createRoom: '创建房间', enterRoom: '进入房间', sendAudio: '发送声音', receiveAudio: '接收声音', sendVideo: '发送视频', receiveVideo: '接收视频', sendScreen: '发送屏幕', receiveScreen: '接收屏幕',
    },
    facts: { over: '地址或令牌已过期。请在开始直播前重新获取。', ending: '地址或令牌将在 {minutes} 分钟后过期。' },
    viewers: {
      title: '观众', bizId: 'BizId', bizIdHint: '默认域名前面的数字。', domain: '播放域名', domainHint: '留空则使用默认域名。', type: '流', types: { main: '摄像头 (main)', aux: '屏幕 (aux)' },
      secure: 'FLV 和 HLS 使用 https', incomplete: '填写以上字段后显示观看地址。', copy: '复制 {protocol} 地址', copied: '已复制', code: '{protocol} 地址的二维码', codeOf: '二维码：{address}',
    },
  },
}
