import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { generateFleet, snapshotOf } from '../../bench/generate-fleet.ts'
import { compile } from '../../src/compile.ts'
import { patience, runs } from './runs.ts'

const names = ['a', 'bC', 'd9', 'ab', 'zLong']

/** The ways in which an expression may use a variable. */
const uses: readonly ((name: string) => string)[] = [
  (name) => `\${variables.${name}}`,
  (name) => `\${variables["${name}"]}`,
  (name) => `\${variables[?'${name}'].orValue("")}`,
  (name) => `\${variables.?${name}.orValue("")}`,
  (name) => `\${has(variables.${name}) ? variables . ${name} : "variables.${name}"}`,
  (name) => `\${"" + [variables.${name}][0]}`,
]
/** Texts that only look as if they used one. */
const lures: readonly ((name: string) => string)[] = [
  (name) => `variables.${name}`,
  (name) => `\${"variables.${name}"}`,
  (name) => `\${'"variables["' + "${name}"}`,
]

test(
  'variables may use each other in any form, whatever their names and places',
  () => {
    const shuffled = fc.shuffledSubarray(names, { minLength: names.length })
    const forms = fc.array(fc.nat({ max: 99 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(shuffled, shuffled, forms, (order, places, chosen) => {
        // Each uses the one before it, and seems to use itself.
        const texts = order.map((name, index) => {
          const form = chosen[index] ?? 0
          const use = index === 0 ? 'x' : (uses[form % uses.length]?.(order[index - 1] ?? '') ?? '')
          return [name, `${use}, ${lures[form % lures.length]?.(name)}`] as const
        })
        const written = new Map(texts)
        expect(annotationOf(places.map((name) => [name, written.get(name) ?? '']))).toBe(
          texts.reduce((sofar, [name], index) => {
            const isText = (chosen[index] ?? 0) % lures.length === 2
            return `${sofar}, ${isText ? `"variables["${name}` : `variables.${name}`}`
          }, 'x'),
        )

        function annotationOf(variables: readonly (readonly [string, string])[]): unknown {
          const files = generateFleet({ projects: 1, seed: 1 })
          const lines = variables.map(([name, text]) => `  ${name}: ${JSON.stringify(text)}\n`)
          const path = 'policies/base/policy.yaml'
          const policy = files.get(path)?.replace('variables:\n', `variables:\n${lines.join('')}`)
          files.set(path, policy ?? '')
          const all = files.get('policies/base/_all.yaml')
          files.set('policies/base/_all.yaml', `${all}    last: \${variables.${order.at(-1)}}\n`)
          const { diagnostics, files: rendered } = compile(snapshotOf(files))
          expect(diagnostics.map(({ message }) => message)).toEqual([])
          return parse([...rendered][0]?.text ?? '').metadata.annotations.last
        }
      }),
      runs(12),
    )
  },
  patience,
)
