/** The second canvas: the same show in another shape at the same time. */
export const second = {
  second: {
    title: 'Second canvas',
    enable: 'Second canvas', enableHint: 'The same show at the same time in another shape, e.g. in portrait for phones, with a layout, an encoder and destinations of its own. Takes some more of the processor while it is sent or recorded.',
    size: 'Picture', landscape: '{width} × {height}', portrait: '{width} × {height}, portrait', rate: 'Video bitrate',
    frameRate: 'Frame rate', fps: '{fps} fps', fpsAsProgram: '{fps} fps, as the program',
    coded: 'Sound and key frames as in the program.',
    fixed: 'While it is sent or recorded only its layout and its bitrate can be changed.',
    layout: 'Layout on the second canvas', regions: 'Regions on the second canvas',
    shown: 'Show it beside the preview', hide: 'Hide the second canvas here; it goes on',
    on: 'is sent or recorded',
    none: 'No destination gets it yet. Choose it under “What is sent” of a destination.',
  },
}
