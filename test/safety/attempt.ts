import { textOf } from '../support/files.ts'
import { baseFiles } from '../support/repository.ts'

/** Something that an author of a pull request may try, laid over the base of test/cases. */
export interface Attempt {
  /** Its number in the table of docs/safety.md. */
  readonly threat: number
  readonly what: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** Files of the base that are not there. */
  readonly without?: readonly string[]
  /** All errors, as "id path:line:column"; if absent, it is no attempt but honest use. */
  readonly refused?: readonly string[]
  /** What the messages, their notes or their help say, besides. */
  readonly says?: readonly string[]
  /** For honest use: lines of what is rendered. */
  readonly renders?: readonly string[]
}

export const projectPath = 'projects/order/project.yaml'
const head = 'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\n'

/** A project.yaml with more lines; they begin at line 5. */
export function project(more: string): Readonly<Record<string, string>> {
  return { [projectPath]: `${head}${more}environments: {test: }\n` }
}

/** A project whose variables are rendered into its Deployment. */
export function withEnv(env: string): Readonly<Record<string, string>> {
  return { ...project(env), ...envTemplate }
}

const deployment = textOf(baseFiles.get('policies/base/deployment.yaml') ?? new Uint8Array())

const envTemplate = {
  'policies/base/deployment.yaml': `${deployment}          env:
            - $each: \${user.env}
              name: \${key}
              value: \${value}
`,
}
