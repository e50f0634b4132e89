/** The forms of sources, and drawing over the picture. */
export const sourceForms = {
  sourceForms: {
    fields: {
      from: 'Words come from', text: 'Text', format: 'Format', font: 'Font', fontSize: 'Text size', textColour: 'Text colour', align: 'Alignment', bold: 'Bold', italic: 'Italic',
      filled: 'Background', background: 'Background colour', outline: 'Outline', outlineColour: 'Outline colour', outlineWidth: 'Outline width',
      shadow: 'Shadow', shadowColour: 'Shadow colour', shadowBlur: 'Softness', shadowX: 'Offset to the right', shadowY: 'Offset downwards',
      scroll: 'Movement', speed: 'Speed', boxWidth: 'Width of the box', boxHeight: 'Height of the box',
      colour: 'Colour', gradient: 'Gradient', gradientTo: 'Second colour', angle: 'Direction',
      mode: 'Counts', duration: 'Duration', until: 'Until', endText: 'When the time is up',
      every: 'Each picture', fade: 'Fade', order: 'Order', loop: 'Begin again', width: 'Width', height: 'Height',
      address: 'Address', frameRate: 'Frame rate', css: 'Style (CSS)', surface: 'Offer first', withAudio: 'With sound',
      echoCancellation: 'Remove echo', noiseSuppression: 'Reduce noise', autoGainControl: 'Level the volume', standIn: 'Use another device when this one is lost',
    },
    hints: {
      format: 'HH:mm:ss, h:mm A, YYYY-MM-DD; words in [brackets] stay as they are.', endText: 'Empty: 00:00 stays.',
      css: 'Put into the page’s own style.', withAudio: 'Where the system offers it; asked for when the screen is chosen.',
      standIn: 'After 2 seconds: one that this show has used, or the system’s default. Its own is taken again when it is back.',
    },
    choices: {
      from: { text: 'This text', clock: 'The clock', file: 'A text file' }, align: { left: 'Left', center: 'Centre', right: 'Right' },
      scroll: { none: 'Stands still', left: 'Runs sideways', up: 'Rolls upwards' }, mode: { duration: 'A duration', until: 'Until a moment' },
      order: { 'in-order': 'In this order', random: 'By chance' }, surface: { any: 'Everything', monitor: 'Screens', window: 'Windows', browser: 'Browser tabs' },
    },
    usedInScenes: 'Used in {n} scenes; changes are seen in all of them.',
    countdown: { start: 'Start', pause: 'Pause', reset: 'Reset' },
    file: { path: 'File', choose: 'Choose file…', hint: 'The full path. Shown are up to 64 KB, again at every change.', missing: 'The file cannot be read at the moment.', denied: 'Choose the file once on this computer: a show alone may not read files.', allow: 'Show this file' },
    slides: { add: 'Add pictures…', empty: 'No pictures yet.', picture: 'Picture {n}', remove: 'Remove picture {n}', earlier: 'Move picture {n} forward', later: 'Move picture {n} back', hint: 'Drag to change the order.' },
    scene: { choose: 'Scene', none: 'No other scene can be shown here.' },
    webPage: {
      cannot: 'In a browser window Castwright cannot draw web pages by itself. What works: open the page in a browser tab and share that tab as a screen.', share: 'Share a browser tab',
      missing: 'Type an address that begins with https:// or http://.',
    },
    drawing: { hint: 'Viewers see it as you draw on the preview. It is kept with the show.', begin: 'Draw', end: 'Stop drawing' },
  },
  drawing: {
    toggle: 'Draw over the picture', useTool: 'Draw: {tool}', clearAll: 'Clear the drawing', toolbar: 'Drawing', tools: { pen: 'Pen', highlighter: 'Highlighter', arrow: 'Arrow', rectangle: 'Rectangle', ellipse: 'Ellipse', laser: 'Laser pointer', eraser: 'Eraser' },
    undo: 'Undo the last line', redo: 'Redo', clear: 'Clear everything', colour: 'Colour {n}', colours: 'Colours', widths: 'Line width', width: '{n} px', close: 'Stop drawing', area: 'Drawing area',
  },
}
