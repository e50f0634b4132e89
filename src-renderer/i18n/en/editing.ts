/** Editing what lies on the canvas: commands, groups, and what can be taken back. */
export const editing = {
  editing: {
    menu: 'Edit', several: '{n} items', newGroup: 'Group',
    commands: {
      copy: 'Copy', cut: 'Cut', paste: 'Paste', duplicate: 'Duplicate', remove: 'Remove', selectAll: 'Select all', selectNone: 'Select nothing',
      copyTransform: 'Copy place', pasteTransform: 'Paste place', editTransform: 'Edit place…',
      fit: 'Fit to canvas', fill: 'Fill canvas', stretch: 'Stretch to canvas', centre: 'Centre', centreX: 'Centre horizontally', centreY: 'Centre vertically', reset: 'Reset',
      flipX: 'Flip horizontally', flipY: 'Flip vertically', turnRight: 'Turn 90° right', turnLeft: 'Turn 90° left', turnOver: 'Turn 180°',
      alignLeft: 'Align left edges', alignCentre: 'Align centres', alignRight: 'Align right edges', alignTop: 'Align top edges', alignMiddle: 'Align middles', alignBottom: 'Align bottom edges',
      distributeX: 'Equal gaps across', distributeY: 'Equal gaps down',
      forward: 'Bring forward', backward: 'Send backward', front: 'Bring to front', back: 'Send to back',
      group: 'Group', ungroup: 'Ungroup', visibility: 'Show or hide', lock: 'Lock or unlock', intoLayout: 'Back into the layout',
    },
    menus: { transform: 'Place', align: 'Align', order: 'Order' },
    alignTo: 'Align to', alignTos: { canvas: 'Canvas', selection: 'Selection' },
    lockRatio: 'Keep the ratio of width to height', arrange: 'Arrange',
    cropHint: 'Or drag a handle with Alt held.', byLayout: 'The layout places it. Once you move it, it stays where you put it.', byHand: 'Placed by hand, outside of the layout.', intoLayout: 'Back into the layout',
    somelocked: 'What is locked stays as it is.',
    group: { expand: 'Show what is in {name}', rename: 'Rename group {name}', show: 'Show group {name}', lock: 'Lock group {name}', ungroup: 'Ungroup {name}' },
    selected: '{n} selected',
    keys: 'Tab or Page Up and Page Down go from item to item. Arrow keys move by one pixel, with Shift by ten. Enter selects one item of a group. The menu key lists everything else with its key. Escape lets go.',
    undo: 'Undo {what}', redo: 'Redo {what}', undoneIn: 'Undone in “{scene}”: {what}', redoneIn: 'Done again in “{scene}”: {what}',
    edits: {
      addSource: 'add source', removeSource: 'remove source', changeSource: 'change of source', addItem: 'add', removeItem: 'remove', move: 'move', resize: 'resize', turn: 'rotate', crop: 'crop',
      flip: 'flip', opacity: 'opacity', fit: 'fit', visibility: 'show or hide', lock: 'lock', order: 'order', group: 'group', layout: 'layout', scene: 'change of scenes', sound: 'sound',
      transition: 'transition', canvas: 'canvas', rename: 'rename', change: 'change',
    },
  },
}
