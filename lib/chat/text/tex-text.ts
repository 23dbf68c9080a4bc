/** What common commands of LaTeX look like in a line of text. */
const SIGNS: Readonly<Record<string, string>> = {
  ...named(
    'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ',
  ),
  ...named(
    'tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω',
  ),
  ...named(
    'infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ forall ∀ exists ∃ emptyset ∅ dots … ldots … cdots … circ °',
  ),
};

/** Signs that stand between two others, with a space on each side. */
const OPERATORS: Readonly<Record<string, string>> = {
  ...named(
    'times × cdot · div ÷ pm ± mp ∓ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ equiv ≡ to → rightarrow →',
  ),
  ...named('leftarrow ← Rightarrow ⇒ implies ⇒ iff ⇔ in ∈ notin ∉ subset ⊂ cup ∪ cap ∩'),
};

/** Commands that say only how to set something. */
const UNSEEN = new Set(['left', 'right', 'displaystyle', 'limits', 'big', 'Big', 'quad', 'qquad']);

/** `name sign name sign …` */
function named(list: string): Record<string, string> {
  const words = list.split(' ');
  return Object.fromEntries(
    words.flatMap((name, index) => (index % 2 === 0 ? [[name, words[index + 1] ?? '']] : [])),
  );
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = { '0': '⁰', '1': '¹', '2': '²', '3': '³', n: 'ⁿ' };

/** A formula in one line of text, such as `a/b ≤ √x`. An approximation: unknown commands lose their backslash. */
export function texText(tex: string): string {
  let text = tex;
  // From the inside out. A formula that is nested deeper keeps its braces.
  for (let depth = 0; depth < 4; depth += 1)
    text = text
      .replace(
        /\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g,
        (_, over: string, under: string) => `${grouped(over)}/${grouped(under)}`,
      )
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, inner: string) => `√${grouped(inner)}`)
      .replace(
        /\\(?:text|textbf|textit|mathrm|mathbf|mathit|mathbb|mathcal|mathsf|operatorname|boxed|ce|overline|vec|hat|bar)\*?\s*\{([^{}]*)\}/g,
        '$1',
      )
      .replace(/([\^_])\{([^{}]*)\}/g, (_, mark: string, inner: string) => `${mark}${grouped(inner)}`);
  return text
    .replace(/\\(?:begin|end)\{[^{}]*\}(?:\{[^{}]*\})?/g, ' ')
    .replace(/\\([A-Za-z]+)[ \t]?/g, (_, name: string) => signOf(name))
    .replace(/\\[,;:! ]|\\\\|(?<!\\)&/g, ' ')
    .replace(/\\([{}%$&#_])/g, '$1')
    .replace(/\^([0-3n])(?![\w(])/g, (_, sign: string) => SUPERSCRIPTS[sign] ?? '')
    .replace(/[{}]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function signOf(command: string): string {
  if (UNSEEN.has(command)) return ' ';
  const operator = OPERATORS[command];
  return operator === undefined ? (SIGNS[command] ?? `${command} `) : ` ${operator} `;
}

/** In brackets, unless it is one sign, number or name. */
const grouped = (text: string): string =>
  /^\s*\\?[\p{L}\p{N}.]*\s*$/u.test(text) ? text.trim() : `(${text.trim()})`;
