import { describeOutput } from './output-contract.ts'
import { tcpFixture } from './fake-tcp-output.ts'

describeOutput('a plain TCP output', tcpFixture)
