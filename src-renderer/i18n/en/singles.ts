/** What a destination gets: the mix, or one source by itself. */
export const singles = {
  singles: {
    content: 'What is sent',
    contents: { mix: 'The composed program', main: 'The camera alone, with the microphones', aux: 'The screen alone, with its sound' },
    hints: {
      mix: 'Everything as the scene shows it.',
      main: 'The first camera of the scene, at 15 fps in its own size, whatever else the scene shows. May be changed while live.',
      aux: 'The first screen of the scene, at 15 fps in its own size, whatever else the scene shows. May be changed while live.',
    },
    sends: { main: 'Camera alone', aux: 'Screen alone' },
    size: '{width}x{height}',
  },
}
