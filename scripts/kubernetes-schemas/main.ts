// Writes src/kubernetes/data/kubernetes.json anew from published packages, and says on standard
// output how far the sources agree: node scripts/run.mjs scripts/kubernetes-schemas/main.ts
import { writeFileSync } from 'node:fs'
import { confirm, kindsIn } from './confirm.ts'
import { Constraints } from './constraints.ts'
import { compareClients } from './cross-check.ts'
import { readCustomResources } from './custom-resources.ts'
import { gatherFacts } from './facts.ts'
import { formatsOf, readModels } from './javascript-client.ts'
import { fetchFiles, fetchWheel, pinsOf } from './packages.ts'
import { type Release, readRelease } from './python-client.ts'
import { layOver } from './timeline.ts'
import { type Declared, readDeclaration } from './type-declarations.ts'

const target = new URL('../../src/kubernetes/data/kubernetes.json', import.meta.url)

const releases = new Map<number, Release>()
for (const pin of pinsOf('kubernetes')) {
  const [major] = pin.version.split('.').map(Number)
  // Up to 12 the client's version was four behind Kubernetes'.
  const minor = major === 12 ? 16 : (major ?? 0)
  releases.set(minor, readRelease(fetchWheel(pin), minor))
}

const declarations = new Map<string, Declared>()
for (const pin of pinsOf('kubernetes-models')) {
  for (const [path, text] of fetchFiles(pin, /\/v\d\w*\/\w+\.d\.ts$/)) {
    const kind = /(\w+)\.d\.ts$/.exec(path)?.[1] ?? ''
    const declaration = kind === 'index' ? undefined : readDeclaration(text)
    if (declaration) declarations.set(`${path} ${kind}`, declaration.type)
  }
}
const byKind = [...declarations].map(([path, type]) => [path.split(' ')[1] ?? '', type] as const)

const formats = new Map<string, string>()
for (const pin of pinsOf('@kubernetes/client-node')) {
  const models = readModels(fetchFiles(pin, /\/gen\/models?\/\w+\.(?:js|d\.ts)$/))
  for (const [key, format] of formatsOf(models)) formats.set(key, format)
  const minor = minorOf(pin.version)
  const release = releases.get(minor)
  if (release) print(`1.${minor}`, compareClients(release, models))
}

const constraints = new Constraints()
const builtIn = layOver(releases, gatherFacts(byKind, formats), constraints)
const tables = [builtIn]
for (const name of ['argo-cd', 'argo-rollouts', 'keda', 'prometheus-operator', 'gateway-api']) {
  const [fromGo, fromCrds] = pinsOf(`@kubernetes-models/${name}`)
  if (!fromGo || !fromCrds) throw new Error(`${name} needs two sources`)
  const files = fetchFiles(fromGo, /\/v\d\w*\/\w+\.d\.ts$|\/_schemas\/\w+\.js$/)
  const custom = readCustomResources(files, builtIn.types, constraints)
  const declared = kindsIn(fetchFiles(fromCrds, /\/v\d\w*\/\w+\.d\.ts$/))
  const { kinds, added, relaxed } = confirm(custom, declared, constraints)
  console.log(`${fromGo.name} ${fromGo.version}: ${Object.keys(custom.kinds).join(', ')}`)
  console.log(`  ${kinds} of them compared with CRDs (${fromCrds.version})`)
  for (const field of added) console.log(`  ${field}: only in a CRD`)
  for (const field of relaxed) console.log(`  ${field}: not required by a CRD`)
  tables.push(custom)
}

const minors = [...releases.keys()].sort((a, b) => a - b)
const data = {
  note: 'Written by scripts/kubernetes-schemas from packages that follow the OpenAPI documents of Kubernetes, and from the Go types of the custom resources. Copyright The Kubernetes Authors and the authors of those projects, licensed under the Apache License, Version 2.0; see NOTICE.',
  minors: [minors.at(0), minors.at(-1)],
  constraints: constraints.list,
  kinds: Object.assign({}, ...tables.map(({ kinds }) => kinds)),
  types: Object.assign({}, ...tables.map(({ types }) => types)),
}
writeFileSync(target, lineByLine(data))
const { kinds, types } = data
const fields = Object.values(types).reduce<number>(
  (sum, type) => sum + Object.keys(type as object).length,
  0,
)
console.log(
  `${Object.keys(kinds).length} kinds, ${Object.keys(types).length} types, ${fields} fields, ${constraints.list.length} constraints`,
)

/** 0.20 follows Kubernetes 1.28 and 0.22 1.30; 1.1 follows 1.32, 1.4 1.34 (1.35), 2.0 1.36. */
function minorOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 0) return minor + 8
  return major === 1 ? minor + 30 : 36
}

function print(version: string, { types, fields, differences }: ReturnType<typeof compareClients>) {
  console.log(`${version}: ${types} types, ${fields} fields, ${differences.length} differ`)
  for (const difference of differences) console.log(`  ${difference}`)
}

/** JSON with one kind, type or constraint to a line, so that its diff can be read. */
function lineByLine(value: Record<string, unknown>): string {
  const parts = Object.entries(value).map(([key, part]) => {
    if (typeof part !== 'object' || part === null || key === 'minors') {
      return `${JSON.stringify(key)}:${JSON.stringify(part)}`
    }
    if (Array.isArray(part)) {
      return `${JSON.stringify(key)}:[\n${part.map((each) => JSON.stringify(each)).join(',\n')}\n]`
    }
    const lines = Object.entries(part).map(
      ([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`,
    )
    return `${JSON.stringify(key)}:{\n${lines.join(',\n')}\n}`
  })
  return `{\n${parts.join(',\n')}\n}\n`
}
