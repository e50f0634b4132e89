/** Scenes, how they follow each other, studio mode, and pictures in windows of their own. */
export const scenes = {
  scenes: {
    title: 'Scenes', unnamed: 'Scene {n}', newName: 'Scene', add: 'Add scene', menu: 'Scene', emptyText: 'Add a second scene, e.g. for a break, and change between them with a click.',
    onAir: 'On air', current: 'Current', prepared: 'Preview', asNames: 'Show names only', asPictures: 'Show pictures',
    rename: 'Rename {name}', renameThis: 'Rename', duplicate: 'Duplicate', earlier: 'Move up', later: 'Move down', remove: 'Remove scene', prepare: 'Put into the preview', takeOnAir: 'Take on air',
    removeTitle: 'Remove {name}?', removeText: 'It is shown inside {names}. Its places there go as well.',
    background: 'Background colour', backgroundMenu: 'Background colour…',
    transition: 'Transition', transitionMenu: 'Transition of its own…', transitionOf: 'Transition to {name}', ownTransition: 'Come to this scene in its own way', transitionHint: 'For all scenes that have no transition of their own.',
    kind: 'Kind', kinds: { cut: 'Cut', fade: 'Fade', slide: 'Slide', wipe: 'Wipe', 'fade-to-colour': 'Fade to colour', stinger: 'Stinger' },
    duration: 'Duration', direction: 'Comes from the', directions: { left: 'left', right: 'right', up: 'top', down: 'bottom' }, colour: 'Colour',
    cutAt: 'Scenes change after', chooseVideo: 'Choose video…', changeVideo: 'Change video…', videoChosen: 'It plays over both scenes, with its transparency.', noVideo: 'Without a video this is a cut. WebM with transparency works best.',
    videoTypes: 'WebM and MP4 videos can be used.', videoTooLarge: 'Videos can have up to 25 MB.',
    studioMode: 'Studio mode', studioModeHint: 'Prepare a scene in the preview before viewers see it', program: 'Program', previewTitle: 'Preview: {name}', programTitle: 'Program: {name}',
    transitionNow: 'Take on air', quick: 'Quick transitions', nothingPrepared: 'Choose another scene to prepare it.', editsAreLive: 'Viewers see every change at once',
    inWindow: 'Show in a window', projectThis: 'Show in a window', multiviewMenu: 'Multiview', multiview: 'Multiview of {n}', sources: 'Sources', display: 'On display', anyDisplay: 'Wherever there is room',
    displayName: '{n}: {name} ({width} × {height})', lookForDisplays: 'Look for displays…', fullScreenHint: 'Drag this window to a display, then double-click or press F11 for full screen.',
    multiviewHint: 'Click a scene to change to it. F11 for full screen.', windowRefused: 'The browser did not allow another window. Allow pop-ups for this page.',
    actions: {
      next: 'Next scene', previous: 'Previous scene', transition: 'Take the preview on air', cut: 'Cut to the preview', studioMode: 'Switch studio mode on or off',
      projectProgram: 'Show the program in a window', projectMultiview: 'Show the multiview in a window', projectMultiviewOf: 'Show the multiview of {n} in a window', projectSecond: 'Show the second canvas in a window',
      duplicate: 'Duplicate the scene', earlier: 'Move the scene up', later: 'Move the scene down',
    },
  },
}
