/** What a destination gets: the mix, or one source by itself. */
export const singles = {
  singles: {
    content: 'What is sent',
    contents: { mix: 'The composed program', second: 'The second canvas, {width}x{height}', main: 'The camera alone, with the microphones', aux: 'The screen alone, with its sound' },
    hints: {
      mix: 'Everything as the scene shows it.',
      second: 'The same scene with the layout of the second canvas and the same sound. Set under Settings → Picture and sound. May be changed while live.',
      main: 'The first camera of the scene, at 15 fps, whatever else the scene shows. Its size is set under Settings → Picture and sound. May be changed while live.',
      aux: 'The first screen of the scene, at 15 fps, whatever else the scene shows. Its size is set under Settings → Picture and sound. May be changed while live.',
    },
    sends: { second: 'Second canvas', main: 'Camera alone', aux: 'Screen alone' },
    size: '{width}x{height}',
    quality: {
      title: 'Camera or screen by itself',
      hint: 'For destinations and recordings that get the camera or the screen alone. Sound and key frames are as for the program.',
      main: 'Camera alone', aux: 'Screen alone',
    },
    coded: '{width}x{height}, {fps} fps, {rate}',
    automatic: 'Automatic, by the size of its picture', automaticNow: 'Automatic: {coded}',
    later: 'Now {coded}. The change takes effect when this stream begins again.',
  },
}
