import type { ASTNode } from '@marcbachmann/cel-js'
import { suggest } from '../diagnostics/suggest.ts'
import { childrenOf, comprehensionOf, itemNameOf } from './ast.ts'
import type { Dialect } from './dialect.ts'
import { ownVersions } from './library.ts'
import { failure } from './library-error.ts'
import type { ExpressionProblem } from './problem.ts'

const mostSteps = 100_000

/**
 * Keeps an expression to the functions of its dialect and to bounds on how long it can run, before
 * it is checked: macros nest at most so deep as the dialect has it, and look at no more than 100,000
 * items in one evaluation.
 */
export function restrict(
  node: ASTNode,
  dialect: Dialect,
  nesting = 0,
): ExpressionProblem | undefined {
  const wrongName = restrictName(node, dialect)
  if (wrongName) return wrongName
  const item = itemNameOf(node)
  if (item === undefined) return firstProblem(childrenOf(node), dialect, nesting)
  if (nesting === dialect.nesting) {
    const times = nesting === 2 ? 'twice' : `${nesting} times`
    const message = `map, filter, all and exists can be nested only ${times}`
    return { message, start: node.start, end: node.end }
  }
  countSteps(node)
  const [range, , ...bodies] = childrenOf(node)
  return (range && restrict(range, dialect, nesting)) ?? firstProblem(bodies, dialect, nesting + 1)
}

function firstProblem(
  nodes: readonly ASTNode[],
  dialect: Dialect,
  nesting: number,
): ExpressionProblem | undefined {
  for (const node of nodes) {
    const problem = restrict(node, dialect, nesting)
    if (problem) return problem
  }
  return undefined
}

/** Refuses functions that the dialect has not, and has ours called in place of the package's. */
function restrictName(node: ASTNode, dialect: Dialect): ExpressionProblem | undefined {
  if (node.op !== 'call' && node.op !== 'rcall') return undefined
  const [name] = node.args
  if (ownVersions.has(name)) node.args[0] = `_${name}`
  const beyond = dialect.beyond.get(name) ?? beyondFor(node, dialect)
  if (dialect.functions.has(name) && beyond === undefined) return undefined
  const after = node.op === 'rcall' ? node.args[1].end : node.start
  const start = node.input.indexOf(name, after)
  const suggestion = beyond === undefined ? suggest(name, dialect.functions) : undefined
  return {
    message: `there is no function "${name}"`,
    start,
    end: start + name.length,
    ...(beyond !== undefined && { beyond }),
    ...(suggestion !== undefined && { suggestion }),
  }
}

/** Kubernetes' macros that name both index and item. */
function beyondFor(node: ASTNode, { beyond }: Dialect): string | undefined {
  if (beyond.size === 0 || node.op !== 'rcall' || node.args[2].length !== 3) return undefined
  return ['all', 'exists'].includes(node.args[0]) ? 'it has a macro with two variables' : undefined
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
