import type { ASTNode } from '@marcbachmann/cel-js'
import { suggest } from '../diagnostics/suggest.ts'
import { childrenOf, comprehensionOf, itemNameOf } from './ast.ts'
import { functionNames, ownVersions } from './library.ts'
import { failure } from './library-error.ts'
import type { ExpressionProblem } from './problem.ts'

const deepestNesting = 2
const mostSteps = 100_000

/**
 * Keeps an expression to our functions and to bounds on how long it can run, before it is checked:
 * macros nest at most twice and look at no more than 100,000 items in one evaluation.
 */
export function restrict(node: ASTNode, nesting = 0): ExpressionProblem | undefined {
  const wrongName = restrictName(node)
  if (wrongName) return wrongName
  const item = itemNameOf(node)
  if (item === undefined) return firstProblem(childrenOf(node), nesting)
  if (nesting === deepestNesting) {
    const message = 'map, filter, all and exists can be nested only twice'
    return { message, start: node.start, end: node.end }
  }
  countSteps(node)
  const [range, , ...bodies] = childrenOf(node)
  return (range && restrict(range, nesting)) ?? firstProblem(bodies, nesting + 1)
}

function firstProblem(nodes: readonly ASTNode[], nesting: number): ExpressionProblem | undefined {
  for (const node of nodes) {
    const problem = restrict(node, nesting)
    if (problem) return problem
  }
  return undefined
}

/** Refuses functions that are not ours to offer, and has ours called in place of the package's. */
function restrictName(node: ASTNode): ExpressionProblem | undefined {
  if (node.op !== 'call' && node.op !== 'rcall') return undefined
  const [name] = node.args
  if (ownVersions.has(name)) node.args[0] = `_${name}`
  if (functionNames.has(name)) return undefined
  const after = node.op === 'rcall' ? node.args[1].end : node.start
  const start = node.input.indexOf(name, after)
  const suggestion = suggest(name, functionNames)
  return {
    message: `there is no function "${name}"`,
    start,
    end: start + name.length,
    ...(suggestion !== undefined && { suggestion }),
  }
}

let steps = 0

function countSteps(node: ASTNode): void {
  const comprehension = comprehensionOf(node)
  if (!comprehension) return
  const { condition } = comprehension
  comprehension.condition = (accumulated) => {
    if (++steps > mostSteps) throw failure('this looks at more than 100,000 items')
    return condition?.(accumulated) ?? true
  }
}

/** Gives one evaluation its own count of steps; evaluations may stand within each other. */
export function withOwnSteps<T>(evaluate: () => T): T {
  const before = steps
  steps = 0
  try {
    return evaluate()
  } finally {
    steps = before
  }
}
