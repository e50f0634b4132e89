import type { CheckTexts } from './check-text.ts'

export const NETWORK_EN = {
  'network.dns': {
    asks: 'Are server names looked up quickly?',
    findings: {
      good: { says: 'Names are looked up in {ms} ms.', advice: '' },
      slow: { says: 'Looking up {host} takes {ms} ms.', advice: 'Going live begins a little later for it. Another DNS server in the system’s network settings may be faster.' },
      'very-slow': { says: 'Looking up {host} takes {ms} ms.', advice: 'Choose another DNS server in the system’s network settings, or restart the router.' },
      'not-found': { says: 'The name {host} could not be looked up.', advice: 'Check the address of the destination. If other names fail, too, check the network connection or choose another DNS server.' },
      nothing: { says: 'There is no name to look up.', advice: '' },
    },
  },
  'network.reach': {
    asks: 'Do the servers answer?',
    findings: {
      good: { says: 'All servers answer; the slowest, {host}, in {ms} ms.', advice: '' },
      slow: { says: '{host} takes {ms} ms to answer.', advice: 'Choose a server that is nearer, if the service has one.' },
      'not-found': { says: 'The name {host} could not be looked up.', advice: 'Check the address of the destination and the network connection.' },
      refused: { says: '{host} refuses connections on port {port}.', advice: 'Check the port in the address; if it is right, the server is not running.' },
      unreachable: { says: '{host} does not answer on port {port}.', advice: 'Check the network connection. If other servers answer, a firewall may be holding this port up.' },
      tls: { says: 'No secure connection to {host} could be made.', advice: 'Check this computer’s date and time. If they are right, the server’s certificate is wrong, or somebody stands in between.' },
      nothing: { says: 'There is no server to reach.', advice: '' },
    },
  },
  'network.gateway': {
    asks: 'Is the way to the router quick?',
    findings: {
      good: { says: 'The router answers in {ms} ms.', advice: '' },
      slow: { says: 'The router takes {ms} ms to answer.', advice: 'A cable instead of Wi-Fi, or a place nearer to the router, helps.' },
      'very-slow': { says: 'The router takes {ms} ms to answer: the trouble is between this computer and the router.', advice: 'Use a cable instead of Wi-Fi, or go nearer to the router, and restart it.' },
      lossy: { says: 'The router leaves {percent} % unanswered: the trouble is between this computer and the router.', advice: 'Use a cable instead of Wi-Fi, or go nearer to the router.' },
      silent: { says: 'The router does not answer such questions, so nothing is known about the way to it.', advice: '' },
      none: { says: 'There is no router: this computer is not connected to a network.', advice: 'Connect the cable or Wi-Fi.' },
      unknown: { says: 'This system does not tell which router it uses.', advice: '' },
    },
  },
  'network.wifi': {
    asks: 'Is the Wi-Fi signal strong enough?',
    findings: {
      strong: { says: 'The Wi-Fi signal is strong ({dbm} dBm).', advice: '' },
      fair: { says: 'The Wi-Fi signal is middling ({dbm} dBm).', advice: 'Go nearer to the router or use a cable.' },
      weak: { says: 'The Wi-Fi signal is weak ({dbm} dBm).', advice: 'Use a cable, or go nearer to the router.' },
      none: { says: 'This computer is not using Wi-Fi.', advice: '' },
      unknown: { says: 'The system does not tell how strong the Wi-Fi signal is.', advice: '' },
    },
  },
  'network.route': {
    asks: 'Is the way to the server in order?',
    findings: {
      good: { says: '{host} is reached over {hops} stations in {ms} ms.', advice: '' },
      slow: { says: '{host} is reached over {hops} stations, but it takes {ms} ms.', advice: 'Choose a server that is nearer, if the service has one.' },
      lossy: { says: 'On the way to {host} {percent} % is lost.', advice: 'Try another network. If it stays so, show the stations of the way to the network’s provider.' },
      hidden: { says: 'The last station of the way to {host} does not answer; {hops} others do.', advice: '' },
      silent: { says: 'No station on the way to {host} answers.', advice: '' },
      'no-tool': { says: 'This system has no program that shows the way to a server.', advice: 'Install mtr or traceroute to see it.' },
      nothing: { says: 'There is no server to look for a way to.', advice: '' },
    },
  },
  'network.clock': {
    asks: 'Is this computer’s clock right?',
    findings: {
      good: { says: 'The clock is right within {seconds} s.', advice: '' },
      off: { says: 'The clock is {seconds} s wrong.', advice: 'Let the system set the time by itself, in its date and time settings.' },
      far: { says: 'The clock is {seconds} s wrong: servers may refuse signed addresses and certificates.', advice: 'Let the system set the time by itself, in its date and time settings.' },
      nobody: { says: 'There is no server that could be asked for the time.', advice: 'Name a test server, or allow a public one to be asked.' },
      unknown: { says: 'No server said what time it is.', advice: '' },
    },
  },
  'network.line': {
    asks: 'How good is the line?',
    findings: {
      good: { says: 'The line is good: {rttMs} ms there and back.', advice: '' },
      fair: { says: 'The line is fair: {rttMs} ms there and back, {lossPercent} % lost.', advice: 'A cable instead of Wi-Fi is the surest help.' },
      poor: { says: 'The line is poor: {rttMs} ms there and back, {lossPercent} % lost.', advice: 'Lower the bitrate to {kbps} kbit/s. If that is not enough: a cable instead of Wi-Fi, then another network, then sound only.' },
      'poor-unmeasured': { says: 'The line is poor: {rttMs} ms there and back, {lossPercent} % lost.', advice: 'Lower the bitrate by half. If that is not enough: a cable instead of Wi-Fi, then another network, then sound only.' },
      down: { says: 'The test server cannot be reached.', advice: 'Check the network connection, then whether the test server is running and which address it prints.' },
      narrow: { says: 'The line carries {kbps} kbit/s upwards; {wantedKbps} kbit/s are wanted.', advice: 'Lower the bitrate to {safeKbps} kbit/s. If that is not enough: a cable instead of Wi-Fi, then another network, then sound only.' },
      tight: { says: 'The line carries {kbps} kbit/s upwards, little more than the {wantedKbps} kbit/s that are wanted.', advice: 'Lower the bitrate to {safeKbps} kbit/s to keep 30 % free.' },
      'narrow-down': { says: 'The line carries {kbps} kbit/s downwards; {wantedKbps} kbit/s are wanted.', advice: 'End other downloads, or use a cable or another network.' },
      bloated: { says: 'The line is good while idle, but everything takes {ms} ms longer when it is full (grade {grade}).', advice: 'Keep the bitrate well below what the line carries, and end uploads of other programs.' },
      'no-datagrams': { says: 'The line takes {rttMs} ms there and back, but datagrams do not get through, so losses are not known.', advice: 'WHIP and SRT may not work in this network; RTMP does. Ask whoever looks after the network to allow UDP.' },
      unknown: { says: 'Too little came back to tell how good the line is.', advice: 'Run the test again.' },
      'delay-only': { says: 'A connection to {host} takes {rttMs} ms; without a test server nothing else is known of the line.', advice: 'On a second computer run Castwright with --speed-server, and enter the address that it prints.' },
      'no-server': { says: 'No test server was named, so the line was not measured.', advice: 'On a second computer run Castwright with --speed-server, and enter the address that it prints.' },
      'server-address': { says: 'The address of the test server cannot be read.', advice: 'Enter it as the test server prints it: http://host:port/?access_token=…' },
      'server-refused': { says: 'The test server refuses the token.', advice: 'It makes a new one at each start: copy the address that it prints now.' },
      'server-busy': { says: 'The test server is busy.', advice: 'Try again in a minute.' },
      'server-wrong': { says: 'The test server says what cannot be true, or is none.', advice: 'Use the address that a Castwright’s own test server prints.' },
    },
  },
  'network.ndt7': {
    asks: 'How much does the line carry to a public server?',
    findings: {
      measured: { says: 'The line carries {upKbps} kbit/s upwards and {downKbps} kbit/s downwards.', advice: '' },
      narrow: { says: 'The line carries {upKbps} kbit/s upwards; {wantedKbps} kbit/s are wanted.', advice: 'Lower the bitrate to {safeKbps} kbit/s.' },
      tight: { says: 'The line carries {upKbps} kbit/s upwards, little more than the {wantedKbps} kbit/s that are wanted.', advice: 'Lower the bitrate to {safeKbps} kbit/s to keep 30 % free.' },
      'no-consent': { says: 'No public server was asked, because that was not agreed to.', advice: 'A public service learns this computer’s address and publishes results: agree to it, or use a test server of your own.' },
      unusable: { says: 'The server could not be used.', advice: 'Try again later, or use a test server of your own.' },
      'server-wrong': { says: 'The server says what cannot be true.', advice: 'Use another test server.' },
    },
  },
} as const satisfies CheckTexts
