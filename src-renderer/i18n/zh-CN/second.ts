/** 第二画布：同一节目同时以另一种画面形状输出。 */
export const second = {
  second: {
    title: '第二画布',
    enable: '第二画布', enableHint: '同一节目同时以另一种画面形状输出（例如给手机看的竖屏），布局、编码器和目的地各自独立。推流或录制时会多占用一些处理器。',
    size: '画面', landscape: '{width} × {height}', portrait: '{width} × {height}，竖屏', rate: '视频码率',
    frameRate: '帧率', fps: '{fps} 帧/秒', fpsAsProgram: '{fps} 帧/秒（同主画面）',
    coded: '声音和关键帧间隔与主画面相同。',
    fixed: '推流或录制期间只能更改布局和码率。',
    layout: '第二画布的布局', regions: '第二画布的区域',
    shown: '在预览旁显示', hide: '在此隐藏第二画布（不影响推流）',
    on: '正在推流或录制',
    none: '还没有目的地使用它。请在目的地的“推送内容”中选择。',
  },
}
