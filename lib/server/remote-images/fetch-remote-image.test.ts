import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type RequestListener,
  type RequestOptions,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatError } from '@/lib/chat/chat-error';
import { IMAGE_BYTES } from '@/lib/chat/image-limits';
import { chunkOf } from '@/lib/server/images/strip-metadata/png';
import { aPng, inserted, SECRET } from '@/lib/server/images/testing/sample-images';
import { fetchRemoteImage, type Network } from './fetch-remote-image';
import { isPublicAddress } from './public-address';

/** A server on loopback that stands for every https server of the internet. */
let server: Server;
let answer: RequestListener;
const requests: { host: string; path: string; headers: Record<string, unknown> }[] = [];
/** What the stand-in for DNS answers, by name. An answer with several lists gives one after the other. */
let names: Record<string, string[][]>;
/** Where connections went. */
const connections: string[] = [];

/** Stands for a public address: connections to it end at the stand-in. */
const PUBLIC = '93.184.215.14';
const PUBLIC_6 = '2606:2800:21f::1';

beforeEach(async () => {
  requests.length = 0;
  connections.length = 0;
  names = { 'pictures.example': [[PUBLIC]] };
  answer = (_, response) => response.end(aPng());
  server = createServer((request, response) => {
    requests.push({
      host: request.headers.host ?? '',
      path: request.url ?? '',
      headers: request.headers,
    });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function network(change: Partial<Network> = {}): Network {
  const { port } = server.address() as AddressInfo;
  const lookup = (name: string, _: unknown, callback: (...result: unknown[]) => void) => {
    const answers = names[name];
    const addresses = answers && answers.length > 1 ? answers.shift() : answers?.[0];
    if (!addresses) return callback(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }));
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return {
    lookup: lookup as unknown as Network['lookup'],
    // As https does it, but over http to the stand-in, whatever address the guard let pass.
    request: ((options: RequestOptions & { host: string; lookup: GuardedLookup }, listener: never) =>
      httpRequest(
        {
          ...options,
          port,
          headers: { ...options.headers, host: options.host },
          lookup: (name, lookupOptions, callback) =>
            options.lookup(name, lookupOptions, (error: Error | null, found: { address: string }[]) => {
              if (error) return callback(error, []);
              connections.push(...found.map(({ address }) => address));
              callback(null, [{ address: '127.0.0.1', family: 4 }]);
            }),
        },
        listener,
      )) as unknown as Network['request'],
    isPublicAddress,
    timeoutMs: 2_000,
    ...change,
  };
}

type GuardedLookup = (
  name: string,
  options: unknown,
  callback: (error: Error | null, found: { address: string }[]) => void,
) => void;

const fetchFrom = (address: string, change?: Partial<Network>) => fetchRemoteImage(address, network(change));

/** The code of the error, after making sure that nothing was asked of any server. */
async function refusal(address: string): Promise<string> {
  const error = await fetchFrom(address).then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof ChatError ? error.code : `no refusal: ${String(error)}`;
}

describe('a remote image', () => {
  it('is fetched from a public address, without anything about the reader', async () => {
    const image = await fetchFrom('https://pictures.example/a/b.png?c=1#d');
    expect(image).toMatchObject({ type: 'image/png', width: 4, height: 3 });
    expect(connections).toEqual([PUBLIC]);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ host: 'pictures.example', path: '/a/b.png?c=1' });
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('comes without its metadata', async () => {
    answer = (_, response) => response.end(inserted(aPng(), 33, chunkOf('tEXt', Buffer.from(SECRET))));
    const image = await fetchFrom('https://pictures.example/a.png');
    expect(Buffer.from(image.data).toString('latin1')).not.toContain(SECRET);
  });

  it('is recognised by its content, not by its content type', async () => {
    answer = (_, response) => response.setHeader('content-type', 'text/html').end(aPng());
    await expect(fetchFrom('https://pictures.example/a')).resolves.toMatchObject({ type: 'image/png' });
    answer = (_, response) => response.setHeader('content-type', 'image/png').end('<svg onload="alert(1)"/>');
    await expect(fetchFrom('https://pictures.example/a')).rejects.toMatchObject({
      code: 'unsupported_image',
    });
  });
});

describe('the guard', () => {
  it.each([
    'http://pictures.example/a.png',
    'ftp://pictures.example/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    '//pictures.example/a.png',
    '/a.png',
    'https://',
    'https://user@pictures.example/a.png',
    'https://user:password@pictures.example/a.png',
    'https://:password@pictures.example/a.png',
    'https://pictures.example:8443/a.png',
    'https://pictures.example:22/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://127%2e0%2e0%2e1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
  ])('refuses %s without asking anybody', async (address) => {
    expect(await refusal(address)).toBe('not_found');
    expect(requests).toEqual([]);
    expect(connections).toEqual([]);
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['loopback over IPv6', ['::1']],
    ['loopback as mapped IPv4', ['::ffff:127.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['a private network', ['10.1.2.3']],
    ['carrier-grade NAT', ['100.64.0.1']],
    ['NAT64', ['64:ff9b::a00:1']],
    ['6to4', ['2002:a00:1::']],
    ['this host', ['0.0.0.0']],
    ['a public address, then a private one', [PUBLIC, '192.168.1.1']],
    ['a private address, then a public one', ['192.168.1.1', PUBLIC]],
    ['a public address, and a private one over IPv6', [PUBLIC, 'fd00::1']],
    ['nothing', []],
  ])('refuses a name that leads to %s', async (_, addresses) => {
    names['pictures.example'] = [addresses];
    expect(await refusal('https://pictures.example/a.png')).toBe('not_found');
    expect(requests).toEqual([]);
  });

  it.each(['localhost', 'localhost.', 'metadata.google.internal', 'router.local'])(
    'refuses %s by where it leads',
    async (name) => {
      names[name] = [['127.0.0.1']];
      expect(await refusal(`https://${name}/`)).toBe('not_found');
      expect(requests).toEqual([]);
    },
  );

  it('is what refuses them: without it, they are fetched', async () => {
    names['pictures.example'] = [['127.0.0.1']];
    const all = { isPublicAddress: () => true };
    await fetchFrom('https://pictures.example/a.png', all);
    await fetchFrom('https://2130706433/a.png', all);
    expect(requests.map(({ host }) => host)).toEqual(['pictures.example', '127.0.0.1']);
  });

  it('connects to the addresses that it checked, if the name changes in between', async () => {
    names['pictures.example'] = [[PUBLIC, PUBLIC_6], ['127.0.0.1']];
    await fetchFrom('https://pictures.example/a.png');
    expect(connections).toEqual([PUBLIC, PUBLIC_6]);
    expect(await refusal('https://pictures.example/a.png')).toBe('not_found');
    expect(requests).toHaveLength(1);
  });

  it('asks for the ASCII form of an international name', async () => {
    names['xn--bcher-kva.example'] = [[PUBLIC]];
    await fetchFrom('https://Bücher.example/a.png');
    expect(requests[0]?.host).toBe('xn--bcher-kva.example');
  });
});

describe('a redirect', () => {
  const redirectTo = (location: string, status = 302) => {
    answer = (request, response) => {
      if (request.url === '/start') response.writeHead(status, { location }).end();
      else response.end(aPng());
    };
  };

  it.each([301, 302, 303, 307, 308])('%d is followed to a public address', async (status) => {
    names['other.example'] = [[PUBLIC_6]];
    redirectTo('https://other.example/a.png', status);
    await fetchFrom('https://pictures.example/start');
    expect(connections).toEqual([PUBLIC, PUBLIC_6]);
  });

  it('is followed within its host', async () => {
    redirectTo('../a.png');
    await fetchFrom('https://pictures.example/start');
    expect(requests.map(({ path }) => path)).toEqual(['/start', '/a.png']);
  });

  it.each([
    'https://127.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2130706433/',
    'https://[::1]/',
    'https://inside.example/',
    'http://pictures.example/a.png',
    '//127.0.0.1/',
    'https://user@pictures.example/a.png',
    'https://pictures.example:8443/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://unknown.example/',
    'https://',
  ])('to %s is not followed', async (location) => {
    names['inside.example'] = [['10.0.0.1']];
    redirectTo(location);
    expect(await refusal('https://pictures.example/start')).toBe('not_found');
    expect(requests).toHaveLength(1);
  });

  it('is followed at most three times', async () => {
    answer = ({ url = '' }, response) => {
      const left = Number(url.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.end(aPng());
    };
    await fetchFrom('https://pictures.example/3');
    expect(requests).toHaveLength(4);
    expect(await refusal('https://pictures.example/4')).toBe('not_found');
    expect(requests).toHaveLength(8);
  });
});

describe('an answer', () => {
  it.each([204, 206, 304, 401, 404, 500])('with status %d is no image', async (status) => {
    answer = (_, response) => response.writeHead(status).end(status === 204 || status === 304 ? '' : aPng());
    expect(await refusal('https://pictures.example/a.png')).toBe('not_found');
  });

  it('of too many bytes is refused by its header', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': IMAGE_BYTES + 1 });
      response.write(aPng());
    };
    await expect(fetchFrom('https://pictures.example/a.png')).rejects.toMatchObject({
      code: 'too_large',
      reason: 'image_bytes',
    });
  });

  it('of too many bytes is not read to its end', async () => {
    let sent = 0;
    answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
      };
      response.on('drain', more);
      more();
    };
    await expect(fetchFrom('https://pictures.example/a.png')).rejects.toMatchObject({ code: 'too_large' });
    expect(sent).toBeLessThan(2 * IMAGE_BYTES);
  });

  it('of too many pixels is refused', async () => {
    answer = (_, response) => response.end(aPng({ changed: { width: 30_000, height: 30_000 } }));
    await expect(fetchFrom('https://pictures.example/a.png')).rejects.toMatchObject({
      code: 'too_large',
      reason: 'image_pixels',
    });
  });

  it('that is compressed is refused, because it may unpack to anything', async () => {
    answer = (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(aPng()));
    expect(await refusal('https://pictures.example/a.png')).toBe('not_found');
  });

  it('that does not begin is given up', async () => {
    answer = () => undefined;
    await expect(fetchFrom('https://pictures.example/a.png', { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('that trickles is given up', async () => {
    answer = (_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(1)), 20);
      response.on('close', () => clearInterval(timer));
    };
    const began = Date.now();
    await expect(fetchFrom('https://pictures.example/a.png', { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('that is cut is refused', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write(aPng());
      setTimeout(() => response.destroy(), 50);
    };
    expect(await refusal('https://pictures.example/a.png')).toBe('not_found');
  });
});
