import type { CheckTexts } from './check-text.ts'

export const SYSTEM_EN = {
  'environment.system': {
    asks: 'What computer is this?',
    findings: {
      told: { says: '{os}, {cpu}, {cores} processors, {memoryGb} GB of memory.', advice: '' },
      'few-processors': { says: '{os}, {cpu}, only {cores} processors, {memoryGb} GB of memory.', advice: 'Keep to 960×540, or let the graphics card code the picture; the encoder’s check says what holds.' },
    },
  },
  'environment.ffmpeg': {
    asks: 'Is FFmpeg there, and can it do what the studio needs?',
    findings: {
      complete: { says: 'FFmpeg {version} is there and can do everything that the studio needs.', advice: '' },
      'parts-missing': { says: 'FFmpeg {version} is there, but lacks {missing}.', advice: 'Install a complete FFmpeg, as the system’s packages or ffmpeg.org have it.' },
      missing: { says: 'FFmpeg was not found.', advice: 'Install it for SRT, for mending and joining recordings, and where the window cannot code H.264.' },
    },
  },
  'environment.display': {
    asks: 'Which screen and language does the window have?',
    findings: {
      told: { says: '{browser}, screen {width} × {height} at {scale} %, language {locale}.', advice: '' },
      small: { says: '{browser}, a screen of only {width} × {height} at {scale} %, language {locale}.', advice: 'Use a larger screen or a smaller scale: the studio’s window needs 1024 × 600.' },
    },
  },
  'environment.graphics': {
    asks: 'Does the graphics card help?',
    findings: {
      good: { says: '{renderer} draws the picture.', advice: '' },
      software: { says: 'The processor draws the picture in place of a graphics card ({renderer}).', advice: 'Switch hardware acceleration on, or renew the graphics driver.' },
      'no-webgl': { says: 'The window has no WebGL 2, which the studio needs for its picture.', advice: 'Renew the graphics driver, or switch hardware acceleration on.' },
    },
  },
  'environment.apis': {
    asks: 'Can the window do what the studio needs?',
    findings: {
      all: { says: 'The window can do everything.', advice: '' },
      'optional-missing': { says: 'The window lacks {missing}, which the studio does without.', advice: '' },
      'mandatory-missing': { says: 'The window lacks {missing}, which the studio needs.', advice: 'Renew the browser or Castwright.' },
    },
  },
  'environment.codecs': {
    asks: 'Which codecs are there?',
    findings: {
      hardware: { says: 'The graphics card codes H.264; encoders: {encodes}.', advice: '' },
      software: { says: 'H.264 is coded by the processor; encoders: {encodes}.', advice: '' },
      'no-h264': { says: 'The window cannot code H.264; encoders: {encodes}.', advice: 'The studio codes it with FFmpeg, which costs more of the processor. Chrome or the Castwright application can code it.' },
      none: { says: 'The window can code no picture at all.', advice: 'Renew the browser or Castwright.' },
    },
  },
  'environment.encode': {
    asks: 'Is coding 1080p at 30 frames a second quick enough?',
    findings: {
      quick: { says: 'Coding takes {percent} % of the time that there is.', advice: '' },
      tight: { says: 'Coding takes {percent} % of the time that there is.', advice: 'Close other programs, or use 720p.' },
      slow: { says: 'Coding takes {percent} % of the time that there is: frames will be lost.', advice: 'Use 720p or a lower frame rate, or close other programs.' },
      unavailable: { says: 'The window cannot code H.264, so its speed is not known.', advice: 'The studio codes with FFmpeg instead; keep to 720p until a rehearsal shows what holds.' },
      broken: { says: 'The encoder says that it can, but gives no picture.', advice: 'Renew the graphics driver, or switch hardware acceleration off.' },
    },
  },
  'environment.devices': {
    asks: 'Which cameras, microphones and speakers are there?',
    findings: {
      listed: { says: 'Cameras: {cameras}; microphones: {microphones}; speakers: {speakers}.', advice: '' },
      unnamed: { says: 'Cameras: {cameras}; microphones: {microphones}; speakers: {speakers}; without permission nothing more is known.', advice: 'Allow the camera and the microphone, then look again.' },
      none: { says: 'There is neither a camera nor a microphone.', advice: 'Put one in, or share the screen.' },
    },
  },
  'system.disk': {
    asks: 'Is there room for recordings?',
    findings: {
      enough: { says: 'There are {freeGb} GB free where recordings go.', advice: '' },
      little: { says: 'There are only {freeGb} GB free where recordings go.', advice: 'Make room before a long show, or record to another disk.' },
      none: { says: 'There is hardly any room left where recordings go: {freeGb} GB.', advice: 'Make room, or record to another disk.' },
    },
  },
  'system.processor': {
    asks: 'How busy is the processor?',
    findings: {
      free: { says: 'The processor is {percent} % busy.', advice: '' },
      busy: { says: 'The processor is {percent} % busy.', advice: 'Close other programs before the show.' },
      full: { says: 'The processor is {percent} % busy: frames will be lost.', advice: 'Close other programs, or lower size and frame rate.' },
      unknown: { says: 'The system does not tell how busy the processor is.', advice: '' },
    },
  },
  'system.memory': {
    asks: 'Is there enough memory?',
    findings: {
      enough: { says: '{availableGb} of {totalGb} GB of memory are free.', advice: '' },
      little: { says: 'Only {availableGb} of {totalGb} GB of memory are free.', advice: 'Close other programs before a long show.' },
      none: { says: 'There is hardly any memory free: {availableGb} of {totalGb} GB.', advice: 'Close other programs, or start the computer anew.' },
    },
  },
  'system.power': {
    asks: 'Does the computer run from the mains?',
    findings: {
      mains: { says: 'The computer runs from the mains.', advice: '' },
      'no-battery': { says: 'The computer has no battery.', advice: '' },
      battery: { says: 'The computer runs from its battery, {percent} % full.', advice: 'Plug it in: many computers are slower on battery.' },
      low: { says: 'The battery is nearly empty: {percent} %.', advice: 'Plug the computer in.' },
      saving: { says: 'The computer saves power, which makes it slow.', advice: 'Choose balanced or best performance in the system’s power settings.' },
      unknown: { says: 'The system does not tell how it is powered.', advice: '' },
    },
  },
  'system.disk-speed': {
    asks: 'Is the disk quick enough for recordings?',
    findings: {
      quick: { says: 'The disk writes {mbPerSecond} MB a second.', advice: '' },
      moderate: { says: 'The disk writes only {mbPerSecond} MB a second.', advice: 'Record one format at a time, or to another disk.' },
      slow: { says: 'The disk writes only {mbPerSecond} MB a second: recordings will have gaps.', advice: 'Record to another disk.' },
      'not-writable': { says: 'Nothing can be written where recordings go.', advice: 'Choose another folder for recordings.' },
      'no-room': { says: 'There is too little room to try out how quick the disk is.', advice: 'Make room, or record to another disk.' },
    },
  },
  'system.clock': {
    asks: 'Is this computer’s clock right, by what servers have said so far?',
    findings: {
      good: { says: 'The clock is right within {seconds} s.', advice: '' },
      off: { says: 'The clock is {seconds} s wrong.', advice: 'Let the system set the time by itself, in its date and time settings.' },
      far: { says: 'The clock is {seconds} s wrong: servers may refuse signed addresses and certificates.', advice: 'Let the system set the time by itself, in its date and time settings.' },
      unknown: { says: 'No server has said yet what time it is.', advice: '' },
    },
  },
} as const satisfies CheckTexts
