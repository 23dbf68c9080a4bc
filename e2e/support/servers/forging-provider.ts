import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

const CLIENT = { id: 'confab', secret: 'a-secret-of-the-client' };
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What an id token says, and how it is signed. */
export interface IdToken {
  claims?: Record<string, unknown>;
  alg?: 'RS256' | 'none' | 'HS256';
  /** Signed with a key that the provider does not publish. */
  foreignKey?: boolean;
}

/** An OIDC provider that answers every code with the id token that the attack wants. */
export class ForgingProvider {
  /** The `nonce` of the sign-in under way. */
  nonce = '';
  next: IdToken = {};
  readonly #keys = { published: newKey(), foreign: newKey() };
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      request.resume();
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(this.#answer(request.url)));
    });
  }

  static async start(): Promise<ForgingProvider> {
    const provider = new ForgingProvider();
    provider.#server.listen(0, '127.0.0.1');
    await once(provider.#server, 'listening');
    return provider;
  }

  get issuer(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The provider is not listening.');
    return `http://127.0.0.1:${address.port}`;
  }

  get settings(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #answer(path = ''): unknown {
    const { issuer } = this;
    if (path === '/jwks')
      return {
        keys: [
          {
            ...this.#keys.published.publicKey.export({ format: 'jwk' }),
            kid: 'one',
            use: 'sig',
            alg: 'RS256',
          },
        ],
      };
    if (path === '/token') return { access_token: 'a', token_type: 'bearer', id_token: this.#idToken() };
    return {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  #idToken(): string {
    const { claims, alg = 'RS256', foreignKey = false } = this.next;
    const now = Math.floor(Date.now() / 1000);
    const usual = {
      iss: this.issuer,
      aud: CLIENT.id,
      sub: 'victim',
      iat: now,
      exp: now + 300,
      nonce: this.nonce,
    };
    const signed = `${part({ alg, kid: 'one', typ: 'JWT' })}.${part({ ...usual, ...claims })}`;
    const { privateKey } = foreignKey ? this.#keys.foreign : this.#keys.published;
    return `${signed}.${signatureOf(signed, alg, privateKey)}`;
  }
}

function signatureOf(text: string, alg: IdToken['alg'], key: KeyObject): string {
  if (alg === 'none') return '';
  if (alg === 'HS256') return createHmac('sha256', CLIENT.secret).update(text).digest('base64url');
  return sign('sha256', Buffer.from(text), key).toString('base64url');
}
