// Makes random edits in random YAML for a while, as test/edit/properties.test.ts does: each file must
// then say what it said, with that edit; only lines that the edit is about may differ; and where a
// scalar keeps its style, the way back must give the original bytes. Its keys are put in order as well:
// it must say the same then, with every comment above the same key.
//
//   node scripts/run.mjs scripts/fuzz-edit.ts [SECONDS] [SEED]
// Prints one line of counts; exits with 1 if anything is wrong.
import { randomFrom } from '../bench/random.ts'
import { tryEdit } from '../test/edit/laws.ts'
import { tryOrder } from '../test/edit/order-laws.ts'
import { dataOf, keyOrder, randomEdit, randomYaml } from '../test/edit/random-yaml.ts'

const seconds = Number(process.argv[2] ?? 20)
const first = Number(process.argv[3] ?? Date.now() % 1_000_000)
const counts = new Map<string, number>()
const end = performance.now() + seconds * 1000
let wrongs = 0
let seed = first
for (; performance.now() < end && wrongs < 20; seed += 1) {
  const random = randomFrom(seed)
  const text = randomYaml(random)
  const edit = randomEdit(random, dataOf(text))
  try {
    const { kind, wrong } = tryEdit(text, edit, keyOrder)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    if (wrong !== undefined) complain(wrong, text, edit)
    const order = tryOrder(text, keyOrder)
    if (order.wrong !== undefined) complain(order.wrong, text, {})
  } catch (error) {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error), text, edit)
  }
}
const counted = [...counts].sort().map(([kind, count]) => `${count} ${kind}`)
console.log(
  `${seed - first} edits in ${seconds} s (seed ${first}): ${counted.join(', ')}, ${wrongs} wrong`,
)
process.exitCode = wrongs > 0 ? 1 : 0

function complain(wrong: string, text: string, edit: object): void {
  wrongs += 1
  console.error(`seed ${seed}: ${wrong}\n  ${JSON.stringify(edit)}\n  ${JSON.stringify(text)}`)
}
