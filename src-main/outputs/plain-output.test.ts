import { describeOutput } from './output-contract.ts'
import { plainFixture } from './plain-output.ts'

describeOutput('the plainest output', plainFixture)
