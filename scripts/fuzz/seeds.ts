import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { limitsOf } from '../../src/document/limits.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Texts in which every part of YAML occurs that files of a fleet hardly ever use. */
const grammar = [
  'description: Orders\nowner: trade\nsource: {repository: https://a.b/c, branch: master}\ncpu: 1\n' +
    'memory: 1Gi\nenv: {LOG_LEVEL: info}\nenvironments:\n  test:\n  prod:\n    regions: {cq: {}}\n',
  'spec:\n  replicas: ${user.replicas}\n  containers:\n  - name: "${target.project}"\n    image: a:1\n' +
    "    args: [\"-c\", 'it''s']\n  - $if: ${policy.on}\n    name: b\n",
  'a: &x\n  b: [1, 2.50, true, ~, "q\\u00e9\\n"]\nc: *x\nd: {e: *x, "f": null}\n',
  'text: |\n  one\n\n   two\nfolded: >-\n  three\n  four\n\n  five\nkeep: |+\n  six\n\nend: "a\n  b"\n',
  '# comment\n---\n? key\n: value\n"quoted key": \'x\'\nlist:\n- - a\n  - b\n-\n  c: d # e\n- f\n  g\n',
  '{"a": [1, -2, 3.5, {"b": null, "c": [true, false]}], "d": "e\\"f", "": {}}\n',
]

/** The texts to begin with: those above, and all that the reference fleet and the cases consist of. */
export function seedTexts(): readonly string[] {
  const texts = new Set(grammar)
  for (const folder of ['projects', 'policies', 'schemas', 'test/cases', 'bench/fleet']) {
    for (const text of filesBelow(folder).values()) texts.add(text)
  }
  return [...texts]
}

/** The YAML and JSON below a folder of this repository, but none that is too large. Path → text. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
  const paths = entries.filter((path) => /\.(ya?ml|json)$/.test(path)).sort()
  const files = paths.map((path) => {
    return [path, readFileSync(`${root}/${folder}/${path}`, 'utf8')] as const
  })
  return new Map(files.filter(([, text]) => text.length <= limitsOf('fuzz.yaml').bytes))
}
