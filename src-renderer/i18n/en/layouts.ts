/** How pictures share the canvas. */
export const layouts = {
  layouts: {
    title: 'Layout', open: 'Layout: how pictures share the canvas', close: 'Close layout', none: 'Placed by hand',
    presets: {
      'slides-and-camera': 'Slides and camera', 'side-by-side': 'Side by side', 'camera-only': 'Camera only', 'screen-only': 'Screen only', 'two-cameras': 'Two cameras',
      grid: 'Grid', floating: 'Floating', 'screen-share': 'Screen share', panel: 'Panel over a picture', lesson: 'Lesson',
    },
    presetsTitle: 'Presets',
    missing: { screen: 'Add a screen first', camera: 'Add a camera first', secondCamera: 'Add a second camera first' },
    main: 'Main picture', nobody: 'Nobody in particular', mainHint: 'The first in the list, unless chosen.', mainHintShare: 'With nobody chosen, the large place stays empty.',
    nextMain: 'Next main picture', animation: 'Move from layout to layout', atOnce: 'At once',
    people: 'Who takes part', takesPart: '{name} takes part in the layout', emptyTitle: 'Nobody yet', emptyText: 'Add a camera or a screen: it takes its place by itself.',
    states: { shown: 'Shown', main: 'Main', 'no-room': 'Left out: the layout has no more room', 'no-region': 'Left out: no region is free', hidden: 'Hidden in the list', 'by-hand': 'In its own place' },
    byHand: 'Edit by hand', byHandHint: 'Everything stays where it is seen; from then on you move it yourself.',
    customize: 'Change the regions', backgroundColour: 'Colour', backgroundPicture: 'Picture',
    regions: 'Regions', regionsHint: 'Regions without a name take whoever comes next, in this order.', region: 'Region {n}', addRegion: 'Add region', removeRegion: 'Remove region {n}',
    earlier: 'Region {n}: take earlier', later: 'Region {n}: take later', noRegionsText: 'Without regions nobody who takes part is seen.',
    who: 'Who', next: 'Whoever comes next', x: 'X', y: 'Y', width: 'Width', height: 'Height', zOrder: 'In front (higher)', fit: 'Picture', fits: { fill: 'Crop to fill', fit: 'Fit in whole' },
    background: 'Background colour', hasBackground: 'Colour behind the picture', placeholder: 'While there is no picture', backdrop: 'Picture behind everything',
    choosePicture: 'Choose picture…', removePicture: 'Remove picture: {name}', changePicture: 'Change picture: {name}',
    watermarks: 'Watermarks', watermarksHint: 'Always in front, in every scene.', addWatermark: 'Add watermark…', watermark: 'Watermark {n}', removeWatermark: 'Remove watermark {n}', left: 'Left', top: 'Top', opacity: 'Opacity',
    full: 'No more than {n}.',
  },
}
