/**
 * Whatever a reply contains, the page loads and runs only what this server sends. Scripts and style elements need the
 * nonce of the response.
 *
 * Only `style` attributes stay open. KaTeX positions the parts of a formula with them, and Mermaid writes them while
 * it measures a diagram. Their values depend on the reply, so no hash can list them, and a nonce does not apply to
 * attributes. A style attribute cannot select other elements, and `img-src` and `font-src` stop it from loading
 * anything.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const rules = {
    'default-src': "'self'",
    // React's development build rebuilds stack traces with eval.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'script-src-attr': "'none'",
    // The development server's overlay writes style elements without a nonce.
    'style-src': isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': isDevelopment ? "'self' ws:" : "'self'",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
