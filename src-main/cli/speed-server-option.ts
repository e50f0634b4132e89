/** What the port is when nobody says: iperf3's, next to which nothing else is known to live. */
export const SPEED_SERVER_PORT = 5201

/** `--speed-server` alone stands for its usual port: the parser knows no option whose value may be left out. */
export const withSpeedServerPort = (argv: readonly string[]): string[] =>
  argv.flatMap((argument, at) => (argument === '--speed-server' && (argv[at + 1] === undefined || argv[at + 1]!.startsWith('-')) ? [`--speed-server=${SPEED_SERVER_PORT}`] : [argument]))
