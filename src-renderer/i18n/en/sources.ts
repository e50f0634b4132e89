/** Sources, how they are placed, and how they sound. */
export const sources = {
  sources: {
    title: 'Sources', add: 'Add source', emptyTitle: 'Nothing to show yet', emptyText: 'Add a camera, your screen, a picture or a text.',
    pictures: 'Sources with a picture, front first', soundOnly: 'Sound only',
    kinds: { camera: 'Camera', microphone: 'Microphone', screen: 'Screen or window', image: 'Image', colour: 'Colour', text: 'Text', 'test-pattern': 'Test pattern', slideshow: 'Slideshow', countdown: 'Countdown', annotation: 'Drawing', scene: 'Scene', 'web-page': 'Web page' },
    kindsOfScreen: { monitor: 'Screen', window: 'Window', browser: 'Browser tab' },
    rename: 'Rename {name}', remove: 'Remove {name}', lock: 'Lock {name}', show: 'Show {name}',
    conditions: { starting: 'Starting…', active: 'Working', ended: 'Has ended', missing: 'Not connected', denied: 'Not allowed', busy: 'In use by another program', failed: 'Does not work', held: 'Not started (safe start)' },
    restart: 'Try again', chooseScreen: 'Choose screen', chooseImage: 'Choose image…', newText: 'Your text', removed: 'Removed source', existing: 'From other scenes', withoutRight: '{source}: the token does not allow to {right}',
    imageTypes: 'PNG, JPEG, WebP, GIF and AVIF images can be used.', imageTooLarge: 'Images can have up to 29 MB.',
    name: 'Name', device: 'Device', systemDefault: 'System default', unnamedDevice: 'Unnamed device', goneDevice: '{name} (not connected)', allowDevices: 'Allow devices',
    size: 'Size', frameRate: 'Frame rate', echoCancellation: 'Remove echo', noiseSuppression: 'Reduce noise', autoGainControl: 'Level the volume',
    systemFont: 'System font',
    testPatternHint: 'Bars with a running clock, a flash and a beep at every full second.', delivers: 'Delivers {width} × {height}',
  },
  mixer: {
    title: 'Mixer', program: 'Program', volume: 'Volume of {name}', mute: 'Mute {name}', peak: 'Peak {db} dB', silence: 'Silent',
    emptyTitle: 'No sound yet', emptyText: 'Add a microphone so that viewers can hear you.', addMicrophone: 'Add microphone',
  },
  transform: {
    panel: 'Properties', title: 'Place', emptyTitle: 'Nothing selected', emptyText: 'Select a source in the list or in the preview.',
    x: 'X', y: 'Y', width: 'Width', height: 'Height', rotation: 'Rotation', opacity: 'Opacity', fit: 'Picture in its box',
    fits: { fit: 'Fit inside', fill: 'Fill, cut edges', stretch: 'Stretch' }, crop: 'Crop',
    sides: { left: 'Left', top: 'Top', right: 'Right', bottom: 'Bottom' }, locked: 'Locked. Unlock it in the list to move it.',
  },
}
