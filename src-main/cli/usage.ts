/** A wrong call: what is wrong, in one sentence. The program then ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const EXIT_WRONG_CALL = 2

/** What is written to stderr for a wrong call: what is wrong and how to call it. */
export function wrongCallText(error: UsageError): string {
  return `castwright: ${error.message}\nFor example: castwright --headless --fake-devices --to rehearsal --for 20 --report -\nAll options: castwright --help\n`
}

export const USAGE = `Castwright composes cameras, screens and sound, and sends them to streaming servers.

castwright [options]

Shows
  --show FILE         open this saved show; the file itself is never changed
  --to ADDRESS        send to this address, for this run only; may be given several times
                        rehearsal            the built-in server on this computer
                        rtmp://host/app/key  (everybody on this computer can read the key in the process list)
                        srt://host:port?streamid=NAME&passphrase=SECRET
                        "https://host/whip TOKEN"  WHIP; an address that ends in .m3u8 takes HLS by PUT
                        /a/folder            HLS into a folder
                        @FILE                addresses from a file, one per line
                        env:NAME             the address in an environment variable
                        -                    addresses from standard input, one per line
  --record DIR        record this run to this folder, with or without sending it anywhere
  --for SECONDS       end the show and the program after this long
  --report FILE       write a report in JSON when the show is over; - writes it to standard output

Looking for what is wrong
  --diagnose [NAMES]  check devices, this computer and the line instead of running a show; NAMES with commas
                        between, for example camera.picture,group:network; the report goes to --report
  --redact            leave everything out of that report that is not needed by whoever helps
  --test-server URL   measure the line against this server
  --agree WHAT        public-push: pushing where viewers may see it; public-service: using a public speed test
  --speed-server [PORT]
                      be the test server of another computer, and nothing else, until Ctrl-C; port 5201 unless said

Running
  --headless          no window; the show starts by itself
  --safe              open the window with no device, filter, web page or global key at work, to find out what is wrong
  --fake-devices      a made-up camera, microphone and screen, for trying things out
  --host HOST         electron or browser; without it, Electron when it is installed
  --port PORT         the port of the browser host on this computer; without it, any free one
  --data-dir DIR      where settings and shows are kept
  --log-level LEVEL   debug, info, warn or error

Coding, for this run only
  --size WIDTHxHEIGHT canvas size, 160x160 to 1920x1080 or portrait
  --fps RATE          frames per second, 15 to 60
  --bitrate KBPS      video bitrate in kbit/s, 100 to 20000

  --help, --version

Exit codes: 0 the show ran as asked, 1 an output or a check failed, 2 the call was wrong.
`
