import type { scenes as en } from '../en/scenes.ts'

export const scenes: typeof en = {
  scenes: {
    title: '场景', unnamed: '场景 {n}', newName: '场景', add: '添加场景', menu: '场景', emptyText: '可再添加一个场景（例如休息画面），单击即可切换。',
    onAir: '播出中', current: '当前', prepared: '预监', asNames: '只显示名称', asPictures: '显示画面',
    rename: '重命名 {name}', renameThis: '重命名', duplicate: '复制一份', earlier: '上移', later: '下移', remove: '删除场景', prepare: '放入预监', takeOnAir: '切换播出',
    removeTitle: '删除 {name}？', removeText: '它还显示在 {names} 中，那里的画面也会一并删除。',
    background: '背景颜色', backgroundMenu: '背景颜色…',
    transition: '转场', transitionMenu: '单独设置转场…', transitionOf: '切换到 {name} 的转场', ownTransition: '切换到此场景时使用单独的转场', transitionHint: '用于所有未单独设置转场的场景。',
    kind: '类型', kinds: { cut: '直切', fade: '淡入淡出', slide: '滑动', wipe: '擦除', 'fade-to-colour': '经由颜色淡变', stinger: '视频转场' },
    duration: '时长', direction: '新画面来自', directions: { left: '左', right: '右', up: '上', down: '下' }, colour: '颜色',
    cutAt: '场景切换时刻', chooseVideo: '选择视频…', changeVideo: '更换视频…', videoChosen: '视频连同透明部分叠加在两个场景之上播放。', noVideo: '没有视频时为直切。建议使用带透明通道的 WebM。',
    videoTypes: '可使用 WebM 和 MP4 视频。', videoTooLarge: '视频不能超过 25 MB。',
    studioMode: '导播模式', studioModeHint: '先在预监中准备场景，再让观众看到', program: '播出画面', previewTitle: '预监：{name}', programTitle: '播出：{name}',
    transitionNow: '切换播出', quick: '快速转场', nothingPrepared: '请选择另一个场景进行准备。', editsAreLive: '观众会立即看到每一处修改',
    inWindow: '在窗口中显示', projectThis: '在窗口中显示', multiviewMenu: '多画面', multiview: '{n} 画面', sources: '来源', display: '显示器', anyDisplay: '由系统决定',
    displayName: '{n}：{name}（{width} × {height}）', lookForDisplays: '查找显示器…', fullScreenHint: '把此窗口拖到某个显示器，然后双击或按 F11 全屏显示。',
    multiviewHint: '单击场景即可切换。按 F11 全屏显示。', windowRefused: '浏览器不允许打开新窗口。请允许此页面弹出窗口。',
    actions: {
      next: '下一个场景', previous: '上一个场景', transition: '将预监切换播出', cut: '将预监直切播出', studioMode: '开关导播模式',
      projectProgram: '在窗口中显示播出画面', projectMultiview: '在窗口中显示多画面', projectMultiviewOf: '在窗口中显示 {n} 画面', projectSecond: '在窗口中显示第二画布',
      duplicate: '复制此场景', earlier: '上移此场景', later: '下移此场景',
    },
  },
}
