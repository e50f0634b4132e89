/** What happens when a line takes less than the program needs. */
export const congestion = {
  congestion: {
    enable: 'Follow slow lines',
    enableHint: 'When the line to a required destination takes less, the video bitrate follows it, and comes back when the line does. Off: frames are dropped instead.',
    floor: 'Lowest video bitrate', floorHint: 'Below this there are fewer frames per second instead of worse ones. Sound is never touched.',
    reduced: 'This line takes {line} now. Video: {rate}, {fps} fps', unmeasured: 'This line is too slow now. Video: {rate}, {fps} fps', rising: 'Coming back. Video: {rate}, {fps} fps',
    mbps: '{n} Mbit/s',
  },
}
