import type { layouts as en } from '../en/layouts.ts'

export const layouts: typeof en = {
  layouts: {
    title: '布局', open: '布局：各画面如何分配画布', close: '关闭布局', none: '手动摆放',
    presets: {
      'slides-and-camera': '课件与摄像头', 'side-by-side': '左右并排', 'camera-only': '仅摄像头', 'screen-only': '仅屏幕', 'two-cameras': '两个摄像头',
      grid: '网格', floating: '悬浮', 'screen-share': '屏幕共享', panel: '图片上的讨论组', lesson: '课堂',
    },
    presetsTitle: '预设',
    missing: { screen: '请先添加屏幕', camera: '请先添加摄像头', secondCamera: '请先添加第二个摄像头' },
    main: '主画面', nobody: '不指定', mainHint: '未指定时为列表中的第一个。', mainHintShare: '未指定时，大画面位置留空。',
    nextMain: '切换到下一个主画面', animation: '布局切换动画', atOnce: '立即切换',
    people: '参与布局的画面', takesPart: '{name} 参与布局', emptyTitle: '还没有画面', emptyText: '添加摄像头或屏幕后，会自动进入布局。',
    states: { shown: '已显示', main: '主画面', 'no-room': '未显示：布局已满', 'no-region': '未显示：没有空闲区域', hidden: '已在列表中隐藏', 'by-hand': '位于自己的位置' },
    byHand: '手动编辑', byHandHint: '所有画面留在原位，之后由您自己移动。',
    customize: '修改区域', backgroundColour: '颜色', backgroundPicture: '图片',
    regions: '区域', regionsHint: '未指定画面的区域按此顺序接纳后来的画面。', region: '区域 {n}', addRegion: '添加区域', removeRegion: '删除区域 {n}',
    earlier: '区域 {n}：提前接纳', later: '区域 {n}：推后接纳', noRegionsText: '没有区域时，参与布局的画面都不会显示。',
    who: '画面', next: '后来的画面', x: 'X', y: 'Y', width: '宽', height: '高', zOrder: '层级（大者在前）', fit: '填充方式', fits: { fill: '铺满并裁边', fit: '完整显示' },
    background: '背景颜色', hasBackground: '画面后显示颜色', placeholder: '没有画面时显示', backdrop: '最底层的图片',
    choosePicture: '选择图片…', removePicture: '移除图片：{name}', changePicture: '更换图片：{name}',
    watermarks: '水印', watermarksHint: '在所有场景中始终位于最前。', addWatermark: '添加水印…', watermark: '水印 {n}', removeWatermark: '删除水印 {n}', left: '左', top: '上', opacity: '不透明度',
    full: '最多 {n} 个。',
  },
}
