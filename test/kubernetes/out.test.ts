import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ValueMap } from '../../src/document/node.ts'
import { checkValidation } from '../../src/kubernetes/check-validation.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const fleet = parse(readFileSync(join(root, 'policies/fleet.yaml'), 'utf8')) as {
  readonly clusters: Readonly<
    Record<string, { region: string; environment: string; kubernetes: string }>
  >
}

test('every cluster takes what is rendered for it', () => {
  const refused = Object.values(fleet.clusters).flatMap(({ region, environment, kubernetes }) => {
    const minor = Number(kubernetes.split('.')[1])
    const folder = join(root, 'out', region, environment)
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .sort()
    expect(paths.length).toBeGreaterThan(3)
    return paths.flatMap((path) => {
      const object = parse(readFileSync(join(folder, path), 'utf8')) as ValueMap
      return checkValidation(object, minor).map(({ pointer, message }) => {
        return `${region}/${environment}/${path}${pointer}: ${message}`
      })
    })
  })
  expect(refused).toEqual([])
})
