import type { Compilation } from '../compile.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { blame, pointersByLine } from '../explain/blame.ts'
import { type Explainer, explainTarget } from '../explain/explain.ts'
import { UsageFailure } from '../io/failure.ts'
import type { Target } from '../model/target.ts'
import { jsonBlame, prettyBlame } from '../report/blame.ts'
import { jsonExplanation, prettyExplanation } from '../report/explanation.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, jsonText } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import { selectedIn } from './selected.ts'
import type { Terminal } from './terminal.ts'

export interface ExplainOptions extends RepositoryOptions {
  readonly format: 'pretty' | 'json'
}

/** What is asked about: a target, perhaps one of its files, perhaps a field or a line of it. */
interface Question {
  readonly target: string
  readonly file: string | undefined
  readonly pointer: string | undefined
  readonly line: number | undefined
}

/** Says of a field, or of every line of a manifest, where it comes from. */
export async function explain(
  subject: string,
  file: string | undefined,
  pointer: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<Result> {
  const question = readQuestion(subject, file, pointer)
  const [region = '', environment = '', project = ''] = question.target.split('/')
  const selected = {
    ...options,
    project: [project],
    environment: [environment],
    region: [region],
  }
  const repository = await openRepository(options, terminal, selectedIn(selected))
  // Where a field comes from does not hang on whether it meets the rules.
  const compilation = compileSelected(repository, selected, terminal, { judge: false })
  if (compilation.failed) {
    return {
      output: '',
      messages: findings(compilation, terminal.colors),
      exitCode: exitCode.refused,
    }
  }
  const target = findTarget(question.target, compilation)
  const explainer = explainTarget(target, compilation.planOf(target))
  const texts = new Map([...compilation.files].map(({ path, text }) => [path, text]))
  return answer(question, target, explainer, texts, compilation, options, terminal)
}

function answer(
  question: Question,
  target: Target,
  explainer: Explainer,
  texts: ReadonlyMap<string, string>,
  compilation: Compilation,
  { format }: ExplainOptions,
  terminal: Terminal,
): Result {
  const view = { owners: compilation.owners, colors: terminal.outputColors }
  const files =
    question.file === undefined ? explainer.files : [checkFile(question.file, explainer)]
  const [first = ''] = files
  const text = texts.get(`${target.id}/${first}`) ?? ''
  const pointers = pointersByLine(explainer.manifest(first), text.split('\n').length - 1)
  const pointer =
    question.line === undefined ? question.pointer : pointerOfLine(question.line, pointers)
  if (pointer !== undefined) {
    const explanation = explainer.explain(first, pointer)
    if (!explanation) throw noSuchField(pointer, first, pointers)
    const output =
      format === 'json'
        ? jsonText(jsonExplanation(explanation, view.owners))
        : prettyExplanation(explanation, view)
    return { output, exitCode: exitCode.done }
  }
  const blames = files.map((name) => {
    const path = `${target.id}/${name}`
    return { path, lines: blame(name, texts.get(path) ?? '', explainer) }
  })
  const output =
    format === 'json'
      ? jsonText(blames.map((each) => jsonBlame(each.path, each.lines, view.owners)))
      : blames.map((each) => prettyBlame(each.path, each.lines, view)).join('\n')
  return { output, exitCode: exitCode.done }
}

/** Reads `TARGET [FILE [POINTER]]` or a path below `out/`, with or without a line. */
function readQuestion(subject: string, file?: string, pointer?: string): Question {
  const match = /^(?:.*\/)?out\/([^/]+\/[^/]+\/[^/]+)\/([^/:]+)(?::([0-9]+))?(?::[0-9]+)?$/.exec(
    subject,
  )
  if (match) {
    const line = match[3] === undefined ? undefined : Number(match[3])
    return { target: match[1] ?? '', file: match[2], line, pointer: file }
  }
  const target = subject.replace(/^(?:\.\/)?out\//, '').replace(/\/$/, '')
  if (target.split('/').length !== 3) {
    throw new UsageFailure(
      `"${subject}" is no target: a target is <region>/<environment>/<project>`,
      'sahaba list shows the targets there are',
    )
  }
  if (pointer !== undefined && !pointer.startsWith('/')) {
    throw new UsageFailure(
      `"${pointer}" is no pointer`,
      'a pointer begins with a slash: /spec/replicas',
    )
  }
  return { target, file, pointer, line: undefined }
}

function findTarget(id: string, { targets }: Compilation): Target {
  const target = targets.find((each) => each.id === id)
  if (!target) {
    const message = `${id} is no target: the project does not run there`
    throw new UsageFailure(message, 'sahaba list shows the targets there are')
  }
  if (target.release === 'released') return target
  const help = 'the pipeline has supplied no image for it'
  throw new UsageFailure(`${id} is not released yet and renders nothing`, help)
}

function checkFile(file: string, { files }: Explainer): string {
  if (files.includes(file)) return file
  const meant = suggest(file, files)
  throw new UsageFailure(
    `the target renders no ${file}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    `it renders ${files.join(', ')}`,
  )
}

function pointerOfLine(line: number, pointers: Pointers): string {
  const pointer = pointers[line - 1]
  if (pointer !== undefined) return pointer
  throw new UsageFailure(`line ${line} holds no field`)
}

/** The pointer of each line; undefined in the header. */
type Pointers = readonly (string | undefined)[]

function noSuchField(pointer: string, file: string, pointers: Pointers): UsageFailure {
  const known = pointers.filter((each) => each !== undefined)
  const meant = suggest(pointer, known)
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`
  return new UsageFailure(`${file} has no field ${pointer}${hint}`)
}
