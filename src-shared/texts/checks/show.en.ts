import type { CheckTexts } from './check-text.ts'

export const SHOW_EN = {
  'show.sources': {
    asks: 'Is everything there that viewers are to see?',
    findings: {
      good: { says: 'All pictures of the scene are there ({n}).', advice: '' },
      'sound-only': { says: 'The show is meant without a picture.', advice: '' },
      empty: { says: 'The scene on air shows nothing.', advice: 'Show a source in it, or change to another scene.' },
      denied: { says: 'The studio may not use: {names}.', advice: 'Allow it in the browser or in the system’s privacy settings, then start the source again.' },
      busy: { says: 'Another program holds: {names}.', advice: 'Close the other program; the picture then comes by itself.' },
      missing: { says: 'Not connected: {names}.', advice: 'Plug the device in, or choose another one.' },
      off: { says: 'No picture comes from: {names}.', advice: 'Start the source again.' },
      frozen: { says: 'The picture stands still: {names}.', advice: 'Start the source again, or plug the camera out and in.' },
      black: { says: 'The picture is black: {names}.', advice: 'Open the lens cover, or turn on a light.' },
      'stand-in': { says: 'Another device stands in for: {names}.', advice: 'Plug its own device in, or choose one that is there.' },
      starting: { says: 'Still starting: {names}.', advice: 'Wait a moment and check again.' },
    },
  },
  'show.sound': {
    asks: 'Will viewers hear you?',
    findings: {
      good: { says: 'Sound comes from: {names}.', advice: '' },
      'without-sound': { says: 'The show is meant without sound.', advice: '' },
      'no-source': { says: 'Nothing in the show has sound.', advice: '' },
      'all-muted': { says: 'Nothing is heard, because it is muted: {names}.', advice: 'Switch the sound on.' },
      'microphone-muted': { says: 'The microphone is muted: {names}.', advice: 'Switch it on, unless that is meant so.' },
      off: { says: 'The microphone gives nothing: {names}.', advice: 'Plug it in, allow it, or close the program that holds it.' },
      silent: { says: 'Not a sound comes from: {names}.', advice: 'Look for a switch on the microphone, or choose another one.' },
      clipping: { says: 'Too loud, so that it is distorted: {names}.', advice: 'Turn the microphone down, or move away from it.' },
      starting: { says: 'Still starting: {names}.', advice: 'Wait a moment and check again.' },
    },
  },
  'show.destinations': {
    asks: 'Can the destinations be reached?',
    findings: {
      good: { says: 'Every destination can be reached ({n}).', advice: '' },
      'none-on': { says: 'No destination is switched on.', advice: 'Switch one on; the rehearsal needs no account.' },
      address: { says: 'The address cannot be used: {names}.', advice: 'Copy it again from your platform.' },
      'key-refused': { says: 'The server refuses the token: {names}.', advice: 'Copy the token again from your platform.' },
      'not-found': { says: 'There is no server of this name: {names}.', advice: 'Look for a typing mistake in the address, and whether the internet is there.' },
      refused: { says: 'The server takes no connection: {names}.', advice: 'Check address and port, and whether the server runs.' },
      tls: { says: 'No encrypted connection can be made: {names}.', advice: 'Check the address, and this computer’s date.' },
      unreachable: { says: 'The server does not answer: {names}.', advice: 'Check the internet connection and the address; a firewall may be in between.' },
    },
  },
  'show.expiry': {
    asks: 'Do addresses and tokens hold long enough?',
    findings: {
      good: { says: 'The first runs out at {at}.', advice: '' },
      none: { says: 'None of them runs out.', advice: '' },
      over: { says: '“{name}” has run out at {at}.', advice: 'Enter a new address or token.' },
      rights: { says: 'The token of “{name}” does not allow: {rights}.', advice: 'Enter a token with these rights, or leave that out of the show.' },
      soon: { says: '“{name}” runs out in {minutes} min.', advice: 'Enter a new address or token if the show takes longer.' },
    },
  },
  'show.disk': {
    asks: 'Is there room for the recording?',
    findings: {
      enough: { says: 'There is room for {hours} h of recording.', advice: '' },
      'not-recording': { says: 'The show is not recorded.', advice: '' },
      little: { says: 'There is room for {minutes} min of recording only.', advice: 'Make room, or record to another disk.' },
      none: { says: 'There is hardly any room for the recording: {minutes} min.', advice: 'Make room, or record to another disk.' },
    },
  },
  'show.encoder': {
    asks: 'Can the picture be coded?',
    findings: {
      good: { says: 'The encoder works: {name}.', advice: '' },
      transcoded: { says: 'There is no H.264 encoder; the picture is coded twice: {name}.', advice: 'Use a smaller picture if the computer gets too busy.' },
      slow: { says: 'The encoder did not code a picture within {seconds} s.', advice: 'Close other programs, or use a smaller picture.' },
      none: { says: 'No encoder takes these settings.', advice: 'Choose another size or frame rate of the picture.' },
    },
  },
  'show.processor': {
    asks: 'Has the computer room for the show?',
    findings: {
      good: { says: 'The processor is busy to {percent} %.', advice: '' },
      unknown: { says: 'The system does not tell how busy the processor is.', advice: '' },
      busy: { says: 'The processor is busy to {percent} % already.', advice: 'Close other programs, or use a smaller picture or fewer frames.' },
      full: { says: 'The processor has nothing left: {percent} % are in use.', advice: 'Close other programs, or use a smaller picture or fewer frames.' },
    },
  },
  'show.clock': {
    asks: 'Is this computer’s clock right?',
    findings: {
      good: { says: 'The clock is right.', advice: '' },
      unknown: { says: 'No server has told the time yet.', advice: '' },
      behind: { says: 'The clock is {minutes} min slow.', advice: 'Set it in the system: signed addresses and tokens may be refused.' },
      ahead: { says: 'The clock is {minutes} min fast.', advice: 'Set it in the system: signed addresses and tokens may be refused.' },
    },
  },
} as const satisfies CheckTexts
