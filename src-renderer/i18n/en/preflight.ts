/** The look before a show. */
export const preflight = {
  preflight: {
    title: 'Before going live', checking: 'Checking…', skip: 'Skip', good: 'Everything is ready.', problems: '{n} thing to look at first. | {n} things to look at first.', problemList: 'To look at',
    noAnswer: 'The studio did not answer. You can still go live.', others: '{n} other thing looked at | {n} other things looked at', first: 'Check before going live', again: 'Check again', anyway: 'Go live anyway', action: 'Check the show',
    marks: { warn: 'Warning:', fail: 'Problem:' },
    fixes: { unmute: 'Switch on', 'go-to-source': 'Show source', 'go-to-destination': 'Edit destination', 'go-to-settings': 'Settings', 'free-disk': 'To the recordings', again: 'Check again' },
  },
}
