import type { CheckTexts } from './check-text.ts'

export const INGEST_EN = {
  'ingest.push': {
    asks: 'Do the destinations take what the show sends?',
    findings: {
      enough: { says: 'Every destination can be sent {kbps} kbit/s; the show needs {wantedKbps} kbit/s.', advice: '' },
      'enough-partly': { says: 'The destinations that were tried can be sent {kbps} kbit/s; the show needs {wantedKbps} kbit/s. Not tried: {count}.', advice: 'Those that were not tried are allowed for as if they took as much as the others.' },
      tight: { says: 'Every destination can be sent {kbps} kbit/s, little more than the {wantedKbps} kbit/s that the show needs.', advice: 'Lower the bitrate to {safeKbps} kbit/s with its sound to keep 30 % free.' },
      narrow: { says: 'Every destination can be sent {kbps} kbit/s; the show needs {wantedKbps} kbit/s.', advice: 'Lower the bitrate to {safeKbps} kbit/s with its sound, send to fewer destinations at once, or use a cable or another network.' },
      untried: { says: 'Every destination took {kbps} kbit/s, the most that was tried. Whether 30 % is left above the show’s {wantedKbps} kbit/s is not known.', advice: 'With {safeKbps} kbit/s or less, sound included, it is sure.' },
      rehearsal: { says: 'The built-in server took {kbps} kbit/s; the show needs {wantedKbps} kbit/s.', advice: 'It is on this computer: to learn what the line carries, choose a destination elsewhere.' },
      live: { says: 'A show is live, so nothing was pushed.', advice: 'Run the test before the show.' },
      refused: { says: '{host} refuses the stream.', advice: 'Check the key and the address of the destination; its service may also have to be told first that a show begins.' },
      unreachable: { says: '{host} cannot be reached.', advice: 'Check the address of the destination and the network connection; a firewall may be holding the port up.' },
      tls: { says: 'No secure connection to {host} could be made.', advice: 'Check this computer’s date and time. If they are right, the server’s certificate is wrong, or somebody stands in between.' },
      broke: { says: 'The connection to {host} broke while it was tried.', advice: 'Run the test again. If it breaks again, choose another server of the service, or another network.' },
      'not-pushed': { says: '{host} could not be tried to the end.', advice: 'Run the test again later.' },
      address: { says: 'The address of a destination cannot be read.', advice: 'Correct it in the settings of the destination.' },
      'needs-agreement': { says: '{host} was not tried, because viewers might see the test picture.', advice: 'Agree to it, or give the destination an unlisted key for the test.' },
      'not-supported': { says: 'None of the destinations can be tried in this way: WHIP, HLS and waiting for a caller cannot.', advice: 'Measure the line against a test server instead.' },
      nothing: { says: 'No destination is switched on, so none was tried.', advice: 'Switch on a destination, or choose one.' },
    },
  },
} as const satisfies CheckTexts
