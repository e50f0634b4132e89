import type { showTools as en } from '../en/show-tools.ts'

export const showTools: typeof en = {
  showTools: {
    duplicate: '复制节目', copyOf: '{name}（副本）', older: '历史版本…', remove: '删除节目…', fromObs: '从 OBS 导入…', profiles: '配置…',
    whileLive: '直播结束后才能打开其他节目和历史版本。', busy: { import: '正在导入… {percent}%', export: '正在导出… {percent}%' },
    removeTitle: '删除此节目？', removeText: '“{name}”将移入数据文件夹的回收站，其历史版本也会保留。', removeYes: '删除',
    olderTitle: '此节目的历史版本', olderText: '最多十个，离现在越近越密集。返回某个版本时，当前内容会保留为历史版本，也可以撤销。',
    olderEmpty: '还没有历史版本。修改节目后会保留第一个。', restore: '返回此版本',
    holds: '{scenes}，{sources}', scenes: '{n} 个场景', sources: '{n} 个来源',
    obs: {
      title: '从 OBS 导入', text: '导入场景集合文件：在 OBS 中选择“场景集合 → 导出”。它会成为一个新节目，现有节目保持不变。',
      choose: '选择文件…', none: '未选择文件', canvas: 'OBS 画布', canvasHint: '设置 → 视频 → 基础分辨率。OBS 31 会写入文件，并以文件为准。',
      run: '导入', tooLarge: '文件超过 20 MB。', done: '节目“{name}”已打开。', all: '全部内容都已导入。',
      left: '{n} 项内容未导入或有所不同：',
      why: {
        'source-kind': 'Castwright 没有这种来源。', 'filter-kind': 'Castwright 没有这种滤镜。', 'file-missing': '文件不在这台电脑上。', 'file-unusable': '文件不是可用的图片。',
        'transition-kind': '这里没有这种转场，改为淡入淡出。', blend: '这里不支持混合模式，它会遮住后面的内容。', 'item-transition': '它会立即出现和消失。',
        hotkeys: '快捷键不会导入。', circle: '它会显示自己。', 'too-many': '超过了一个节目能容纳的数量。', 'nothing-to-show': '其中没有可显示的内容。',
        'choose-again': '请重新选择：选中它，然后在“属性”中指定。', 'sound-of-screen': '这里电脑声音随屏幕一起采集，需要重新选择屏幕。',
        'size-unknown': '文件中没有它的大小，请检查位置。', bounds: '它适应边框的方式有所不同。', 'group-turned': '它在被拉伸的组中旋转过，请检查位置。',
      },
    },
  },
  profiles: {
    title: '配置', text: '配置包含画面和声音的设置以及目的地。节目保持不变；当前打开的节目会采用所切换配置的设置。',
    unnamed: '标准', inUse: '使用中', use: '切换到此配置', create: '新建配置', createName: '新配置 {n}', rename: '重命名', duplicate: '复制…', remove: '删除…', import: '导入…', export: '导出',
    facts: '{width} × {height}，{fps} 帧/秒，{rate} · {destinations}', destinations: '没有目的地 | {n} 个目的地 | {n} 个目的地',
    differs: '当前节目与此配置不同：{width} × {height}，{fps} 帧/秒，{rate}。', apply: '采用配置的设置', whileLive: '直播结束后才能切换配置。',
    duplicateTitle: '是否连同密钥一起复制？', duplicateText: '可以带上“{name}”的推流密钥和令牌。否则副本中的目的地会停用，直到填入自己的密钥。',
    withKeys: '带密钥', withoutKeys: '不带密钥', removeTitle: '删除此配置？', removeText: '“{name}”将连同其目的地和密钥一起删除，无法撤销。',
    exported: '导出的文件不含推流密钥。',
  },
  quality: {
    kind: '用途', kinds: { studio: '直播平台', mixed: '房间，合成画面', single: '房间，单个摄像头或屏幕' },
    single: '{width} × {height}，{fps} 帧/秒，{min} 至 {max} kbit/s', sound: '声音', sounds: { speech: '语音：{rate}，单声道', default: '默认：{rate}，单声道', music: '音乐：{rate}，立体声', studio: '演播室：{rate}，立体声', own: '自定义：{rate}' },
    channels: '声道', channelCounts: { 1: '单声道', 2: '立体声' },
    limits: '目的地的要求',
  },
}
