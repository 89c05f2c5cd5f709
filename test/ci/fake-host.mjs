// Stands in for gh and curl: see code-host.ts.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [program, ...args] = process.argv.slice(2)
const options = { method: ['--method', '--request'], body: ['--input', '--data'], field: ['-f'] }
const rest = [...args]
const taken = { method: [], body: [], field: [], other: [] }
const words = []
const withValue = ['--header', '--max-time', '--max-filesize']
while (rest.length > 0) {
  const word = rest.shift()
  const kind = Object.keys(options).find((each) => options[each].includes(word))
  if (kind) taken[kind].push(rest.shift())
  else if (withValue.includes(word)) taken.other.push(rest.shift())
  else if (!word.startsWith('-')) words.push(word)
}
if (program === 'gh' && words.shift() !== 'api') fail('only gh api is known')
if (words.length !== 1) fail(`not one path: ${args}`)
// The token of curl is in a file; nobody may see it among the arguments.
if (program === 'curl') {
  const [header] = taken.other.filter((each) => each.startsWith('@'))
  if (readFileSync(header?.slice(1) ?? '', 'utf8') !== 'PRIVATE-TOKEN: the-token\n') fail('no token')
  if (args.some((each) => each.includes('the-token'))) fail('the token is seen')
}
const path = [words[0].replace('https://host/api/', ''), ...taken.field].join(' ')
const [method = 'GET'] = taken.method
const host = process.env.HOST ?? ''
appendFileSync(join(host, 'asked'), `${method} ${path}\n`)
if (method === 'GET') {
  const known = JSON.parse(readFileSync(join(host, 'answers.json'), 'utf8'))
  const found = known[path]
  if (!found) fail(`404 ${path}`)
  process.stdout.on('error', () => process.exit(1))
  if (found.base64 !== undefined) process.stdout.write(Buffer.from(found.base64, 'base64'))
  // A page after the other, as gh prints them.
  else if (args.includes('--paginate')) for (const page of found.answer) write(page)
  else write(found.answer)
} else {
  const file = taken.body[0]?.replace(/^@/, '') ?? ''
  const { body } = JSON.parse(readFileSync(file, 'utf8'))
  appendFileSync(join(host, 'posted'), `${JSON.stringify({ method, path, body })}\n`)
}

function write(answer) {
  process.stdout.write(JSON.stringify(answer))
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(22)
}
