import type { editing as en } from '../en/editing.ts'

export const editing: typeof en = {
  editing: {
    menu: '编辑', several: '{n} 个项目', newGroup: '分组',
    commands: {
      copy: '复制', cut: '剪切', paste: '粘贴', duplicate: '创建副本', remove: '删除', selectAll: '全选', selectNone: '取消选择',
      copyTransform: '复制变换', pasteTransform: '粘贴变换', editTransform: '编辑变换…',
      fit: '适应画布', fill: '铺满画布', stretch: '拉伸到画布', centre: '居中', centreX: '水平居中', centreY: '垂直居中', reset: '重置',
      flipX: '水平翻转', flipY: '垂直翻转', turnRight: '向右旋转 90°', turnLeft: '向左旋转 90°', turnOver: '旋转 180°',
      alignLeft: '左对齐', alignCentre: '水平居中对齐', alignRight: '右对齐', alignTop: '顶端对齐', alignMiddle: '垂直居中对齐', alignBottom: '底端对齐',
      distributeX: '横向等间距', distributeY: '纵向等间距',
      forward: '上移一层', backward: '下移一层', front: '移到最前', back: '移到最后',
      group: '编组', ungroup: '取消编组', visibility: '显示或隐藏', lock: '锁定或解锁', intoLayout: '放回布局',
    },
    menus: { transform: '变换', align: '对齐', order: '顺序' },
    alignTo: '对齐到', alignTos: { canvas: '画布', selection: '所选项目' },
    lockRatio: '保持宽高比', arrange: '排列',
    cropHint: '也可以按住 Alt 拖动控制点。', byLayout: '由布局摆放。移动后将保持在您放置的位置。', byHand: '手动摆放，不在布局中。', intoLayout: '放回布局',
    somelocked: '已锁定的项目保持不变。',
    group: { expand: '显示 {name} 的内容', rename: '重命名分组 {name}', show: '显示分组 {name}', lock: '锁定分组 {name}', ungroup: '取消编组 {name}' },
    selected: '已选中 {n} 个',
    keys: 'Tab 或 Page Up、Page Down 逐个选择项目。方向键移动一个像素，按住 Shift 移动十个。Enter 选中分组中的单个项目。菜单键列出其他操作及其快捷键。Escape 取消选择。',
    undo: '撤销{what}', redo: '重做{what}', undoneIn: '已在“{scene}”中撤销：{what}', redoneIn: '已在“{scene}”中重做：{what}',
    edits: {
      addSource: '添加来源', removeSource: '删除来源', changeSource: '更改来源', addItem: '添加', removeItem: '删除', move: '移动', resize: '调整大小', turn: '旋转', crop: '裁剪',
      flip: '翻转', opacity: '不透明度', fit: '填充方式', visibility: '显示或隐藏', lock: '锁定', order: '顺序', group: '编组', layout: '布局', scene: '场景更改', sound: '声音',
      transition: '转场', canvas: '画布', rename: '重命名', change: '更改',
    },
  },
}
