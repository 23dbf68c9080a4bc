/**
 * What a reader sees of a formula, to be searched: `\pi` is π, `x^2` is x2. Parts that are not in line with each other,
 * such as both sides of a fraction, are separated by line breaks. Blanks are left out: there is only space.
 */
export const formulaGlyphs = (tex: string): string => new TexReader(tex).read().replace(/\n{2,}/g, '\n');

const TOKEN = /\\(?:[A-Za-z]+\*?|[\s\S])|[\s\S]/gu;

const list = (text: string) => new Set(text.split(' '));
const table = (text: string) =>
  new Map(
    text.split(' ').map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );

const GLYPHS = table(
  'alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ chi=χ psi=ψ omega=ω ' +
    'Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω ' +
    'times=× div=÷ cdot=⋅ pm=± mp=∓ ast=* star=⋆ circ=∘ bullet=∙ oplus=⊕ otimes=⊗ wedge=∧ land=∧ vee=∨ lor=∨ cap=∩ cup=∪ setminus=∖ ' +
    'le=≤ leq=≤ ge=≥ geq=≥ ll=≪ gg=≫ approx=≈ equiv=≡ sim=∼ simeq=≃ cong=≅ propto=∝ in=∈ ni=∋ subset=⊂ supset=⊃ subseteq=⊆ supseteq=⊇ mid=| parallel=∥ perp=⊥ ' +
    'to=→ rightarrow=→ gets=← leftarrow=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔ iff=⟺ implies=⟹ mapsto=↦ uparrow=↑ downarrow=↓ ' +
    "infty=∞ partial=∂ nabla=∇ forall=∀ exists=∃ neg=¬ lnot=¬ emptyset=∅ varnothing=∅ hbar=ℏ ell=ℓ Re=ℜ Im=ℑ aleph=ℵ angle=∠ triangle=△ prime=' degree=° " +
    'dots=… ldots=… cdots=⋯ vdots=⋮ ddots=⋱ langle=⟨ rangle=⟩ lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ lbrace={ rbrace=} vert=| Vert=∥ lvert=| rvert=| lVert=∥ rVert=∥ |=∥ ' +
    '{={ }=} $=$ %=% #=# &=& _=_',
);
/** What has its scripts beside or below it, in parts of their own. */
const OPERATORS = new Map([
  ...table('sum=∑ prod=∏ coprod=∐ int=∫ iint=∬ iiint=∭ oint=∮ bigcup=⋃ bigcap=⋂ bigoplus=⨁ bigotimes=⨂'),
  ...'sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp min max sup inf lim det gcd dim ker deg arg Pr hom'
    .split(' ')
    .map((name) => [name, name] as const),
]);
const TEXTS = list(
  'text textrm textbf textit textsf texttt mbox mathrm operatorname operatorname* tag tag* ce',
);
const PAIRS = list('frac dfrac tfrac cfrac overset underset stackrel binom dbinom tbinom');
const OVER = list(
  'sqrt hat bar vec tilde dot ddot check acute grave breve widehat widetilde overline underline overbrace underbrace boxed',
);
/** The next token is what is seen: a bracket. */
const SIZES = /^(?:left|right|middle|[bB]ig{1,2}[lrm]?)$/;
/** Not seen, as what follows in braces. */
const UNSEEN_WITH_GROUP = list('color textcolor hspace hspace* vspace label');
/** Not seen, as spaces and fonts. */
const UNSEEN = list(
  'quad qquad limits nolimits displaystyle textstyle scriptstyle mathbf mathbb mathcal mathit mathsf mathtt mathfrak mathscr boldsymbol bm bf rm it nonumber notag ! , : ; >',
);

/** Groups within each other beyond that are not read: no formula has so many. */
const DEEPEST = 200;

class TexReader {
  private readonly tokens: string[];
  private at = 0;
  private depth = 0;
  /** The scripts that come next belong to an operator such as ∑. */
  private isAfterOperator = false;

  constructor(tex: string) {
    this.tokens = tex.replace(/(?<!\\)%.*$/gm, '').match(TOKEN) ?? [];
  }

  /** Reads to the end, or to what ends a group. */
  read(end?: string): string {
    let seen = '';
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at++] ?? '';
      if (token === end) break;
      if (token === '^' || token === '_') seen += this.script();
      else seen += this.one(token);
    }
    return seen;
  }

  private group(end: string): string {
    if (this.depth >= DEEPEST) return '';
    this.depth += 1;
    const seen = this.read(end);
    this.depth -= 1;
    return seen;
  }

  private script(): string {
    const isApart = this.isAfterOperator;
    const seen = this.next();
    this.isAfterOperator = isApart;
    return isApart ? `\n${seen}\n` : seen;
  }

  /** The next token or group. */
  private next(): string {
    if (this.depth >= DEEPEST) return '';
    this.depth += 1;
    while (/^\s$/.test(this.tokens[this.at] ?? '')) this.at += 1;
    const seen = this.one(this.tokens[this.at++] ?? '');
    this.depth -= 1;
    return seen;
  }

  private one(token: string): string {
    if (/^\s$/.test(token)) return '';
    const name = token.startsWith('\\') ? token.slice(1) : null;
    if (name !== 'limits' && name !== 'nolimits') this.isAfterOperator = false;
    if (name !== null) return this.command(name);
    if (token === '{') return this.group('}');
    if (token === '&') return '\n';
    return token === '~' ? ' ' : token === '}' ? '' : token;
  }

  private command(name: string): string {
    const operator = OPERATORS.get(name);
    if (operator !== undefined) {
      this.isAfterOperator = true;
      return operator;
    }
    if (TEXTS.has(name)) return this.text(name);
    if (PAIRS.has(name)) return `\n${this.next()}\n${this.next()}\n`;
    if (OVER.has(name)) return this.over();
    if (UNSEEN_WITH_GROUP.has(name)) return this.hide();
    if (SIZES.test(name)) {
      const bracket = this.next();
      return bracket === '.' ? '' : bracket;
    }
    if (name === 'begin' || name === 'end') return this.environment(name);
    if (name === ' ') return ' ';
    // Anything else, such as `\\`, is where a match ends.
    return UNSEEN.has(name) ? '' : (GLYPHS.get(name) ?? '\n');
  }

  private text(name: string): string {
    const from = this.at;
    let depth = 0;
    do {
      const token = this.tokens[this.at++];
      depth += token === '{' ? 1 : token === '}' ? -1 : 0;
    } while (depth > 0 && this.at < this.tokens.length);
    const text = this.tokens
      .slice(from, this.at)
      .join('')
      .replace(/\\(?=[^A-Za-z])|[{}]/g, '');
    this.isAfterOperator = name.startsWith('operatorname');
    return name.startsWith('tag')
      ? `\n(${text})`
      : name.startsWith('text') || name === 'mbox'
        ? text
        : text.replace(/\s/g, '');
  }

  private over(): string {
    let index = '';
    if (this.tokens[this.at] === '[') {
      this.at += 1;
      index = this.group(']');
    }
    return `\n${index}\n${this.next()}\n`;
  }

  private hide(): string {
    this.next();
    return '';
  }

  private environment(name: string): string {
    const environment = this.next();
    if (name === 'begin' && /^(array|alignat|alignedat)/.test(environment)) this.hide();
    return '\n';
  }
}
