import * as client from 'openid-client';
import type { OidcSettings } from '@/lib/server/env';
import { instanceCookie, readSigned, setCookie, signedCookie } from '@/lib/server/http/signed-cookie';

const KIND = 'sign_in';
/** How long a person may take at the provider. */
const FLOW_MAX_AGE_S = 600;

/** Kept in a cookie while the person is at the provider. */
interface Flow {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/** Signs people in at an OIDC provider: the authorization code flow with PKCE, state and nonce (RFC 6749, 7636, 9700). */
export class OidcClient {
  readonly #settings: OidcSettings;
  #provider: Promise<client.Configuration> | null = null;

  constructor(settings: OidcSettings) {
    this.#settings = settings;
  }

  /** Begins a sign-in: the provider's address to send the browser to, and the `Set-Cookie` header of the flow. */
  async start(
    callback: string,
    returnTo: string,
    { secret, isSecure, now }: { secret: string; isSecure: boolean; now: number },
  ): Promise<{ location: string; cookie: string }> {
    const provider = await this.#discover();
    const flow: Flow = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      returnTo,
      startedAt: now,
    };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: 'openid',
      response_type: 'code',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
    const payload = Buffer.from(JSON.stringify(flow)).toString('base64url');
    return {
      location: url.href,
      cookie: signedCookie(KIND, payload, { secret, isSecure, maxAgeS: FLOW_MAX_AGE_S }),
    };
  }

  /**
   * Ends a sign-in: who signed in, and the path they wanted to visit.
   * @throws if this browser started no such flow, or the provider does not confirm it.
   */
  async finish(
    callback: URL,
    cookies: string | null,
    { secrets, isSecure, now }: { secrets: readonly string[]; isSecure: boolean; now: number },
  ): Promise<{ issuer: string; subject: string; returnTo: string }> {
    const flow = readFlow(cookies, secrets, { isSecure, now });
    if (!flow) throw new Error('the sign-in was not started in this browser, or too long ago');
    const provider = await this.#discover();
    const tokens = await client.authorizationCodeGrant(provider, callback, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider sent no id token');
    return { issuer: claims.iss, subject: claims.sub, returnTo: flow.returnTo };
  }

  /** Reads the provider's configuration once. After a failure, the next sign-in tries again. */
  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    this.#provider ??= client
      .discovery(url, clientId, undefined, secretAuth(clientSecret), {
        timeout: 10,
        execute: [
          // Checks the signature of id tokens. The code flow may rely on TLS instead, but not if the provider is behind a proxy.
          client.enableNonRepudiationChecks,
          ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
      })
      .catch((error: unknown) => {
        this.#provider = null;
        throw error;
      });
    return this.#provider;
  }
}

/** The `Set-Cookie` header that removes the flow, so that its answer cannot be used twice. */
export const endedFlowCookie = (secret: string, isSecure: boolean): string =>
  setCookie(instanceCookie(KIND, secret, isSecure), '', 0);

/** `client_secret_basic`, which every provider has to support (RFC 6749, 2.3.1), unless this one says that it does not. */
function secretAuth(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, metadata, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported;
    return methods && !methods.includes('client_secret_basic')
      ? post(server, metadata, body, headers)
      : basic(server, metadata, body, headers);
  };
}

function readFlow(
  cookies: string | null,
  secrets: readonly string[],
  { isSecure, now }: { isSecure: boolean; now: number },
): Flow | null {
  const payload = readSigned(KIND, cookies, { secrets, isSecure });
  if (payload === null) return null;
  // Signed by us, so it has the form that we gave it.
  const flow = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Flow;
  return now - flow.startedAt < FLOW_MAX_AGE_S * 1000 ? flow : null;
}
