/** 混音器的通道、滤镜、响度与监听。 */
export const mixer = {
  strip: {
    solo: '只听 {name}', monitor: '监听 {name}', menu: '{name} 的更多选项', pan: '{name} 的声像', clipped: '{name} 已削波。点击清除。', talk: '按住说话：{name}',
    muteWhile: '按住静音：{name}', filters: '滤镜…', settings: '声音设置…', resetVolume: '音量恢复为 0 dB', resetPan: '声像居中', filtered: '已启用 {n} 个滤镜',
    left: '左', right: '右', centre: '中',
    out: { 'not-named': '不在混音中', 'too-many': '未混入：最多 16 个', 'monitor-only': '仅监听', 'picture-only': '节目无声音', 'other-tracks': '仅在录制中' },
  },
  sound: {
    title: '{name} 的声音', inMix: '加入节目混音', inMixHint: '最多混合 16 个来源。', pan: '声像', sync: '同步偏移',
    syncHint: '正值：此声音推迟。负值：推迟其他所有声音，画面不会推迟。', monitor: '监听',
    monitors: { off: '关闭', 'monitor-only': '仅监听，不进入节目', both: '监听并进入节目' }, push: '按住按键时', pushes: { off: '无变化', talk: '发声（按住说话）', mute: '静音（按住静音）' },
    tracks: '录制音轨', track: '音轨 {n}', tracksHint: '音轨 1 即直播发送的声音。录制哪些音轨在设置中选择。', capture: '麦克风的打开方式', suppressed: '通道使用自己的降噪时关闭。',
  },
  filters: {
    title: '{name} 的滤镜', add: '添加滤镜', none: '还没有滤镜。滤镜按顺序处理声音，位于推子之前。', bypass: '全部旁通', remove: '移除{name}', up: '上移{name}', down: '下移{name}',
    on: '启用{name}', list: '按顺序排列的滤镜', reduction: '降低 {db} dB', full: '一个通道最多 20 个滤镜。',
    kinds: {
      'noise-suppression': '降噪', gate: '噪声门', expander: '扩展器', compressor: '压缩器、闪避', 'three-band-eq': '三段均衡器', 'parametric-eq': '参数均衡器', limiter: '限制器', gain: '增益',
    },
    fields: {
      openDb: '开启阈值', closeDb: '关闭阈值', attackMs: '启动时间', holdMs: '保持时间', releaseMs: '释放时间', ratio: '比率', thresholdDb: '阈值', outputGainDb: '输出增益', gainDb: '增益',
      lowDb: '低频', midDb: '中频', highDb: '高频',
    },
    strength: '强度', strengths: { low: '低（Speex）', standard: '标准（RNNoise）', strong: '强（GTCRN）' }, detect: '检测方式', detects: { rms: '响度（RMS）', peak: '峰值' },
    key: '为谁闪避', keyNone: '无：按自身电平', addBand: '添加频段', band: '频段 {n}', removeBand: '移除频段 {n}', frequency: '频率', width: 'Q 值',
    bandKind: '形状', bandKinds: { 'low-shelf': '低架', peak: '钟形', 'high-shelf': '高架', 'low-pass': '低通', 'high-pass': '高通', notch: '陷波' },
    suppressionFailed: '无法加载降噪，声音将不经降噪继续。{evidence}',
  },
  loudness: {
    title: '响度', show: '节目响度', momentary: '瞬时', shortTerm: '短期', range: '范围', truePeak: '真峰值', target: '目标',
    targets: { lufs14: '-14 LUFS，直播', lufs16: '-16 LUFS，播客', lufs23: '-23 LUFS，广播' }, reset: '重新开始', since: '综合，已测 {time}',
    above: '高于目标 {lu} LU', below: '低于目标 {lu} LU', on: '达到目标',
  },
  output: {
    title: '节目与监听', open: '节目与监听', media: '节目包含', medias: { both: '画面和声音', sound: '声音，黑色画面', picture: '画面，无声音' },
    device: '监听设备', volume: '监听音量', failed: '监听设备无法播放。{evidence}', hint: '被监听的声音在此播放。如果采集的屏幕带有系统声音，请使用另一设备上的耳机。',
  },
}
