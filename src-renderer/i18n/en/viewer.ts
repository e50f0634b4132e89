/** Watching what comes back: the rehearsal, or a WHEP server. */
export const viewer = {
  viewer: {
    placeholder: 'https://…/whep', what: 'What to watch', rehearsal: 'Rehearsal', whep: 'WebRTC (WHEP)', title: 'As a viewer of a WHEP server sees it',
    address: 'WHEP address', token: 'Token', tokenHint: 'Not remembered. Empty where none is needed.', play: 'Watch', stop: 'Stop watching', fromDestination: 'As sent to',
    enter: 'Enter the address at which your server plays by WebRTC.', connecting: 'Connecting…', again: 'Trying again by itself…', notLive: 'Nothing is live there yet. Looking again by itself…',
  },
}
