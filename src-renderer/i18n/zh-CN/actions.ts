import type { actions as en } from '../en/actions.ts'

export const actions: typeof en = {
  actions: {
    openShow: '打开节目：{name}', useProfile: '切换到配置：{name}', secondCanvas: '开启或关闭第二画布', endShow: '结束节目', undo: '撤销', redo: '重做', record: '开始或停止录制', pauseRecording: '暂停或继续录制', chapter: '标记章节', replay: '保存回放', snapshot: '截图',
    mute: '静音或取消静音：{name}', solo: '单独监听：{name}', monitor: '开启或关闭{name}的监听', louder: '{name}：调大音量', softer: '{name}：调小音量', pushToTalk: '按住说话：{name}', pushToMute: '按住静音：{name}', layout: '布局：{name}',
    scene: '场景：{name}', prepareScene: '准备场景：{name}',
    addSource: '添加来源：{kind}', selectSource: '转到来源：{name}', placeSource: '在此场景中也显示：{name}', showSource: '显示或隐藏{name}', countdown: '开始或暂停{name}', countdownReset: '重置{name}', addDestination: '添加目的地', switchOn: '启用目的地：{name}', switchOff: '停用目的地：{name}', retry: '立即重试：{name}',
    page: '转到页面：{name}', settingsTab: '设置：{name}', theme: '外观：{name}', language: '语言：{name}', palette: '查找操作', keys: '快捷键一览', nextPanel: '下一个面板', previousPanel: '上一个面板',
    showPanel: '显示面板：{name}', hidePanel: '隐藏面板：{name}', textLarger: '放大文字', textSmaller: '缩小文字', contrast: '开关高对比度', density: '紧凑或宽松',
    groups: { show: '节目', scenes: '场景', layouts: '布局', sound: '声音', recording: '录制', sources: '来源', destinations: '目的地', editing: '编辑', window: '窗口' },
  },
  palette: {
    title: '查找操作', search: '您想做什么？', results: '操作', none: '没有这样的操作。', notNow: '现在不可用', recent: '最近使用', count: '{n} 个操作',
  },
  hotkeys: {
    listTitle: '快捷键', change: '修改快捷键…', search: '搜索操作或按键', selection: '在预览和来源列表中', add: '为{name}添加快捷键', press: '请按键…按 Esc 放弃',
    remove: '从{name}移除 {keys}', reset: '恢复{name}的默认快捷键', resetAll: '恢复全部默认', resetTitle: '恢复全部快捷键？', resetText: '所有操作都将恢复默认快捷键。', changed: '已修改', full: '每个操作最多 {n} 个快捷键。',
    conflict: '{keys} 也用于', global: '其他窗口在前时也有效', globalRefused: '{keys}：已被其他程序占用，或系统不提供此快捷键。', holdHint: '按住时有效。', withKeys: '{name}（{keys}）',
    hosts: {
      can: '带有地球标记的操作，其快捷键在其他窗口位于前面时也有效。',
      portal: '带有地球标记的操作，其快捷键在其他窗口位于前面时也有效。在 Wayland 上，桌面会征求您的同意，并可能改用其他按键，请查看桌面自己的设置。',
      'window-only': '快捷键在本窗口位于前面时有效。浏览器收不到在其他窗口中按下的键，桌面程序可以。',
    },
    export: '导出设置…', import: '导入设置…', imported: '设置已导入。', invalid: '这不是 Castwright 的设置文件，或来自更新的版本。未作任何修改。',
  },
  look: {
    contrast: '对比度', contrasts: { system: '跟随系统', usual: '普通', more: '高' }, density: '密度', densities: { comfortable: '宽松', compact: '紧凑' }, text: '文字大小', motion: '动态效果',
    motions: { system: '跟随系统', reduced: '减少' }, percent: '{n} %',
  },
  view: {
    title: '视图', show: '显示', hide: '隐藏', hidden: '{name}（已隐藏）', earlier: '前移', later: '后移', toSide: '移到侧边', toBottom: '移到预览下方', reset: '重置面板', panels: '面板',
  },
}
