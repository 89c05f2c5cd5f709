import fc from 'fast-check'

/** A mistake of somebody's, made in one line of one file. */
export interface Edit {
  readonly file: number
  readonly line: number
  /** Which of the mistakes below. */
  readonly mistake: number
}

type Mistake = (line: string) => readonly string[]

const mistakes: readonly Mistake[] = [
  () => [],
  (line) => [line, line],
  (line) => [` ${line}`],
  (line) => [line.replace(/^ {2}/, '')],
  (line) => [line.replace(/[a-z]/, '')],
  (line) => [line.replace(/[a-z](?=\w*:)/, 'x')],
  (line) => [line.replace(/: .*/, ':')],
  (line) => [line.replace(/: .*/, ': null')],
  (line) => [line.replace(/: .*/, ': [1, {a: b}]')],
  (line) => [line.replace(/: .*/, ': {a: {b: c}}')],
  (line) => [line.replace(/: .*/, ': -17')],
  (line) => [line.replace(/: .*/, ': yes')],
  (line) => [line.replace(/: .*/, ': ${user.nothing}')],
  (line) => [line.replace(/: .*/, ': "${user.cpu}${target.id}"')],
  (line) => [line.replace(/: .*/, ': ${policy.a.b')],
  (line) => [line.replace('}', '')],
  (line) => [line.replace(/user|policy|variables/, 'target')],
  (line) => [line.replace(/: .*/, ': &a *a')],
  (line) => [line.replace(/: .*/, ': "\\u0000"')],
  (line) => [line.replace(/(\w+):/, '__proto__:')],
  (line) => [line.replace(/(\w+):/, '$patch:')],
  (line) => [line.replace(/(\w+):/, '$if:')],
  (line) => [line.replace(/- name: .*/, '- $patch: delete')],
  () => ['$from: service.yaml'],
  () => ['\t'],
]

/** A few mistakes at once, anywhere in a fleet. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    file: fc.nat({ max: 10_000 }),
    line: fc.nat({ max: 10_000 }),
    mistake: fc.nat({ max: mistakes.length - 1 }),
  }),
  { minLength: 1, maxLength: 4 },
)

/** A fleet after the edits; numbers beyond the end begin anew. */
export function edited(
  files: ReadonlyMap<string, string>,
  changes: readonly Edit[],
): ReadonlyMap<string, string> {
  const result = new Map(files)
  const paths = [...files.keys()].filter((path) => !path.endsWith('.json'))
  for (const { file, line, mistake } of changes) {
    const path = paths[file % paths.length] ?? ''
    const lines = (result.get(path) ?? '').split('\n')
    const at = line % lines.length
    lines.splice(at, 1, ...(mistakes[mistake]?.(lines[at] ?? '') ?? []))
    result.set(path, lines.join('\n'))
  }
  return result
}
